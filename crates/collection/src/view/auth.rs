//! How a request says who asks.

use serde_json::Value;

use super::text::text;

/// An auth of a collection, a folder or a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Auth {
    /// `basic`, `bearer`, `apikey`, `noauth`, ….
    pub kind: String,
    /// Its parameters, in order.
    pub parameters: Vec<(String, Value)>,
}

impl Auth {
    /// The auth of a node; `None` where it inherits.
    pub(crate) fn of(node: &Value) -> Option<Self> {
        let auth = node.get("auth")?.as_object()?;
        let kind = auth.get("type")?.as_str()?.to_owned();
        let parameters = match auth.get(&kind) {
            Some(Value::Array(list)) => list
                .iter()
                .filter_map(|entry| {
                    let key = entry.get("key").map(text)?;
                    Some((key, entry.get("value").cloned().unwrap_or(Value::Null)))
                })
                .collect(),
            Some(Value::Object(fields)) => fields
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
            _ => Vec::new(),
        };
        Some(Self { kind, parameters })
    }

    /// Whether a parameter is there and isn't null.
    pub fn has(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| !value.is_null())
    }

    /// A parameter as it is; of several with one name the last one counts.
    pub fn value(&self, key: &str) -> Option<&Value> {
        let mut named = self.parameters.iter().rev().filter(|(name, _)| name == key);
        named.next().map(|(_, value)| value)
    }

    /// A parameter as text; empty where it isn't there.
    pub fn get(&self, key: &str) -> String {
        self.value(key).map(text).unwrap_or_default()
    }

    /// Whether a parameter is what JavaScript takes for true; the text `false` is.
    pub fn is_on(&self, key: &str) -> bool {
        match self.value(key) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(it)) => *it,
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(_) | Value::Object(_)) => true,
        }
    }
}
