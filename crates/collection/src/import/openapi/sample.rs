//! A value that fits a schema: its example or default where it has one, or else one made up of its parts.

use serde_json::{Map, Number, Value};

use super::super::notes::Notes;
use super::reference::Document;

/// How deep a made-up value goes.
const MOST_DEPTH: usize = 12;
/// The most parts of one made-up value: schemas that refer to each other many times over would fill the memory.
const MOST_PARTS: usize = 2_000;

/// A value for this schema.
pub(super) fn of(spec: &Document<'_>, schema: &Value, notes: &mut Notes, place: &str) -> Value {
    let mut sampler = Sampler {
        spec,
        notes,
        place,
        parts: 0,
        open: Vec::new(),
    };
    sampler.value(schema, 0)
}

struct Sampler<'a, 'n> {
    spec: &'a Document<'a>,
    notes: &'n mut Notes,
    place: &'n str,
    parts: usize,
    /// The schemas that are being made up, by their addresses: one that is within itself is left empty.
    open: Vec<*const Value>,
}

impl Sampler<'_, '_> {
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let Some(schema) = self.spec.resolved_any(schema, self.notes, self.place) else {
            return Value::Null;
        };
        self.parts += 1;
        let at: *const Value = schema;
        if depth > MOST_DEPTH || self.parts > MOST_PARTS || self.open.contains(&at) {
            return empty(schema);
        }
        self.open.push(at);
        let value = self.fresh(schema, depth);
        self.open.pop();
        value
    }

    fn fresh(&mut self, schema: &Value, depth: usize) -> Value {
        for key in ["example", "default", "const"] {
            if let Some(value) = schema.get(key) {
                return value.clone();
            }
        }
        for key in ["examples", "enum"] {
            if let Some(value) = schema.get(key).and_then(|it| it.get(0)) {
                return value.clone();
            }
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            return self.merged(schema, parts, depth);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(first) = schema.get(key).and_then(|it| it.get(0)) {
                return self.value(first, depth + 1);
            }
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => match schema.get("items") {
                Some(items) => Value::Array(vec![self.value(items, depth + 1)]),
                None => Value::Array(Vec::new()),
            },
            "integer" | "number" => number(schema),
            "boolean" => Value::Bool(true),
            "string" => string(schema).into(),
            _ => Value::Null,
        }
    }

    /// All that the parts of an `allOf` have, and what stands beside it.
    fn merged(&mut self, schema: &Value, parts: &[Value], depth: usize) -> Value {
        let mut fields = Map::new();
        let mut other = Value::Null;
        for part in parts {
            match self.value(part, depth + 1) {
                Value::Object(inner) => fields.extend(inner),
                Value::Null => {}
                value => other = value,
            }
        }
        if schema.get("properties").is_some()
            && let Value::Object(own) = self.object(schema, depth)
        {
            fields.extend(own);
        }
        if fields.is_empty() {
            other
        } else {
            fields.into()
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut fields = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if property.get("readOnly") == Some(&Value::Bool(true)) && self.place.starts_with('>') {
                continue;
            }
            let value = self.value(property, depth + 1);
            fields.insert(name.clone(), value);
        }
        if fields.is_empty()
            && let Some(inner) = schema
                .get("additionalProperties")
                .filter(|it| it.is_object())
        {
            let value = self.value(inner, depth + 1);
            fields.insert("key".to_owned(), value);
        }
        fields.into()
    }
}

impl Document<'_> {
    /// As [`Document::resolved`], for values of any life.
    fn resolved_any<'v>(
        &'v self,
        value: &'v Value,
        notes: &mut Notes,
        place: &str,
    ) -> Option<&'v Value> {
        let spec: Document<'v> = self.same();
        spec.resolved(value, notes, place)
    }
}

/// The type of a schema; of several the first that isn't null, and where it says none, what it looks like.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            kinds.find(|kind| *kind != "null").unwrap_or_default()
        }
        _ if schema.get("properties").is_some() => "object",
        _ if schema.get("additionalProperties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ if schema.get("format").is_some() || schema.get("pattern").is_some() => "string",
        _ => "",
    }
}

fn empty(schema: &Value) -> Value {
    match kind(schema) {
        "object" => Map::new().into(),
        "array" => Value::Array(Vec::new()),
        "string" => "".into(),
        _ => Value::Null,
    }
}

fn number(schema: &Value) -> Value {
    let bound = schema.get("minimum").or_else(|| schema.get("maximum"));
    let bound = bound.filter(|it| it.is_number()).cloned();
    bound.unwrap_or_else(|| Number::from(0).into())
}

fn string(schema: &Value) -> String {
    let format = schema.get("format").and_then(Value::as_str);
    match format.unwrap_or_default() {
        "date" => "2026-01-01",
        "date-time" => "2026-01-01T00:00:00Z",
        "time" => "00:00:00Z",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "email" => "user@example.com",
        "uri" | "url" | "uri-reference" => "https://example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        _ => "string",
    }
    .to_owned()
}
