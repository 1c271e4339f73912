//! Swagger 2.0 in the words of OpenAPI 3.

use serde_json::{Map, Value, json};

use super::super::build::{list, text};

/// The same description in the words of version 3.
pub(super) fn modern(old: &Value) -> Value {
    let mut new = Map::new();
    new.insert("openapi".to_owned(), "3.0.3".into());
    for key in ["info", "tags", "security"] {
        if let Some(value) = old.get(key) {
            new.insert(key.to_owned(), value.clone());
        }
    }
    new.insert("servers".to_owned(), servers(old));
    let mut components = Map::new();
    for (from, to) in [
        ("definitions", "schemas"),
        ("parameters", "parameters"),
        ("responses", "responses"),
    ] {
        let Some(fields) = old.get(from).and_then(Value::as_object) else {
            continue;
        };
        let fields: Map<String, Value> = fields
            .iter()
            .map(|(name, value)| {
                let value = match from {
                    "responses" => response(value, &produced(old, old)),
                    "parameters" => parameter(value),
                    _ => value.clone(),
                };
                (name.clone(), value)
            })
            .collect();
        components.insert(to.to_owned(), fields.into());
    }
    let schemes = old.get("securityDefinitions").and_then(Value::as_object);
    let schemes: Map<String, Value> = schemes
        .into_iter()
        .flatten()
        .map(|(name, scheme)| (name.clone(), security(scheme)))
        .collect();
    components.insert("securitySchemes".to_owned(), schemes.into());
    new.insert("components".to_owned(), components.into());
    let mut paths = Map::new();
    for (path, item) in old
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let Some(fields) = item.as_object() else {
            continue;
        };
        let mut fields = fields.clone();
        for (method, operation) in &mut fields {
            if super::METHODS.contains(&method.as_str()) {
                *operation = operation_of(old, operation);
            } else if method == "parameters" {
                let all: Vec<Value> = list(item, "parameters").iter().map(parameter).collect();
                *operation = all.into();
            }
        }
        paths.insert(path.clone(), fields.into());
    }
    new.insert("paths".to_owned(), paths.into());
    let mut new = Value::Object(new);
    point_to_components(&mut new);
    new
}

fn servers(old: &Value) -> Value {
    let host = text(old, "host");
    let base = text(old, "basePath");
    let scheme = list(old, "schemes").iter().filter_map(Value::as_str);
    // The safer one, where there is a choice.
    let scheme = scheme.max_by_key(|it| *it == "https").unwrap_or("https");
    if host.is_empty() {
        json!([{"url": format!("/{}", base.trim_start_matches('/'))}])
    } else {
        json!([{"url": format!("{scheme}://{host}{base}")}])
    }
}

fn produced(old: &Value, operation: &Value) -> String {
    let own = list(operation, "produces").first();
    let kind = own.or_else(|| list(old, "produces").first());
    kind.and_then(Value::as_str)
        .unwrap_or("application/json")
        .to_owned()
}

