//! One operation as a request with its examples.

use serde_json::{Map, Value, json};

use super::super::build::{RequestParts, is, language_of, list, pair, pair_with, raw_body, text};
use super::super::notes::Notes;
use super::reference::Document;
use super::{Folders, OpenApiOptions, sample, security};

/// How deep folders go; what lies deeper lies in the last.
const MOST_FOLDERS: usize = 20;

/// An operation of a path.
pub(super) struct Operation<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) item: &'a Value,
    pub(super) said: &'a Value,
}

impl Operation<'_> {
    /// The names of the folders that it lies in.
    pub(super) fn folders(&self, by: Folders) -> Vec<String> {
        match by {
            Folders::Tags => list(self.said, "tags")
                .iter()
                .take(1)
                .filter_map(|tag| tag.as_str().map(str::to_owned))
                .collect(),
            Folders::Paths => self
                .path
                .split('/')
                .filter(|segment| !segment.is_empty())
                .take(MOST_FOLDERS)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// The request.
    pub(super) fn item(
        &self,
        spec: &Document<'_>,
        options: OpenApiOptions,
        notes: &mut Notes,
    ) -> Value {
        let place = format!("{} {}", self.method.to_ascii_uppercase(), self.path);
        let named = [text(self.said, "summary"), text(self.said, "operationId")];
        let name = named.into_iter().find(|it| !it.is_empty());
        let mut parts = RequestParts {
            name: name.unwrap_or_else(|| place.clone()),
            method: self.method.to_owned(),
            url: format!("{{{{baseUrl}}}}{}", with_colons(self.path)),
            description: text(self.said, "description"),
            auth: security::of(spec, self.said.get("security"), notes, &place),
            ..RequestParts::default()
        };
        for parameter in self.parameters(spec, notes, &place) {
            put_parameter(&mut parts, spec, parameter, options, notes, &place);
        }
        let body = self.said.get("requestBody");
        let body = body.and_then(|it| spec.resolved(it, notes, &place));
        if let Some(content) = body.and_then(|it| it.get("content")?.as_object()) {
            put_body(&mut parts, spec, content, notes, &place);
        }
        if self.said.get("callbacks").is_some() {
            notes.add("callbacks", &place);
        }
        if options.examples {
            parts.responses = self.examples(spec, notes, &place);
        }
        let accepts = parts.responses.iter().find_map(|it| {
            let header = it["header"].get(0)?;
            header["value"].as_str().map(str::to_owned)
        });
        let has_accept = parts.headers.iter().any(|it| {
            it["key"]
                .as_str()
                .is_some_and(|key| key.eq_ignore_ascii_case("accept"))
        });
        if let Some(accepts) = accepts.filter(|_| !has_accept) {
            parts.headers.push(pair("Accept", &accepts));
        }
        parts.item()
    }

    /// Its own parameters, and those of its path that it doesn't say otherwise.
    fn parameters<'s>(
        &'s self,
        spec: &'s Document<'_>,
        notes: &mut Notes,
        place: &str,
    ) -> Vec<&'s Value> {
        let spec: &Document<'s> = &spec.same();
        let mut all: Vec<&Value> = Vec::new();
        for list in [list(self.item, "parameters"), list(self.said, "parameters")] {
            for parameter in list {
                let Some(parameter) = spec.resolved(parameter, notes, place) else {
                    continue;
                };
                let same = |it: &Value| {
                    ["name", "in"]
                        .iter()
                        .all(|key| it.get(*key) == parameter.get(*key))
                };
                match all.iter().position(|it| same(it)) {
                    Some(at) => all[at] = parameter,
                    None => all.push(parameter),
                }
            }
        }
        all
    }

    fn examples(&self, spec: &Document<'_>, notes: &mut Notes, place: &str) -> Vec<Value> {
        let responses = self.said.get("responses").and_then(Value::as_object);
        let mut examples = Vec::new();
        for (code, response) in responses.into_iter().flatten() {
            if code.starts_with("x-") {
                continue;
            }
            let spec = spec.same();
            let Some(response) = spec.resolved(response, notes, place) else {
                continue;
            };
            let number = match code.as_str() {
                "default" => 500,
                // `4XX` is the first of them.
                code => code
                    .to_ascii_uppercase()
                    .replace('X', "0")
                    .parse()
                    .unwrap_or(200),
            };
            let described = text(response, "description");
            let mut example = json!({
                "name": if described.is_empty() { code.clone() } else { described.chars().take(255).collect() },
                "status": "",
                "code": number,
                "_postman_previewlanguage": "text",
                "header": [],
                "cookie": [],
                "body": "",
            });
            let content = response.get("content").and_then(Value::as_object);
            if let Some((kind, media)) = content.and_then(|it| it.iter().next()) {
                let language = language_of(kind);
                example["_postman_previewlanguage"] = language.into();
                example["header"] = json!([pair("Content-Type", kind)]);
                example["body"] = written(&value_of(&spec, media, notes, place), language).into();
            }
            examples.push(example);
        }
        examples
    }
}

