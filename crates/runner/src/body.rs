//! Bodies, as bytes.

mod formdata;
mod json_comments;
mod mime;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use indexmap::IndexMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use postern_collection::{Body, FormField};
use serde_json::Value;

use crate::state::State;
use crate::wire::number_like_first;

/// What a form's names and values may hold as they are.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Base64 as Node reads it: whatever fits.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A body that is ready, and what it says of itself.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub(crate) bytes: Bytes,
    pub(crate) kind: Kind,
    /// What went wrong, in words for the user: a file that isn't there.
    pub(crate) warnings: Vec<String>,
}

/// How a body makes its content type known.
#[derive(Debug, Default)]
pub(crate) enum Kind {
    /// Not at all.
    #[default]
    Silent,
    /// Where the request has no content type of its own.
    Typed(&'static str),
    /// The same, and the type is known before the auth is put on: comments were looked for.
    Json(&'static str),
    /// A type without which the body can't be read: one of its own that says something else is replaced.
    Form {
        content_type: String,
        /// How the request's own type must begin in order to stay.
        like: &'static str,
    },
    /// A file, whose type its name tells.
    File(&'static str),
}

/// Builds the body of a request whose own content type is this. `None` where there is nothing to send.
pub(crate) fn build(state: &mut State<'_>, body: &Body, own_type: Option<&str>) -> Option<Built> {
    match body {
        Body::Raw { text, language } => {
            (!text.is_empty()).then(|| raw(text, language.as_deref(), own_type))
        }
        Body::Urlencoded(fields) => {
            let enabled: Vec<&FormField> = fields.iter().filter(|field| !field.disabled).collect();
            (!enabled.is_empty()).then(|| Built {
                bytes: urlencoded(&enabled).into(),
                kind: Kind::Form {
                    content_type: "application/x-www-form-urlencoded".to_owned(),
                    like: "application/x-www-form-urlencoded",
                },
                ..Built::default()
            })
        }
        Body::Formdata(fields) => formdata::build(state, fields, own_type),
        Body::Graphql(fields) => Some(Built {
            bytes: graphql(fields).into(),
            kind: Kind::Typed("application/json"),
            ..Built::default()
        }),
        Body::File { src: Some(src), .. } if !src.is_empty() => Some(file(state, src)),
        Body::File {
            content: Some(content),
            ..
        } if !content.is_empty() => Some(Built {
            bytes: base64(content).into(),
            ..Built::default()
        }),
        Body::File { .. } => None,
    }
}

fn raw(text: &str, language: Option<&str>, own_type: Option<&str>) -> Built {
    let is_json = match (language, own_type) {
        (Some(language), _) => language == "json",
        (None, Some(own_type)) => is_json_type(own_type),
        (None, None) => false,
    };
    let kind = match language {
        Some("json") => Kind::Json("application/json"),
        Some("xml") => Kind::Typed("application/xml"),
        Some("html") => Kind::Typed("text/html"),
        Some("javascript") => Kind::Typed("application/javascript"),
        _ => Kind::Typed("text/plain"),
    };
    let text = if is_json && (text.contains("//") || text.contains("/*")) {
        json_comments::strip(text)
    } else {
        text.to_owned()
    };
    Built {
        bytes: text.into(),
        kind,
        ..Built::default()
    }
}

/// `application/json`, `application/hal+json` and whatever begins so.
fn is_json_type(content_type: &str) -> bool {
    let Some(kind) = content_type.strip_prefix("application/") else {
        return false;
    };
    let word = kind.split(char::is_whitespace).next().unwrap_or_default();
    kind.starts_with("json") || word.match_indices("+json").any(|(at, _)| at > 0)
}

/// Fields of one name stand together where the first of them stood, as newman sends them.
fn urlencoded(fields: &[&FormField]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, FORM).to_string();
    let mut pairs: IndexMap<String, Vec<String>> = IndexMap::new();
    for field in fields {
        let pair = format!("{}={}", encode(&field.key), encode(&field.value));
        pairs.entry(field.key.clone()).or_default().push(pair);
    }
    number_like_first(&mut pairs);
    pairs.into_values().flatten().collect::<Vec<_>>().join("&")
}

/// Variables that are a text go out as they were typed, readable or not.
fn graphql(fields: &Value) -> String {
    let part = |name: &str| fields.get(name);
    let is_text = part("variables").is_some_and(Value::is_string);
    let mut parts = Vec::new();
    for name in ["query", "operationName", "variables"] {
        match part(name) {
            Some(Value::String(text)) if name == "variables" && text.is_empty() => {}
            Some(Value::String(text)) if name == "variables" => {
                parts.push(format!("\"variables\":{text}"));
            }
            Some(value) if value.is_string() || !is_text => {
                parts.push(format!("\"{name}\":{value}"));
            }
            _ => {}
        }
    }
    format!("{{{}}}", parts.join(","))
}

fn file(state: &State<'_>, src: &str) -> Built {
    match state.options().files.read(src) {
        Ok((path, content)) => Built {
            bytes: content.into(),
            kind: Kind::File(
                mime::of(&path.to_string_lossy()).unwrap_or("application/octet-stream"),
            ),
            ..Built::default()
        },
        Err(error) => Built {
            warnings: vec![format!("Binary file load error: {error}")],
            ..Built::default()
        },
    }
}

/// Reads base64 as Node does: both alphabets, and what belongs to neither is passed over.
fn base64(text: &str) -> Vec<u8> {
    let end = text.find('=').unwrap_or(text.len());
    let mut letters: String = text[..end]
        .chars()
        .filter_map(|letter| match letter {
            '-' => Some('+'),
            '_' => Some('/'),
            '+' | '/' => Some(letter),
            letter => letter.is_ascii_alphanumeric().then_some(letter),
        })
        .collect();
    // A single letter more than four make no byte.
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    BASE64.decode(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn content_types_of_json_are_known() {
        for (content_type, is_json) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("application/hal+json", true),
            ("application/+json", false),
            ("text/json", false),
            ("application/xml", false),
        ] {
            assert_eq!(is_json_type(content_type), is_json, "{content_type}");
        }
    }

    #[test]
    fn graphql_goes_out_as_it_was_typed() {
        for (fields, text) in [
            (
                json!({"query": "{a}", "variables": "{broken"}),
                r#"{"query":"{a}","variables":{broken}"#,
            ),
            (
                json!({"query": "{a}", "variables": ""}),
                r#"{"query":"{a}"}"#,
            ),
            (
                json!({"query": "{a}", "operationName": "b", "variables": {"c": 1}}),
                r#"{"query":"{a}","operationName":"b","variables":{"c":1}}"#,
            ),
            (json!({}), "{}"),
        ] {
            assert_eq!(graphql(&fields), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_base64(text in ".{0,40}") {
            base64(&text);
            prop_assert!(text.is_empty() || !json_comments::strip(&text).contains("/*") || text.contains('"'));
        }
    }
}
