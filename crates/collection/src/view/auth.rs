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
        let mut named = self.parameters.iter().filter(|(name, _)| name == key);
        named.any(|(_, value)| !value.is_null())
    }

    /// A parameter as text; empty where it isn't there.
    pub fn get(&self, key: &str) -> String {
        self.parameters
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| text(value))
            .unwrap_or_default()
    }
}
