//! A collection as an OpenAPI document: what a request sends is an example, what it has answered another.

use serde_json::{Map, Value, json};

use crate::Document;
use crate::view::{Body, Collection, Item, RequestItem, Url};

/// The most requests that become operations.
const MOST: usize = 10_000;

/// Writes a collection as an OpenAPI 3.0 document. Of two requests with one method and path the first stays.
pub fn to_openapi(document: &Document) -> Value {
    let collection = Collection::from_document(document);
    let mut writer = Writer::default();
    let mut tags = Vec::new();
    for item in &collection.items {
        writer.item(item, None, &mut tags);
    }
    let variables = document.value().get("variable").and_then(Value::as_array);
    let resolved = |url: &str| {
        let known = variables.into_iter().flatten();
        let mut url = url.to_owned();
        for variable in known {
            let (Some(key), Some(value)) = (variable["key"].as_str(), variable["value"].as_str())
            else {
                continue;
            };
            url = url.replace(&format!("{{{{{key}}}}}"), value);
        }
        url
    };
    let servers: Vec<Value> = writer
        .servers
        .iter()
        .map(|url| json!({"url": with_single_braces(&resolved(url))}))
        .collect();
    let info = document.value().get("info").unwrap_or(&Value::Null);
    let described = match info.get("description") {
        Some(Value::String(text)) => text.clone(),
        Some(described) => described["content"].as_str().unwrap_or_default().to_owned(),
        None => String::new(),
    };
    json!({
        "openapi": "3.0.3",
        "info": {"title": document.name(), "description": described, "version": "1.0.0"},
        "servers": servers,
        "tags": tags,
        "paths": writer.paths,
    })
}

#[derive(Default)]
struct Writer {
    paths: Map<String, Value>,
    servers: Vec<String>,
    count: usize,
}

impl Writer {
    fn item(&mut self, item: &Item, tag: Option<&str>, tags: &mut Vec<Value>) {
        match item {
            Item::Folder(folder) => {
                if tag.is_none() {
                    tags.push(json!({"name": folder.name}));
                }
                for inner in &folder.items {
                    self.item(inner, Some(tag.unwrap_or(&folder.name)), tags);
                }
            }
            Item::Request(request) => self.request(request, tag),
        }
    }

    fn request(&mut self, item: &RequestItem, tag: Option<&str>) {
        self.count += 1;
        if self.count > MOST {
            return;
        }
        let request = &item.request;
        let url = &request.url;
        let server = server_of(url);
        if !server.is_empty() && !self.servers.contains(&server) {
            self.servers.push(server);
        }
        let (path, names) = path_of(url);
        let method = request.method.to_ascii_lowercase();
        let known = [
            "get", "put", "post", "delete", "options", "head", "patch", "trace",
        ];
        if !known.contains(&method.as_str()) {
            return;
        }
        let mut parameters: Vec<Value> = names
            .iter()
            .map(|name| {
                let value = url.path_variables.iter().find(|(key, _)| key == name);
                let value = value.map_or(Value::Null, |(_, value)| value.clone().into());
                parameter("path", name, &value, true)
            })
            .collect();
        for entry in &url.query {
            if let Some(key) = entry.key.as_deref().filter(|key| !key.is_empty()) {
                let value = entry.value.clone().map_or(Value::Null, Value::from);
                parameters.push(parameter("query", key, &value, false));
            }
        }
        for header in &request.headers {
            let name = header.key.to_ascii_lowercase();
            if !["content-type", "accept", "authorization"].contains(&name.as_str()) {
                let value = Value::from(header.value.clone());
                parameters.push(parameter("header", &header.key, &value, false));
            }
        }
        let mut operation = Map::new();
        if let Some(tag) = tag {
            operation.insert("tags".to_owned(), json!([tag]));
        }
        operation.insert("summary".to_owned(), item.name.clone().into());
        if !parameters.is_empty() {
            let mut seen = Vec::new();
            parameters.retain(|it| {
                let key = (it["in"].clone(), it["name"].clone());
                let is_new = !seen.contains(&key);
                seen.push(key);
                is_new
            });
            operation.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(body) = body_of(request.body.as_ref()) {
            operation.insert("requestBody".to_owned(), body);
        }
        operation.insert("responses".to_owned(), responses_of(&item.raw));
        let operations = self.paths.entry(path).or_insert_with(|| Map::new().into());
        if let Some(operations) = operations.as_object_mut() {
            operations.entry(method).or_insert_with(|| operation.into());
        }
    }
}

/// `{{baseUrl}}`, or the scheme, the host and the port.
fn server_of(url: &Url) -> String {
    let mut server = String::new();
    if let Some(protocol) = &url.protocol {
        server = format!("{protocol}://");
    }
    server.push_str(&url.host);
    if let Some(port) = &url.port {
        server = format!("{server}:{port}");
    }
    server
}

/// `/pets/:id` as `/pets/{id}`, and the names of what is open in it.
fn path_of(url: &Url) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut path = String::new();
    for segment in &url.path {
        path.push('/');
        if let Some(name) = segment.strip_prefix(':').filter(|name| !name.is_empty()) {
            names.push(name.to_owned());
            path = format!("{path}{{{name}}}");
            continue;
        }
        let mut rest = segment.as_str();
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                break;
            };
            names.push(name.to_owned());
            path = format!("{path}{before}{{{name}}}");
            rest = behind;
        }
        path.push_str(rest);
    }
    if path.is_empty() {
        path.push('/');
    }
    (path, names)
}

