//! Bodies: `dataMode` says where a body stands; without it, what is there tells.

use serde_json::{Map, Value};

use super::loose::{has_content, is_truthy, put, tidy};

/// The modes of old, and what they are called now.
const MODES: [(&str, &str); 5] = [
    ("binary", "file"),
    ("graphql", "graphql"),
    ("params", "formdata"),
    ("raw", "raw"),
    ("urlencoded", "urlencoded"),
];

/// A request's body.
pub(super) fn of(request: &Value) -> Option<Value> {
    let data = request.get("data");
    let raw = request.get("rawModeData");
    let graphql = request.get("graphqlModeData");
    let has_data = [data, raw, graphql].into_iter().any(has_content);
    let told = request.get("dataMode");
    let mode = told.and_then(Value::as_str);
    let mode = MODES
        .iter()
        .find(|(old, _)| Some(*old) == mode)
        .map(|(_, now)| *now);
    if (mode.is_none() && !has_data) || told == Some(&Value::Null) {
        return None;
    }
    let options = request
        .get("dataOptions")
        .filter(|options| is_truthy(options));
    let raw_text = match raw {
        Some(Value::String(text)) => Some(text.as_str()),
        Some(Value::Array(list)) if list.len() == 1 => list[0].as_str(),
        _ => None,
    };
    let graphql = graphql
        .filter(|value| has_content(Some(value)))
        .or_else(|| {
            options.and_then(|options| options.get("graphql"))?;
            data.filter(|data| has_content(Some(data)))
        });
    let listed = data.filter(|data| is_truthy(data)).or(raw);
    let has_raw = raw_text.is_some_and(|text| !text.is_empty());
    let mode = mode.unwrap_or(if !has_raw && listed.is_some_and(Value::is_array) {
        "formdata"
    } else if !has_raw && graphql.is_some() {
        "graphql"
    } else {
        "raw"
    });
    let content = match mode {
        "raw" => {
            let text = raw_text.filter(|_| has_raw).or_else(|| data?.as_str());
            Some(text.unwrap_or_default().into())
        }
        "graphql" => graphql.cloned(),
        "file" => {
            let mut file = Map::new();
            put(&mut file, "src", raw_text.map(Value::from));
            Some(file.into())
        }
        _ => Some(entries(listed)),
    };
    let mut body = Map::new();
    body.insert("mode".to_owned(), mode.into());
    put(&mut body, mode, content);
    let chosen: Map<String, Value> = MODES
        .iter()
        .filter_map(|(old, now)| {
            let options = options?.get(old)?;
            has_content(Some(options)).then(|| ((*now).to_owned(), options.clone()))
        })
        .collect();
    if !chosen.is_empty() {
        body.insert("options".to_owned(), chosen.into());
    }
    if request.get("dataDisabled").is_some_and(is_truthy) {
        body.insert("disabled".to_owned(), true.into());
    }
    Some(body.into())
}

/// The entries of a form.
fn entries(list: Option<&Value>) -> Value {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    let entries = entries.filter_map(Value::as_object);
    entries
        .filter(|entry| entry.get("key").is_some_and(|key| !key.is_null()))
        .map(|entry| {
            let mut entry = entry.clone();
            let has = |key: &str| entry.get(key).is_some_and(is_truthy);
            if entry.get("type") == Some(&"file".into()) && !has("src") && has("value") {
                let file = entry.shift_remove("value");
                let file = file.filter(|file| file.is_string() || file.is_array());
                entry.insert("src".to_owned(), file.unwrap_or_default());
            }
            tidy(&mut entry);
            Value::from(entry)
        })
        .collect()
}
