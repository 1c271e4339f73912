//! HTTP archives (HAR 1.2), as browsers and proxies write them: each page a folder, each answer a saved example.

use serde_json::{Map, Value, json};

use super::build::{RequestParts, collection, folder, language_of, list, pair, raw_body, text};
use super::notes::Notes;
use super::{ImportError, ImportFormat, Imported};

/// Headers that the client writes by itself each time.
const BY_ITSELF: [&str; 4] = ["host", "content-length", "connection", "accept-encoding"];
/// The most characters of a saved example's body.
const BODY_CHARS: usize = 100_000;

/// Reads an archive.
pub(super) fn read(value: &Value, notes: &mut Notes) -> Result<Imported, ImportError> {
    let log = &value["log"];
    let Some(entries) = log["entries"].as_array() else {
        return Err(ImportError::broken(
            "an HTTP archive",
            "log.entries is no list",
        ));
    };
    let pages = list(log, "pages");
    let mut folders: Vec<(String, String, Vec<Value>)> = pages
        .iter()
        .map(|page| (text(page, "id"), text(page, "title"), Vec::new()))
        .collect();
    let mut outside = Vec::new();
    for entry in entries {
        let item = item(entry, notes);
        let page = text(entry, "pageref");
        match folders.iter_mut().find(|(id, ..)| *id == page) {
            Some((_, _, items)) if pages.len() > 1 => items.push(item),
            _ => outside.push(item),
        }
    }
    let mut items: Vec<Value> = folders
        .into_iter()
        .filter(|(_, _, items)| !items.is_empty())
        .map(|(id, title, items)| {
            let called = if title.is_empty() { id } else { title };
            folder(&called, "", items)
        })
        .collect();
    items.append(&mut outside);
    let called = pages.first().map(|page| text(page, "title"));
    let called = called.filter(|it| !it.is_empty() && pages.len() == 1);
    let called = called.unwrap_or_else(|| "HTTP archive".to_owned());
    let mut imported = Imported::of(ImportFormat::Har);
    imported
        .collections
        .push(collection(&called, "", items, Map::new())?);
    Ok(imported)
}

fn item(entry: &Value, notes: &mut Notes) -> Value {
    let request = &entry["request"];
    let url = text(request, "url");
    if url.starts_with("ws:") || url.starts_with("wss:") {
        notes.add("messages of WebSockets", &url);
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let short = path.split_once("://").map_or(path, |(_, rest)| {
        rest.find('/').map_or(rest, |slash| &rest[slash..])
    });
    let method = text(request, "method");
    let mut parts = RequestParts {
        name: short.to_owned(),
        // The parameters are those of the address: what stands beside is the same, read.
        url,
        headers: headers(request),
        method,
        body: body(&request["postData"]),
        ..RequestParts::default()
    };
    if let Some(response) = entry.get("response").filter(|it| it["status"] != 0) {
        parts.responses.push(example(response, notes, &parts.name));
    }
    parts.item()
}

fn headers(message: &Value) -> Vec<Value> {
    let all = list(message, "headers").iter();
    all.map(|header| (text(header, "name"), text(header, "value")))
        .filter(|(name, _)| {
            !name.starts_with(':') && !BY_ITSELF.contains(&name.to_ascii_lowercase().as_str())
        })
        .map(|(name, value)| pair(&name, &value))
        .collect()
}

fn body(data: &Value) -> Option<Value> {
    if !data.is_object() {
        return None;
    }
    let kind = text(data, "mimeType");
    let params = list(data, "params");
    if !params.is_empty() && kind.starts_with("application/x-www-form-urlencoded") {
        let fields: Vec<Value> = params
            .iter()
            .map(|it| pair(&text(it, "name"), &text(it, "value")))
            .collect();
        return Some(json!({"mode": "urlencoded", "urlencoded": fields}));
    }
    if !params.is_empty() && kind.starts_with("multipart/form-data") {
        let fields: Vec<Value> = params
            .iter()
            .map(|it| match text(it, "fileName") {
                file if file.is_empty() => {
                    json!({"key": text(it, "name"), "value": text(it, "value"), "type": "text"})
                }
                file => json!({"key": text(it, "name"), "src": file, "type": "file"}),
            })
            .collect();
        return Some(json!({"mode": "formdata", "formdata": fields}));
    }
    Some(raw_body(&text(data, "text"), language_of(&kind)))
}

fn example(response: &Value, notes: &mut Notes, place: &str) -> Value {
    let content = &response["content"];
    let mut body = text(content, "text");
    if text(content, "encoding") == "base64" {
        notes.add("bodies of examples that are not text", place);
        body = String::new();
    }
    if body.len() > BODY_CHARS {
        notes.add("bodies of examples beyond 100,000 characters", place);
        body = body.chars().take(BODY_CHARS).collect();
    }
    json!({
        "name": format!("{} {}", text(response, "status"), text(response, "statusText")).trim(),
        "status": text(response, "statusText"),
        "code": response["status"].as_u64().unwrap_or(0),
        "_postman_previewlanguage": language_of(&text(content, "mimeType")),
        "header": headers(response),
        "cookie": [],
        "body": body,
    })
}
