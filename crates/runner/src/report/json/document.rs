//! Requests as newman writes them: with everything taken apart.

use postern_collection::{Parameter, Url};
use serde_json::{Map, Value, json};

use crate::Wire;

/// A request of the collection, however short it was written.
pub(super) fn item(item: &Value) -> Value {
    let mut item = item.clone();
    if let Some(request) = item.get_mut("request") {
        if request.is_string() {
            *request = json!({"url": request.take(), "method": "GET"});
        }
        if let Some(text) = request.get("url").and_then(Value::as_str) {
            request["url"] = url(&Url::parse(text));
        } else if let Some(parts) = request.get_mut("url").and_then(Value::as_object_mut) {
            parts.shift_remove("raw");
        }
    }
    item
}

/// What was sent.
pub(super) fn sent(wire: &Wire) -> Value {
    let mut told = json!({
        "url": url(&Url::parse(&wire.url.to_string())),
        "header": pairs(&wire.headers),
        "method": wire.method,
    });
    if !wire.body.is_empty() {
        told["body"] = json!({"mode": "raw", "raw": String::from_utf8_lossy(&wire.body)});
    }
    told
}

/// Headers.
pub(super) fn pairs(headers: &[(String, String)]) -> Vec<Value> {
    let headers = headers.iter();
    headers
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect()
}

fn url(url: &Url) -> Value {
    let mut parts = Map::new();
    if let Some(protocol) = &url.protocol {
        parts.insert("protocol".to_owned(), protocol.clone().into());
    }
    if let Some(port) = &url.port {
        parts.insert("port".to_owned(), port.clone().into());
    }
    parts.insert("path".to_owned(), url.path.clone().into());
    let host: Vec<&str> = url.host.split('.').collect();
    parts.insert("host".to_owned(), host.into());
    let query = url.query.iter().map(
        |Parameter {
             key,
             value,
             disabled,
         }| {
            let mut pair = json!({"key": key, "value": value});
            if *disabled {
                pair["disabled"] = true.into();
            }
            pair
        },
    );
    parts.insert("query".to_owned(), query.collect());
    parts.insert("variable".to_owned(), json!([]));
    parts.into()
}
