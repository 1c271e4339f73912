//! Bodies of requests.

use serde_json::Value;

use super::text::{disabled, field, text};

/// A request's body.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Text as it is.
    Raw {
        /// The text.
        text: String,
        /// `json`, `xml`, `html`, `javascript` or `text`, where the document says one.
        language: Option<String>,
    },
    /// Fields as a browser's form sends them.
    Urlencoded(Vec<FormField>),
    /// Fields and files in parts.
    Formdata(Vec<FormField>),
    /// A GraphQL query: `query`, `operationName` and `variables` as they stand in the document.
    Graphql(Value),
    /// A file's content.
    File {
        /// Where the file is.
        src: Option<String>,
        /// The content itself, where the document holds it.
        content: Option<String>,
    },
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name.
    pub key: String,
    /// Its text; for a file its content in base64, where the document holds it.
    pub value: String,
    /// Where the files are that it sends, for one of type `file`.
    pub files: Option<Vec<String>>,
    /// The part's content type, where one is said.
    pub content_type: Option<String>,
    /// The file name to send in place of the file's own.
    pub file_name: Option<String>,
    /// Whether it is switched off.
    pub disabled: bool,
}

impl Body {
    /// The body of a request; `None` where it has none or it is switched off.
    pub(crate) fn of(request: &Value) -> Option<Self> {
        let body = request.get("body")?;
        if let Value::String(text) = body {
            return Some(Self::Raw {
                text: text.clone(),
                language: None,
            });
        }
        if disabled(body) {
            return None;
        }
        let mode = body.get("mode").and_then(Value::as_str)?.to_lowercase();
        match mode.as_str() {
            "" => None,
            "urlencoded" => Some(Self::Urlencoded(FormField::list(
                body.get("urlencoded"),
                FormField::of_query,
            ))),
            "formdata" => Some(Self::Formdata(FormField::list(
                body.get("formdata"),
                FormField::of_form,
            ))),
            "graphql" => Some(Self::Graphql(
                body.get("graphql").cloned().unwrap_or(Value::Null),
            )),
            "file" => {
                let file = body.get("file").unwrap_or(&Value::Null);
                let src = file
                    .as_str()
                    .or_else(|| file.get("src")?.as_str())
                    .map(str::to_owned);
                let content = file
                    .get("content")
                    .and_then(Value::as_str)
                    .map(str::to_owned);
                Some(Self::File { src, content })
            }
            // A mode that nobody knows is text.
            _ => Some(Self::Raw {
                text: field(body, "raw"),
                language: body
                    .pointer("/options/raw/language")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            }),
        }
    }

    /// Takes away what would be read from files; whether there was any.
    pub fn drop_files(&mut self) -> bool {
        match self {
            Self::File { src, content } => {
                *content = None;
                src.take().is_some()
            }
            Self::Formdata(fields) => {
                let before = fields.len();
                fields.retain(|field| field.files.is_none());
                fields.len() < before
            }
            _ => false,
        }
    }
}

impl FormField {
    /// The fields of a form: a list, or a text such as `a=1&b=2`.
    fn list(list: Option<&Value>, of: fn(&Value) -> Self) -> Vec<Self> {
        match list {
            Some(Value::String(query)) if !query.is_empty() => {
                let joints = query.matches('&').count();
                let pairs = query.split('&').enumerate();
                pairs
                    .map(|(at, pair)| match pair.split_once('=') {
                        Some((key, value)) => Self::plain(key.to_owned(), value.to_owned()),
                        // To Postman, nothing between two `&` has the name null.
                        None if pair.is_empty() && at < joints => {
                            Self::plain("null".to_owned(), String::new())
                        }
                        None => Self::plain(pair.to_owned(), String::new()),
                    })
                    .collect()
            }
            Some(Value::Array(entries)) => entries
                .iter()
                .filter(|entry| entry.is_object())
                .map(of)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn plain(key: String, value: String) -> Self {
        Self {
            key,
            value,
            files: None,
            content_type: None,
            file_name: None,
            disabled: false,
        }
    }

    /// A field as Node's `querystring` writes it: a missing name is `undefined`, and an object has no text.
    fn of_query(entry: &Value) -> Self {
        let key = match entry.get("key") {
            None => "undefined".to_owned(),
            Some(Value::Null) => "null".to_owned(),
            Some(other) => text(other),
        };
        let value = match entry.get("value") {
            Some(Value::Object(_)) | None => String::new(),
            Some(other) => text(other),
        };
        Self {
            disabled: disabled(entry),
            ..Self::plain(key, value)
        }
    }

    /// A field of a form in parts.
    fn of_form(entry: &Value) -> Self {
        // What JavaScript takes for false is an empty text.
        let part = |key: &str| match entry.get(key) {
            Some(Value::Bool(false)) | None => String::new(),
            Some(Value::Number(number)) if number.as_f64() == Some(0.0) => String::new(),
            Some(other) => text(other),
        };
        let files = (field(entry, "type") == "file").then(|| match entry.get("src") {
            Some(Value::Array(list)) => list.iter().map(text).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(one) if text(one).is_empty() => Vec::new(),
            Some(one) => vec![text(one)],
        });
        let optional = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            files,
            content_type: optional("contentType").filter(|kind| !kind.is_empty()),
            file_name: optional("fileName"),
            disabled: disabled(entry),
            ..Self::plain(part("key"), part("value"))
        }
    }
}