fn parameter(place: &str, name: &str, value: &Value, required: bool) -> Value {
    let mut parameter = json!({"name": name, "in": place, "schema": {"type": "string"}});
    if required {
        parameter["required"] = true.into();
    }
    let is_variable = value.as_str().is_some_and(|it| it.starts_with("{{"));
    if !value.is_null() && value != "" && !is_variable {
        parameter["example"] = value.clone();
    }
    parameter
}

fn with_single_braces(text: &str) -> String {
    text.replace("{{", "{").replace("}}", "}")
}

fn body_of(body: Option<&Body>) -> Option<Value> {
    let (kind, media) = match body? {
        Body::Raw { text, language } => {
            let parsed: Option<Value> = serde_json::from_str(text).ok();
            match (language.as_deref(), parsed) {
                (Some("xml"), _) => ("application/xml", json!({"example": text})),
                (_, Some(value)) if value.is_object() || value.is_array() => (
                    "application/json",
                    json!({"schema": schema_of(&value, 0), "example": value}),
                ),
                (Some("json"), _) => ("application/json", json!({"example": text})),
                _ => ("text/plain", json!({"example": text})),
            }
        }
        Body::Urlencoded(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .map(|it| {
                    (
                        it.key.clone(),
                        json!({"type": "string", "example": it.value}),
                    )
                })
                .collect();
            let schema = json!({"type": "object", "properties": fields});
            (
                "application/x-www-form-urlencoded",
                json!({"schema": schema}),
            )
        }
        Body::Formdata(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .map(|it| {
                    let schema = if it.files.is_some() {
                        json!({"type": "string", "format": "binary"})
                    } else {
                        json!({"type": "string", "example": it.value})
                    };
                    (it.key.clone(), schema)
                })
                .collect();
            let schema = json!({"type": "object", "properties": fields});
            ("multipart/form-data", json!({"schema": schema}))
        }
        Body::Graphql(value) => ("application/json", json!({"example": value})),
        Body::File { .. } => (
            "application/octet-stream",
            json!({"schema": {"type": "string", "format": "binary"}}),
        ),
    };
    Some(json!({"content": {kind: media}}))
}

/// How deep a schema follows its example.
const MOST_DEPTH: usize = 20;

/// A schema that this value fits.
fn schema_of(value: &Value, depth: usize) -> Value {
    match value {
        Value::Null => json!({"nullable": true}),
        Value::Bool(_) => json!({"type": "boolean"}),
        Value::Number(number) if number.is_i64() || number.is_u64() => json!({"type": "integer"}),
        Value::Number(_) => json!({"type": "number"}),
        Value::String(_) => json!({"type": "string"}),
        Value::Array(values) => {
            let items = values.first().filter(|_| depth < MOST_DEPTH);
            let items = items.map_or_else(|| json!({}), |first| schema_of(first, depth + 1));
            json!({"type": "array", "items": items})
        }
        Value::Object(_) if depth >= MOST_DEPTH => json!({"type": "object"}),
        Value::Object(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .map(|(key, value)| (key.clone(), schema_of(value, depth + 1)))
                .collect();
            json!({"type": "object", "properties": fields})
        }
    }
}

/// The saved examples by their codes; of two with one code the first stays.
fn responses_of(item: &Value) -> Value {
    let mut responses = Map::new();
    let examples = item.get("response").and_then(Value::as_array);
    for example in examples.into_iter().flatten() {
        let code = example.get("code").and_then(Value::as_u64).unwrap_or(200);
        let name = example
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut response = json!({"description": name});
        let text = example
            .get("body")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !text.is_empty() {
            let headers = example.get("header").and_then(Value::as_array);
            let kind = headers.into_iter().flatten().find_map(|it| {
                let key = it["key"].as_str()?;
                let value = it["value"].as_str()?;
                key.eq_ignore_ascii_case("content-type").then(|| {
                    value
                        .split(';')
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                })
            });
            let parsed: Option<Value> = serde_json::from_str(text).ok();
            let kind = kind.unwrap_or_else(|| {
                let kind = if parsed.is_some() {
                    "application/json"
                } else {
                    "text/plain"
                };
                kind.to_owned()
            });
            let media = match parsed {
                Some(value) => json!({"schema": schema_of(&value, 0), "example": value}),
                None => json!({"example": text}),
            };
            response["content"] = json!({kind: media});
        }
        responses.entry(code.to_string()).or_insert(response);
    }
    if responses.is_empty() {
        responses.insert("200".to_owned(), json!({"description": "OK"}));
    }
    responses.into()
}
