//! Requests.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::loose::{has_content, is_truthy, list, put, tidy, truthy};
use super::{auth, body, response, shared};
use crate::json::is_blank;
use crate::view::{Parameter, Url, split_url};

/// A request with its scripts and responses. The others may be asked for, because responses name them.
pub(super) fn item(request: &Value, all: &HashMap<String, &Value>) -> Map<String, Value> {
    let mut item = Map::new();
    put(&mut item, "id", truthy(request, "id"));
    let name = truthy(request, "name");
    item.insert("name".to_owned(), name.unwrap_or_else(|| "".into()));
    put(&mut item, "event", shared::events(request));
    put(
        &mut item,
        "protocolProfileBehavior",
        shared::behaviour(request),
    );
    item.insert("request".to_owned(), inner(request));
    item.insert("response".to_owned(), response::list_of(request, all));
    put(&mut item, "variable", shared::variables(request));
    item
}

/// What is sent.
pub(super) fn inner(request: &Value) -> Value {
    let mut inner = Map::new();
    put(&mut inner, "auth", auth::of(request));
    put(&mut inner, "method", request.get("method").cloned());
    inner.insert("header".to_owned(), headers(request));
    put(&mut inner, "body", body::of(request));
    put(&mut inner, "url", url(request));
    put(&mut inner, "description", truthy(request, "description"));
    inner.into()
}

/// The headers: a list, or lines of text of which those that the list has already don't count.
fn headers(request: &Value) -> Value {
    let lines = match request.get("headers") {
        Some(list @ Value::Array(_)) => return list.clone(),
        Some(Value::String(lines)) => lines.as_str(),
        _ => "",
    };
    let mut headers = Vec::new();
    let mut names = HashSet::new();
    for header in list(request, "headerData").filter_map(Value::as_object) {
        let mut header = header.clone();
        let key = header
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_off = key.starts_with("//") || header.get("enabled") == Some(&false.into());
        let key = if is_off {
            without_slashes(key)
        } else {
            key.to_owned()
        };
        if is_off {
            header.insert("key".to_owned(), key.clone().into());
            header.insert("disabled".to_owned(), true.into());
        }
        tidy(&mut header);
        names.insert(key);
        headers.push(header.into());
    }
    let unfolded = lines.replace("\r\n ", " ").replace("\r\n\t", "\t");
    for line in unfolded.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let is_off = key.starts_with("//");
        let bare = key
            .strip_prefix("//")
            .map_or(key, |key| key.trim_start_matches(is_blank));
        if bare.contains(is_blank) || key.is_empty() {
            continue;
        }
        let key = if is_off {
            without_slashes(key)
        } else {
            key.to_owned()
        };
        if names.contains(&key) {
            continue;
        }
        let mut header = json!({"key": key, "value": value.trim_matches(is_blank)});
        if is_off {
            header["disabled"] = true.into();
        }
        headers.push(header);
    }
    headers.into()
}

fn without_slashes(key: &str) -> String {
    key.replacen("//", "", 1).trim_matches(is_blank).to_owned()
}

/// The address, with the query and the path variables that are told beside it.
fn url(request: &Value) -> Option<Value> {
    let raw = match request.get("url") {
        None | Some(Value::Null) => None,
        Some(Value::String(raw)) => Some(raw.trim_start_matches(is_blank)),
        Some(_) => Some(""),
    };
    let mut url = split_url(raw.unwrap_or_default());
    let mut says_equals = false;
    let query: Vec<Value> = list(request, "queryParams")
        .filter_map(Value::as_object)
        .map(|entry| {
            let mut entry = entry.clone();
            tidy(&mut entry);
            if let Some(equals) = entry.shift_remove("equals") {
                says_equals = true;
                match entry.get("value") {
                    Some(Value::Null) if is_truthy(&equals) => {
                        entry.insert("value".to_owned(), "".into());
                    }
                    value if !is_truthy(&equals) && !value.is_some_and(is_truthy) => {
                        entry.insert("value".to_owned(), Value::Null);
                    }
                    _ => {}
                }
            }
            entry.into()
        })
        .collect();
    let mut names = HashSet::new();
    let mut variables = Vec::new();
    for variable in list(request, "pathVariableData").filter_map(Value::as_object) {
        let mut variable = variable.clone();
        if variable
            .get("description")
            .is_some_and(|text| !is_truthy(text))
        {
            variable.shift_remove("description");
        }
        names.extend(
            variable
                .get("key")
                .and_then(Value::as_str)
                .map(str::to_owned),
        );
        variables.push(variable.into());
    }
    let mapped = request.get("pathVariables").and_then(Value::as_object);
    for (key, value) in mapped.into_iter().flatten() {
        if !names.contains(key) {
            variables.push(json!({"value": value, "key": key}));
        }
    }
    if raw.is_none() && query.is_empty() && variables.is_empty() {
        return None;
    }
    if says_equals {
        let typed = Url {
            query: query.iter().map(Parameter::of).collect(),
            ..Url::parse(raw.unwrap_or_default())
        };
        url["raw"] = typed.to_string().into();
    }
    if has_content(Some(&Value::Array(query.clone()))) {
        url["query"] = query.into();
    }
    if !variables.is_empty() {
        url["variable"] = variables.into();
    }
    Some(url)
}
