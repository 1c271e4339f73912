//! Values as JavaScript looks at them.

use serde_json::{Map, Value};

/// Whether JavaScript takes it for true.
pub(super) fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        _ => true,
    }
}

/// A field that JavaScript takes for true.
pub(super) fn truthy(node: &Value, key: &str) -> Option<Value> {
    node.get(key).filter(|value| is_truthy(value)).cloned()
}

/// Whether it is a text, a list or an object with something in it.
pub(super) fn has_content(value: Option<&Value>) -> bool {
    match value {
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        _ => false,
    }
}

/// The entries of a list, if it is one.
pub(super) fn list<'a>(node: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    node.get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Puts what is there.
pub(super) fn put(fields: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(key.to_owned(), value);
    }
}

/// Turns `enabled` into `disabled`, and leaves out a description that says nothing.
pub(super) fn tidy(fields: &mut Map<String, Value>) {
    if fields.shift_remove("enabled") == Some(Value::Bool(false)) {
        fields.insert("disabled".to_owned(), true.into());
    }
    if fields
        .get("description")
        .is_some_and(|text| !is_truthy(text))
    {
        fields.shift_remove("description");
    }
}
