//! Environment documents.

use serde_json::{Value, json};

use crate::ParseError;
use crate::json::parse_json;
use crate::limits::{check_name, check_value_depth};
use crate::view::Variable;

/// An environment as it came: `{"name": …, "values": [{"key", "value", "type", "enabled"}]}`.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentDocument(Value);

/// One variable of an environment.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentValue {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Whether it is a secret.
    pub secret: bool,
    /// Whether it counts.
    pub enabled: bool,
}

impl EnvironmentDocument {
    /// Reads an environment, bare or as `{"environment": …}`.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        Self::from_value(parse_json(bytes)?)
    }

    /// Takes a parsed environment, bare or as `{"environment": …}`. A missing list of values is an empty one.
    pub fn from_value(mut value: Value) -> Result<Self, ParseError> {
        check_value_depth(&value)?;
        if let Some(inner) = value
            .get_mut("environment")
            .filter(|inner| inner.is_object())
        {
            value = inner.take();
        }
        let Some(fields) = value.as_object_mut() else {
            return Err(ParseError::shape(
                "the document",
                "an environment (an object)",
                &value,
            ));
        };
        fields.entry("values").or_insert_with(|| json!([]));
        match fields.get("name") {
            Some(Value::String(name)) if !name.is_empty() => {
                check_name(&name.as_str().into(), "environment")?;
            }
            Some(Value::String(_)) | None => {
                return Err(ParseError::missing("name", "the environment's name"));
            }
            Some(other) => return Err(ParseError::shape("name", "a string", other)),
        }
        let Some(values) = fields["values"].as_array() else {
            return Err(ParseError::shape(
                "values",
                "an array of variables",
                &fields["values"],
            ));
        };
        for (index, entry) in values.iter().enumerate() {
            let here = format!("values[{index}]");
            let Some(entry) = entry.as_object() else {
                return Err(ParseError::shape(here, "an object", entry));
            };
            match entry.get("key") {
                Some(Value::String(_)) => {}
                Some(other) => {
                    return Err(ParseError::shape(format!("{here}.key"), "a string", other));
                }
                None => return Err(ParseError::missing(format!("{here}.key"), "a string")),
            }
            if let Some(other) = entry.get("enabled").filter(|enabled| !enabled.is_boolean()) {
                return Err(ParseError::shape(
                    format!("{here}.enabled"),
                    "true or false",
                    other,
                ));
            }
            if let Some(other) = entry.get("type").filter(|kind| !kind.is_string()) {
                return Err(ParseError::shape(format!("{here}.type"), "a string", other));
            }
        }
        Ok(Self(value))
    }

    /// A document that was put together of checked ones.
    pub(crate) fn trusted(value: Value) -> Self {
        Self(value)
    }

    /// The document.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The document, given away.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// The environment's name.
    pub fn name(&self) -> &str {
        self.0.get("name").and_then(Value::as_str).unwrap_or("")
    }

    /// Its variables, in order.
    pub fn values(&self) -> Vec<EnvironmentValue> {
        let flag = |entry: &Value| {
            entry
                .get("enabled")
                .and_then(Value::as_bool)
                .unwrap_or(true)
        };
        let entries = self
            .0
            .get("values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        entries
            .zip(Variable::list(self.0.get("values")))
            .map(|(entry, variable)| EnvironmentValue {
                secret: entry.get("type").and_then(Value::as_str) == Some("secret"),
                enabled: flag(entry) && !variable.disabled,
                key: variable.key,
                value: variable.value,
            })
            .collect()
    }
}
