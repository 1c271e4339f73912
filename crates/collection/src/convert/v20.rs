//! v2.0 → v2.1: a URL becomes an object, and an auth's parameters become a list.

use serde_json::{Map, Value, json};

use crate::view::split_url;

/// Converts a document of v2.0.
pub(crate) fn v20(mut document: Value) -> Value {
    if let Some(info) = document.get_mut("info").and_then(Value::as_object_mut) {
        info.insert(
            "schema".to_owned(),
            "https://schema.getpostman.com/json/collection/v2.1.0/collection.json".into(),
        );
    }
    convert_node(&mut document);
    document
}

fn convert_node(node: &mut Value) {
    let Some(fields) = node.as_object_mut() else {
        return;
    };
    if let Some(auth) = fields.get_mut("auth") {
        convert_auth(auth);
    }
    for key in ["request", "originalRequest"] {
        match fields.get_mut(key) {
            Some(Value::String(url)) if !url.is_empty() => {
                let url = split_url(url);
                fields.insert(key.to_owned(), json!({"method": "GET", "url": url}));
            }
            Some(Value::Object(request)) => {
                if let Some(Value::String(url)) = request.get("url") {
                    let url = split_url(url);
                    request.insert("url".to_owned(), url);
                }
                if let Some(auth) = request.get_mut("auth") {
                    convert_auth(auth);
                }
            }
            _ => {}
        }
    }
    for key in ["item", "response"] {
        if let Some(children) = fields.get_mut(key).and_then(Value::as_array_mut) {
            children.iter_mut().for_each(convert_node);
        }
    }
}

/// `{"type": "basic", "basic": {"username": …}}` → `{"type": "basic", "basic": [{"key": "username", …}]}`.
fn convert_auth(auth: &mut Value) {
    let Some(fields) = auth.as_object_mut() else {
        return;
    };
    for (key, value) in fields.iter_mut() {
        if key == "type" {
            continue;
        }
        if let Value::Object(parameters) = value {
            *value = parameter_list(std::mem::take(parameters));
        }
    }
}

/// An auth's parameters as v2.1 has them.
fn parameter_list(parameters: Map<String, Value>) -> Value {
    parameters
        .into_iter()
        .map(|(key, value)| json!({"key": key, "value": value, "type": "any"}))
        .collect()
}
