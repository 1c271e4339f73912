//! v1 → v2.1: flat lists of folders and requests, tied by ids and `order`, become a tree.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::v20::parameter_list;
use crate::ParseError;
use crate::view::split_url;

/// Converts a document of v1.
pub(crate) fn v1(document: &Value) -> Result<Value, ParseError> {
    let name = match document.get("name") {
        Some(Value::String(name)) => name.clone(),
        Some(other) => return Err(ParseError::shape("name", "a string", other)),
        None => return Err(ParseError::missing("name", "the collection's name")),
    };
    let by_id = |key: &str| -> Result<HashMap<String, &Value>, ParseError> {
        let mut found = HashMap::new();
        match document.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::Array(list)) => {
                for (index, entry) in list.iter().enumerate() {
                    let Some(id) = entry.get("id").and_then(Value::as_str) else {
                        return Err(ParseError::missing(
                            format!("{key}[{index}].id"),
                            "a string",
                        ));
                    };
                    found.insert(id.to_owned(), entry);
                }
            }
            Some(other) => return Err(ParseError::shape(key, "an array", other)),
        }
        Ok(found)
    };
    let mut tree = Tree {
        folders: by_id("folders")?,
        requests: by_id("requests")?,
        placed: HashSet::new(),
    };
    let mut item = tree.children(document, 0)?;
    // What no order names still belongs to the collection.
    for request in document
        .get("requests")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(id) = request.get("id").and_then(Value::as_str)
            && tree.placed.insert(id.to_owned())
        {
            item.push(request_item(request));
        }
    }
    let mut info = Map::new();
    if let Some(id) = document.get("id") {
        info.insert("_postman_id".to_owned(), id.clone());
    }
    info.insert("name".to_owned(), name.into());
    copy(document, &mut info, &["description"]);
    info.insert(
        "schema".to_owned(),
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json".into(),
    );
    let mut converted = Map::new();
    converted.insert("info".to_owned(), info.into());
    converted.insert("item".to_owned(), item.into());
    shared(document, &mut converted);
    if let Some(variables) = document.get("variables").filter(|list| list.is_array()) {
        converted.insert("variable".to_owned(), variables.clone());
    }
    Ok(converted.into())
}

struct Tree<'a> {
    folders: HashMap<String, &'a Value>,
    requests: HashMap<String, &'a Value>,
    placed: HashSet<String>,
}

impl Tree<'_> {
    fn children(&mut self, parent: &Value, depth: usize) -> Result<Vec<Value>, ParseError> {
        // Two levels of JSON for each folder: stay within what the format allows.
        if depth > 100 {
            return Err(ParseError::TooDeep);
        }
        let ids = |key: &str| -> Vec<String> {
            parent
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect()
        };
        let mut item = Vec::new();
        for id in ids("folders_order") {
            let Some(&folder) = self.folders.get(&id) else {
                continue;
            };
            if !self.placed.insert(format!("folder {id}")) {
                continue;
            }
            let mut fields = Map::new();
            fields.insert("id".to_owned(), id.into());
            copy(folder, &mut fields, &["name", "description"]);
            fields.insert("item".to_owned(), self.children(folder, depth + 1)?.into());
            shared(folder, &mut fields);
            item.push(fields.into());
        }
        for id in ids("order") {
            let Some(&request) = self.requests.get(&id) else {
                continue;
            };
            if self.placed.insert(id) {
                item.push(request_item(request));
            }
        }
        Ok(item)
    }
}

fn copy(from: &Value, into: &mut Map<String, Value>, keys: &[&str]) {
    for &key in keys {
        if let Some(value) = from.get(key).filter(|value| !value.is_null()) {
            into.insert(key.to_owned(), value.clone());
        }
    }
}

/// What collections, folders and requests have alike: auth and scripts.
fn shared(from: &Value, into: &mut Map<String, Value>) {
    if let Some(auth) = auth_of(from) {
        into.insert("auth".to_owned(), auth);
    }
    if let Some(events) = from.get("events").filter(|events| events.is_array()) {
        into.insert("event".to_owned(), events.clone());
    }
}

