//! Bodies, as bytes.

use bytes::Bytes;
use indexmap::IndexMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use postern_collection::{Body, FormField};
use rand::RngExt;
use serde_json::Value;

use crate::Wire;
use crate::state::State;

/// What a form's names and values may hold as they are.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Puts a body on a request, and says its type where the collection doesn't.
pub(crate) fn put(state: &mut State<'_>, wire: &mut Wire, body: &Body) -> Result<(), String> {
    let (bytes, content_type) = match body {
        Body::Raw { text, language } => (
            text.clone().into_bytes(),
            (!text.is_empty()).then(|| raw_type(language.as_deref())),
        ),
        Body::Urlencoded(fields) => (
            urlencoded(fields).into_bytes(),
            Some("application/x-www-form-urlencoded".to_owned()),
        ),
        Body::Formdata(fields) => {
            let mut digits = || char::from(b'0' + state.random.random_range(0..10_u8));
            let boundary: String = "-".repeat(26) + &(0..24).map(|_| digits()).collect::<String>();
            (
                formdata(fields, &boundary)?.into_bytes(),
                Some(format!("multipart/form-data; boundary={boundary}")),
            )
        }
        Body::Graphql {
            query,
            variables,
            operation_name,
        } => (
            graphql(query, variables, operation_name.as_deref()).into_bytes(),
            Some("application/json".to_owned()),
        ),
        Body::File {
            content: Some(content),
            ..
        } => (content.clone().into_bytes(), None),
        Body::File { .. } => return Err("bodies from files are not supported yet".to_owned()),
    };
    wire.body = Bytes::from(bytes);
    if let Some(content_type) = content_type.filter(|_| wire.header("content-type").is_none()) {
        wire.headers.push(("Content-Type".to_owned(), content_type));
    }
    Ok(())
}

fn raw_type(language: Option<&str>) -> String {
    match language {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("html") => "text/html",
        Some("javascript") => "application/javascript",
        _ => "text/plain",
    }
    .to_owned()
}

/// Fields of one name stand together where the first of them stood, as newman sends them.
fn urlencoded(fields: &[FormField]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, FORM).to_string();
    let mut pairs: IndexMap<&str, Vec<String>> = IndexMap::new();
    for field in fields.iter().filter(|field| !field.disabled) {
        let pair = format!("{}={}", encode(&field.key), encode(&field.value));
        pairs.entry(&field.key).or_default().push(pair);
    }
    pairs.into_values().flatten().collect::<Vec<_>>().join("&")
}

fn formdata(fields: &[FormField], boundary: &str) -> Result<String, String> {
    let mut text = String::new();
    for field in fields.iter().filter(|field| !field.disabled) {
        if field.files.is_some() {
            return Err(format!(
                "the form field {:?} is a file: files are not supported yet",
                field.key
            ));
        }
        let name = field
            .key
            .replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A");
        text.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n"
        ));
        if let Some(content_type) = &field.content_type {
            text.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        text.push_str(&format!("\r\n{}\r\n", field.value));
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    Ok(text)
}

/// The variables go out as they were typed.
fn graphql(query: &str, variables: &str, operation_name: Option<&str>) -> String {
    let mut fields = vec![format!("\"query\":{}", Value::from(query))];
    if let Some(name) = operation_name {
        fields.push(format!("\"operationName\":{}", Value::from(name)));
    }
    if !variables.trim().is_empty() {
        let readable = serde_json::from_str::<Value>(variables).is_ok();
        fields.push(format!(
            "\"variables\":{}",
            if readable { variables } else { "{}" }
        ));
    }
    format!("{{{}}}", fields.join(","))
}
