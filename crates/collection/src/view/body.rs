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
    /// A GraphQL query.
    Graphql {
        /// The query.
        query: String,
        /// Its variables as JSON text.
        variables: String,
        /// Which operation of the query.
        operation_name: Option<String>,
    },
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
    /// Its text; empty for a file.
    pub value: String,
    /// The files that it sends, for one of type `file`.
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
        let mode = body.get("mode").and_then(Value::as_str)?;
        match mode {
            "raw" => Some(Self::Raw {
                text: field(body, "raw"),
                language: body
                    .pointer("/options/raw/language")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            }),
            "urlencoded" => Some(Self::Urlencoded(FormField::list(body.get("urlencoded")))),
            "formdata" => Some(Self::Formdata(FormField::list(body.get("formdata")))),
            "graphql" => {
                let graphql = body.get("graphql").unwrap_or(&Value::Null);
                let operation = graphql.get("operationName").and_then(Value::as_str);
                Some(Self::Graphql {
                    query: field(graphql, "query"),
                    variables: field(graphql, "variables"),
                    operation_name: operation.map(str::to_owned),
                })
            }
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
            _ => None,
        }
    }
}

impl FormField {
    /// The fields of a form: a list, or a text such as `a=1&b=2`.
    fn list(list: Option<&Value>) -> Vec<Self> {
        match list {
            Some(Value::String(query)) => query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    Self::plain(key, value)
                })
                .collect(),
            Some(Value::Array(entries)) => entries
                .iter()
                .filter(|entry| entry.is_object())
                .map(Self::of)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn plain(key: &str, value: &str) -> Self {
        Self {
            key: key.to_owned(),
            value: value.to_owned(),
            files: None,
            content_type: None,
            file_name: None,
            disabled: false,
        }
    }

    fn of(entry: &Value) -> Self {
        let files = (field(entry, "type") == "file").then(|| match entry.get("src") {
            Some(Value::Array(list)) => list.iter().map(text).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(one) => vec![text(one)],
        });
        let optional = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            files,
            content_type: optional("contentType"),
            file_name: optional("fileName"),
            disabled: disabled(entry),
            ..Self::plain(&field(entry, "key"), &field(entry, "value"))
        }
    }
}
