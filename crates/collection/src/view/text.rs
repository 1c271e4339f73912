//! Reading texts leniently.

use serde_json::Value;

/// A value as the text that a request carries: strings as they are, nothing for null, everything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The text of a field; empty where it isn't there.
pub(crate) fn field(node: &Value, key: &str) -> String {
    node.get(key).map(text).unwrap_or_default()
}

/// A description: a text, or an object with a `content`.
pub(crate) fn description(node: &Value) -> String {
    match node.get("description") {
        Some(Value::Object(fields)) => fields.get("content").map(text).unwrap_or_default(),
        Some(other) => text(other),
        None => String::new(),
    }
}

/// Whether an entry is switched off.
pub(crate) fn disabled(node: &Value) -> bool {
    node.get("disabled")
        .and_then(Value::as_bool)
        .unwrap_or(false)
}