/// `/pets/{petId}` as `/pets/:petId`. A parameter within a segment can only be a variable.
fn with_colons(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let name = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        match name {
            Some(name) if !name.contains(['{', '}']) => format!(":{name}"),
            _ => segment.replace('{', "{{").replace('}', "}}"),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn put_parameter(
    parts: &mut RequestParts,
    spec: &Document<'_>,
    parameter: &Value,
    options: OpenApiOptions,
    notes: &mut Notes,
    place: &str,
) {
    let name = text(parameter, "name");
    let described = text(parameter, "description");
    let off = !is(parameter, "required") && !options.optional_parameters;
    let value = plain(&value_of(spec, parameter, notes, place));
    let entry = pair_with(&name, &value, off, &described);
    match text(parameter, "in").as_str() {
        "query" => parts.query.push(entry),
        "path" => parts
            .path_variables
            .push(pair_with(&name, &value, false, &described)),
        "header" => parts.headers.push(entry),
        "cookie" => parts.headers.push(pair_with(
            "Cookie",
            &format!("{name}={value}"),
            off,
            &described,
        )),
        _ => notes.add("parameters in an unknown place", place),
    }
}

fn put_body(
    parts: &mut RequestParts,
    spec: &Document<'_>,
    content: &Map<String, Value>,
    notes: &mut Notes,
    place: &str,
) {
    // JSON where there is a choice: it is what people read.
    let json = content.iter().find(|(kind, _)| language_of(kind) == "json");
    let Some((kind, media)) = json.or_else(|| content.iter().next()) else {
        return;
    };
    for (other, _) in content.iter().filter(|(other, _)| *other != kind) {
        notes.add(format!("bodies of the type {other} beside {kind}"), place);
    }
    let sent = format!(">{place}");
    let value = value_of(spec, media, notes, &sent);
    let fields = value.as_object().cloned().unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let fields: Vec<Value> = fields
            .iter()
            .map(|(key, value)| pair(key, &plain(value)))
            .collect();
        parts.body = Some(json!({"mode": "urlencoded", "urlencoded": fields}));
        return;
    }
    if kind.starts_with("multipart/") {
        let schema = media.get("schema").unwrap_or(&Value::Null);
        let spec = spec.same();
        let schema = spec.resolved(schema, notes, place).unwrap_or(&Value::Null);
        let fields: Vec<Value> = fields
            .iter()
            .map(|(key, value)| {
                let property = schema.get("properties").and_then(|it| it.get(key));
                let property = property.and_then(|it| spec.resolved(it, notes, place));
                let is_file = property.is_some_and(|it| {
                    text(it, "format") == "binary" || it.get("contentMediaType").is_some()
                });
                if is_file {
                    json!({"key": key, "type": "file", "src": []})
                } else {
                    json!({"key": key, "value": plain(value), "type": "text"})
                }
            })
            .collect();
        parts.body = Some(json!({"mode": "formdata", "formdata": fields}));
        return;
    }
    parts.headers.push(pair("Content-Type", kind));
    if kind == "application/octet-stream" {
        parts.body = Some(json!({"mode": "file", "file": {}}));
        return;
    }
    let language = language_of(kind);
    parts.body = Some(raw_body(&written(&value, language), language));
}

/// The example of a media type or a parameter, or a value that fits its schema.
fn value_of(spec: &Document<'_>, media: &Value, notes: &mut Notes, place: &str) -> Value {
    if !spec.is_full() {
        let value = any_value_of(spec, media, notes, place);
        if spec.may_write(&value) {
            return value;
        }
    }
    notes.add("examples beyond 6 MiB in all", place);
    Value::Null
}

fn any_value_of(spec: &Document<'_>, media: &Value, notes: &mut Notes, place: &str) -> Value {
    if let Some(example) = media.get("example") {
        return example.clone();
    }
    let examples = media.get("examples").and_then(Value::as_object);
    let first = examples.and_then(|it| it.values().next());
    let spec = spec.same();
    if let Some(value) = first.and_then(|it| spec.resolved(it, notes, place)?.get("value")) {
        return value.clone();
    }
    if let Some(schema) = media.get("schema") {
        return sample::of(&spec, schema, notes, place);
    }
    // A parameter may have a content in the place of a schema.
    let content = media.get("content").and_then(Value::as_object);
    match content.and_then(|it| it.values().next()?.get("schema")) {
        Some(schema) => sample::of(&spec, schema, notes, place),
        None => Value::Null,
    }
}

/// A value as it stands in an address or a form.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A value as a body.
fn written(value: &Value, language: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if language != "json" => text.clone(),
        value => format!("{value:#}"),
    }
}
