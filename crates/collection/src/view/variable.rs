//! A collection's variables.

use serde_json::Value;

use super::text::{disabled, text};

/// A variable of a collection or an environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name.
    pub key: String,
    /// Its value as it stands in the document.
    pub value: Value,
    /// The type that the document gives it, for instance `number`.
    pub kind: Option<String>,
    /// Whether it is switched off.
    pub disabled: bool,
}

impl Variable {
    /// The variables of a list such as a collection's `variable`.
    pub(crate) fn list(list: Option<&Value>) -> Vec<Self> {
        let entries = list.and_then(Value::as_array).into_iter().flatten();
        entries
            .filter_map(|entry| {
                let key = entry.get("key").or_else(|| entry.get("id")).map(text)?;
                Some(Self {
                    key,
                    value: entry.get("value").cloned().unwrap_or_else(|| "".into()),
                    kind: entry.get("type").and_then(Value::as_str).map(str::to_owned),
                    disabled: disabled(entry),
                })
            })
            .collect()
    }
}
