//! Requests.

use serde_json::Value;

use super::text::{description, disabled, field};
use super::{Auth, Body, Url};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The method, upper case unless typed otherwise.
    pub method: String,
    /// The address.
    pub url: Url,
    /// The headers, in order.
    pub headers: Vec<Header>,
    /// The body, where there is one.
    pub body: Option<Body>,
    /// The request's own auth; `None` where it inherits.
    pub auth: Option<Auth>,
    /// What it is for.
    pub description: String,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Whether it is switched off.
    pub disabled: bool,
}

impl Request {
    /// Reads the request of an item, as v2.1 has it: an object, or an address alone.
    pub fn from_value(request: &Value) -> Self {
        if let Value::String(_) = request {
            return Self {
                method: "GET".to_owned(),
                url: Url::of(request),
                headers: Vec::new(),
                body: None,
                auth: None,
                description: String::new(),
            };
        }
        let method = field(request, "method");
        Self {
            method: if method.is_empty() {
                "GET".to_owned()
            } else {
                method.to_uppercase()
            },
            url: Url::of(request.get("url").unwrap_or(&Value::Null)),
            headers: Header::list(request.get("header")),
            body: Body::of(request),
            auth: Auth::of(request),
            description: description(request),
        }
    }
}

impl Header {
    /// The headers of a list, or of a text with a header on each line.
    fn list(list: Option<&Value>) -> Vec<Self> {
        match list {
            Some(Value::Array(entries)) => entries
                .iter()
                .filter(|entry| entry.is_object())
                .map(|entry| Self {
                    key: field(entry, "key"),
                    value: field(entry, "value"),
                    disabled: disabled(entry),
                })
                .filter(|header| !header.key.is_empty())
                .collect(),
            Some(Value::String(lines)) => lines
                .lines()
                .filter_map(|line| line.split_once(':'))
                .map(|(key, value)| Self {
                    key: key.trim().to_owned(),
                    value: value.trim().to_owned(),
                    disabled: false,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