fn operation_of(old: &Value, operation: &Value) -> Value {
    let Some(fields) = operation.as_object() else {
        return operation.clone();
    };
    let mut fields = fields.clone();
    let all = list(operation, "parameters");
    let place = |it: &Value| {
        // A reference to a shared parameter: what it is decides where it goes.
        let shared = it.get("$ref").and_then(Value::as_str);
        let shared = shared.and_then(|it| old.pointer(it.strip_prefix('#')?));
        text(shared.unwrap_or(it), "in")
    };
    let full = |it: &Value| {
        let shared = it.get("$ref").and_then(Value::as_str);
        let shared = shared.and_then(|it| old.pointer(it.strip_prefix('#')?));
        shared.unwrap_or(it).clone()
    };
    let kept: Vec<Value> = all
        .iter()
        .filter(|it| !["body", "formData"].contains(&place(it).as_str()))
        .map(|it| parameter(&full(it)))
        .collect();
    let consumed = list(operation, "consumes")
        .first()
        .or_else(|| list(old, "consumes").first());
    let consumed = consumed.and_then(Value::as_str);
    if let Some(body) = all.iter().find(|it| place(it) == "body").map(full) {
        let kind = consumed.unwrap_or("application/json");
        let schema = body.get("schema").cloned().unwrap_or_default();
        fields.insert(
            "requestBody".to_owned(),
            json!({"content": {kind: {"schema": schema}}}),
        );
    }
    let form: Vec<Value> = all
        .iter()
        .filter(|it| place(it) == "formData")
        .map(full)
        .collect();
    if !form.is_empty() {
        let has_file = form.iter().any(|it| text(it, "type") == "file");
        let kind = if has_file || consumed == Some("multipart/form-data") {
            "multipart/form-data"
        } else {
            "application/x-www-form-urlencoded"
        };
        let properties: Map<String, Value> = form
            .iter()
            .map(|it| {
                let mut schema = it.clone();
                if text(it, "type") == "file" {
                    schema = json!({"type": "string", "format": "binary"});
                }
                (text(it, "name"), schema)
            })
            .collect();
        let schema = json!({"type": "object", "properties": properties});
        fields.insert(
            "requestBody".to_owned(),
            json!({"content": {kind: {"schema": schema}}}),
        );
    }
    fields.insert("parameters".to_owned(), kept.into());
    let kind = produced(old, operation);
    if let Some(responses) = fields.get("responses").and_then(Value::as_object) {
        let responses: Map<String, Value> = responses
            .iter()
            .map(|(code, it)| (code.clone(), response(it, &kind)))
            .collect();
        fields.insert("responses".to_owned(), responses.into());
    }
    fields.into()
}

/// A parameter says its type itself in version 2, in a schema in version 3.
fn parameter(old: &Value) -> Value {
    if !old.is_object() || old.get("$ref").is_some() || old.get("schema").is_some() {
        return old.clone();
    }
    let mut new = old.clone();
    new["schema"] = old.clone();
    if let Some(schema) = new["schema"].as_object_mut() {
        // There it is the list of what is required within.
        schema.shift_remove("required");
    }
    new
}

fn response(old: &Value, kind: &str) -> Value {
    if !old.is_object() {
        return old.clone();
    }
    let mut new = old.clone();
    let examples = old.get("examples").and_then(Value::as_object);
    if let Some((kind, example)) = examples.and_then(|it| it.iter().next()) {
        new["content"] = json!({kind: {"example": example}});
    } else if let Some(schema) = old.get("schema") {
        new["content"] = json!({kind: {"schema": schema}});
    }
    new
}

fn security(old: &Value) -> Value {
    match text(old, "type").as_str() {
        "basic" => json!({"type": "http", "scheme": "basic"}),
        "oauth2" => {
            let flow = match text(old, "flow").as_str() {
                "accessCode" => "authorizationCode",
                "application" => "clientCredentials",
                "password" => "password",
                _ => "implicit",
            };
            json!({"type": "oauth2", "flows": {flow: old}})
        }
        _ => old.clone(),
    }
}

/// `#/definitions/Pet` is `#/components/schemas/Pet`.
fn point_to_components(value: &mut Value) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Array(values) => pending.extend(values),
            Value::Object(fields) => {
                for (key, inner) in fields {
                    match inner {
                        Value::String(text) if key == "$ref" => {
                            for (from, to) in [
                                ("#/definitions/", "#/components/schemas/"),
                                ("#/parameters/", "#/components/parameters/"),
                                ("#/responses/", "#/components/responses/"),
                            ] {
                                if let Some(rest) = text.strip_prefix(from) {
                                    *text = format!("{to}{rest}");
                                    break;
                                }
                            }
                        }
                        inner => pending.push(inner),
                    }
                }
            }
            _ => {}
        }
    }
}
