//! The parts of a v2.1 document, put together.

use serde_json::{Map, Value, json};

use super::ImportError;
use crate::limits::{MAX_BYTES, MAX_NAME_CHARS};
use crate::view::split_url as split;
use crate::{Document, ParseError};

/// Methods that go without a body.
const BODILESS: [&str; 2] = ["GET", "HEAD"];

/// A request that is being put together.
#[derive(Debug, Default)]
pub(super) struct RequestParts {
    pub(super) name: String,
    pub(super) method: String,
    /// The address, with `{{variables}}`.
    pub(super) url: String,
    /// Parameters besides those of the address: `{"key", "value", "disabled"?, "description"?}`.
    pub(super) query: Vec<Value>,
    /// Values of `:name` segments.
    pub(super) path_variables: Vec<Value>,
    pub(super) headers: Vec<Value>,
    /// `{"mode": …}`.
    pub(super) body: Option<Value>,
    pub(super) auth: Option<Value>,
    pub(super) description: String,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    /// Saved examples.
    pub(super) responses: Vec<Value>,
    /// `protocolProfileBehavior`.
    pub(super) behavior: Map<String, Value>,
}

impl RequestParts {
    /// The item.
    pub(super) fn item(self) -> Value {
        let mut fields = Map::new();
        fields.insert("name".to_owned(), name(&self.name, &self.url).into());
        let events = [("prerequest", &self.before), ("test", &self.after)];
        let events: Vec<Value> = events
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(listen, lines)| event(listen, lines))
            .collect();
        if !events.is_empty() {
            fields.insert("event".to_owned(), events.into());
        }
        let mut behavior = self.behavior.clone();
        let bodiless = BODILESS.contains(&self.method.to_ascii_uppercase().as_str());
        if bodiless && self.body.is_some() {
            behavior.insert("disableBodyPruning".to_owned(), true.into());
        }
        if !behavior.is_empty() {
            fields.insert("protocolProfileBehavior".to_owned(), behavior.into());
        }
        let request = self.request();
        let responses: Vec<Value> = self
            .responses
            .into_iter()
            .map(|mut response| {
                response["originalRequest"] = request.clone();
                response
            })
            .collect();
        fields.insert("request".to_owned(), request);
        fields.insert("response".to_owned(), responses.into());
        fields.into()
    }

    fn request(&self) -> Value {
        let mut request = Map::new();
        let method = match self.method.trim() {
            "" => "GET",
            method => method,
        };
        request.insert("method".to_owned(), method.to_ascii_uppercase().into());
        request.insert("header".to_owned(), self.headers.clone().into());
        if let Some(auth) = &self.auth {
            request.insert("auth".to_owned(), auth.clone());
        }
        if let Some(body) = &self.body {
            request.insert("body".to_owned(), body.clone());
        }
        request.insert("url".to_owned(), self.address());
        if !self.description.is_empty() {
            request.insert("description".to_owned(), self.description.clone().into());
        }
        request.into()
    }

    /// The address in its parts.
    fn address(&self) -> Value {
        let mut raw = self.url.trim().to_owned();
        let enabled = |entry: &&Value| entry.get("disabled") != Some(&Value::Bool(true));
        for entry in self.query.iter().filter(enabled) {
            raw.push(if raw.contains('?') { '&' } else { '?' });
            raw.push_str(entry["key"].as_str().unwrap_or_default());
            if let Some(value) = entry["value"].as_str() {
                raw.push('=');
                raw.push_str(value);
            }
        }
        let mut url = match split(&raw) {
            Value::Object(url) => url,
            _ => Map::new(),
        };
        url.insert("raw".to_owned(), raw.into());
        if !self.query.is_empty() {
            // Those of the address itself come first; then all of ours, also what is switched off.
            let own = self.query.iter().filter(enabled).count();
            let mut all = match url.remove("query") {
                Some(Value::Array(all)) => all,
                _ => Vec::new(),
            };
            all.truncate(all.len().saturating_sub(own));
            all.extend(self.query.iter().cloned());
            url.insert("query".to_owned(), all.into());
        }
        if !self.path_variables.is_empty() {
            url.insert("variable".to_owned(), self.path_variables.clone().into());
        }
        url.into()
    }
}

/// A script for an event.
pub(super) fn event(listen: &str, lines: &[String]) -> Value {
    let lines: Vec<&str> = lines.iter().flat_map(|text| text.lines()).collect();
    json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}})
}

/// A folder.
pub(super) fn folder(called: &str, description: &str, items: Vec<Value>) -> Value {
    let mut folder = Map::new();
    folder.insert("name".to_owned(), name(called, "Folder").into());
    folder.insert("item".to_owned(), items.into());
    if !description.is_empty() {
        folder.insert("description".to_owned(), description.into());
    }
    folder.into()
}

/// A header, a form's field or a parameter.
pub(super) fn pair(key: &str, value: &str) -> Value {
    json!({"key": key, "value": value})
}

/// The same, with what else is known of it.
pub(super) fn pair_with(key: &str, value: &str, disabled: bool, description: &str) -> Value {
    let mut pair = pair(key, value);
    if disabled {
        pair["disabled"] = true.into();
    }
    if !description.is_empty() {
        pair["description"] = description.into();
    }
    pair
}

/// A body of text in a language: `json`, `xml`, `text`, ….
pub(super) fn raw_body(text: &str, language: &str) -> Value {
    json!({"mode": "raw", "raw": text, "options": {"raw": {"language": language}}})
}

/// The language of a content type.
pub(super) fn language_of(content_type: &str) -> &'static str {
    let kind = content_type.to_ascii_lowercase();
    match kind.split(';').next().unwrap_or_default().trim() {
        it if it.ends_with("json") => "json",
        it if it.ends_with("xml") => "xml",
        it if it.ends_with("html") => "html",
        it if it.ends_with("javascript") => "javascript",
        _ => "text",
    }
}

/// A collection's document, checked as if it had come by itself.
pub(super) fn collection(
    called: &str,
    description: &str,
    items: Vec<Value>,
    rest: Map<String, Value>,
) -> Result<Document, ImportError> {
    let mut document = json!({
        "info": {
            "name": name(called, "Imported"),
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
    });
    document["item"] = items.into();
    if !description.is_empty() {
        document["info"]["description"] = description.into();
    }
    if let Some(fields) = document.as_object_mut() {
        fields.extend(rest);
    }
    let document = Document::from_value(document)?;
    // What is small may say the same many times over.
    let bytes = document.to_bytes().len();
    if bytes > MAX_BYTES {
        return Err(ParseError::TooLarge { bytes }.into());
    }
    Ok(document)
}

/// A name that fits, or another.
pub(super) fn name(called: &str, otherwise: &str) -> String {
    let called = match called.trim() {
        "" => otherwise.trim(),
        called => called,
    };
    let short: String = called.chars().take(MAX_NAME_CHARS).collect();
    if short.is_empty() {
        "Request".to_owned()
    } else {
        short
    }
}

/// The text of a field; empty where there is none. Numbers and truths are written out.
pub(super) fn text(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(it @ (Value::Number(_) | Value::Bool(_))) => it.to_string(),
        _ => String::new(),
    }
}

/// The elements of a field that is a list; none where it isn't.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether a field is `true`.
pub(super) fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}
