//! A collection document as it came: unknown fields, order of keys and spelling of numbers survive.

use serde_json::{Map, Value};

use crate::json::parse_json;
use crate::limits::{check_items, check_name, check_value_depth};
use crate::{ParseError, convert};

/// The address of the format that documents have inside.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// A Postman collection, v2.1. Documents of v2.0 and v1 are converted when they come in.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Value);

impl Document {
    /// Reads a document, bare or as `{"collection": …}`.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        Self::from_value(parse_json(bytes)?)
    }

    /// Takes a parsed document, bare or as `{"collection": …}`.
    pub fn from_value(mut value: Value) -> Result<Self, ParseError> {
        check_value_depth(&value)?;
        if let Some(inner) = value
            .as_object_mut()
            .filter(|fields| !fields.contains_key("info"))
            && let Some(collection) = inner
                .get_mut("collection")
                .filter(|inner| inner.is_object())
        {
            value = collection.take();
        }
        let Some(fields) = value.as_object() else {
            return Err(ParseError::shape(
                "the document",
                "a collection (an object)",
                &value,
            ));
        };
        if let Some(info) = fields.get("info") {
            let Some(info) = info.as_object() else {
                return Err(ParseError::shape("info", "an object", info));
            };
            let schema = info.get("schema").and_then(Value::as_str).unwrap_or(SCHEMA);
            if schema.contains("v2.0") {
                value = convert::v20(value);
            } else if !schema.contains("v2.1") {
                return Err(ParseError::UnknownSchema {
                    schema: schema.chars().take(200).collect(),
                });
            }
        } else if fields.contains_key("requests") || fields.contains_key("order") {
            value = convert::v1(&value)?;
        } else {
            return Err(ParseError::missing(
                "info",
                "an object with the collection's name and schema",
            ));
        }
        match value.pointer("/info/name") {
            None => return Err(ParseError::missing("info.name", "the collection's name")),
            Some(Value::String(name)) if name.is_empty() => {
                return Err(ParseError::missing("info.name", "the collection's name"));
            }
            Some(Value::Null) => {
                return Err(ParseError::shape("info.name", "a string", &Value::Null));
            }
            Some(name) => check_name(name, "info")?,
        }
        match value.get("item") {
            None => {
                return Err(ParseError::missing(
                    "item",
                    "an array of folders and requests",
                ));
            }
            Some(Value::Array(_)) => {}
            Some(other) => {
                return Err(ParseError::shape(
                    "item",
                    "an array of folders and requests",
                    other,
                ));
            }
        }
        check_items(&value)?;
        Ok(Self(value))
    }

    /// An empty collection of this name.
    pub fn empty(name: &str) -> Self {
        Self(serde_json::json!({"info": {"name": name, "schema": SCHEMA}, "item": []}))
    }

    /// The document.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The document, given away.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// The document as compact JSON.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }

    /// The collection's name.
    pub fn name(&self) -> &str {
        self.0
            .pointer("/info/name")
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    /// The id that the document says of itself.
    pub fn info_id(&self) -> Option<&str> {
        self.0.pointer("/info/_postman_id").and_then(Value::as_str)
    }

    /// Makes the document say this of itself: its id, and the schema that it now has.
    pub fn set_info(&mut self, id: &str) {
        if let Some(info) = self.0.get_mut("info").and_then(Value::as_object_mut) {
            let mut told = Map::new();
            told.insert("_postman_id".to_owned(), id.into());
            for (key, value) in std::mem::take(info) {
                if key != "_postman_id" {
                    told.insert(key, value);
                }
            }
            told.insert("schema".to_owned(), SCHEMA.into());
            *info = told;
        }
    }

    /// The document, to be changed by this crate alone.
    pub(crate) fn value_mut(&mut self) -> &mut Value {
        &mut self.0
    }

    /// Takes a value that is known to be a document.
    pub(crate) fn trusted(value: Value) -> Self {
        Self(value)
    }
}