fn auth_of(from: &Value) -> Option<Value> {
    let auth = from.get("auth")?.as_object()?;
    let kind = auth.get("type")?.as_str()?.to_owned();
    let parameters = match auth.get(&kind) {
        Some(Value::Object(parameters)) => parameter_list(parameters.clone()),
        Some(list @ Value::Array(_)) => list.clone(),
        _ => json!([]),
    };
    let mut converted = Map::new();
    converted.insert("type".to_owned(), kind.clone().into());
    converted.insert(kind, parameters);
    Some(converted.into())
}

fn request_item(request: &Value) -> Value {
    let text = |key: &str| request.get(key).and_then(Value::as_str);
    let mut inner = Map::new();
    inner.insert("method".to_owned(), text("method").unwrap_or("GET").into());
    inner.insert("header".to_owned(), headers_of(request));
    if let Some(body) = body_of(request) {
        inner.insert("body".to_owned(), body);
    }
    inner.insert("url".to_owned(), split_url(text("url").unwrap_or("")));
    copy(request, &mut inner, &["description"]);
    if let Some(auth) = auth_of(request) {
        inner.insert("auth".to_owned(), auth);
    }
    let mut item = Map::new();
    copy(request, &mut item, &["id", "name"]);
    item.entry("name")
        .or_insert_with(|| text("url").unwrap_or("").into());
    let events = events_of(request);
    if !events.is_empty() {
        item.insert("event".to_owned(), events.into());
    }
    item.insert("request".to_owned(), inner.into());
    let responses = request
        .get("responses")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    item.insert("response".to_owned(), responses.map(response_of).collect());
    item.into()
}

fn headers_of(request: &Value) -> Value {
    if let Some(list) = request.get("headerData").filter(|list| list.is_array()) {
        return list.clone();
    }
    let lines = request
        .get("headers")
        .and_then(Value::as_str)
        .unwrap_or("")
        .lines();
    lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| {
            let (key, disabled) = key
                .strip_prefix("//")
                .map_or((key, false), |key| (key, true));
            let mut header = json!({"key": key.trim(), "value": value.trim()});
            if disabled {
                header["disabled"] = true.into();
            }
            header
        })
        .collect()
}

fn body_of(request: &Value) -> Option<Value> {
    match request.get("dataMode").and_then(Value::as_str)? {
        "raw" => {
            let raw = request
                .get("rawModeData")
                .and_then(Value::as_str)
                .or_else(|| request.get("data")?.as_str());
            Some(json!({"mode": "raw", "raw": raw.unwrap_or("")}))
        }
        "params" => Some(
            json!({"mode": "formdata", "formdata": request.get("data").cloned().unwrap_or(json!([]))}),
        ),
        "urlencoded" => Some(
            json!({"mode": "urlencoded", "urlencoded": request.get("data").cloned().unwrap_or(json!([]))}),
        ),
        "graphql" => {
            Some(json!({"mode": "graphql", "graphql": request.get("graphqlModeData").cloned()}))
        }
        "binary" => {
            Some(json!({"mode": "file", "file": {"src": request.get("rawModeData").cloned()}}))
        }
        _ => None,
    }
}

fn events_of(request: &Value) -> Vec<Value> {
    if let Some(events) = request.get("events").and_then(Value::as_array) {
        return events.clone();
    }
    [("preRequestScript", "prerequest"), ("tests", "test")]
        .into_iter()
        .filter_map(|(key, listen)| {
            let source = request
                .get(key)?
                .as_str()
                .filter(|source| !source.is_empty())?;
            let lines: Vec<&str> = source.split('\n').collect();
            Some(json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}}))
        })
        .collect()
}

fn response_of(response: &Value) -> Value {
    let mut converted = Map::new();
    copy(response, &mut converted, &["id", "name"]);
    if let Some(code) = response.pointer("/responseCode/code") {
        converted.insert("code".to_owned(), code.clone());
    }
    if let Some(status) = response.pointer("/responseCode/name") {
        converted.insert("status".to_owned(), status.clone());
    }
    if let Some(headers) = response.get("headers") {
        converted.insert("header".to_owned(), headers.clone());
    }
    if let Some(body) = response.get("text") {
        converted.insert("body".to_owned(), body.clone());
    }
    converted.into()
}
