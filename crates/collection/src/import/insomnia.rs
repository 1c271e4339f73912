//! Insomnia's exports: version 4 (JSON, a flat list of resources) and version 5 (YAML, a tree).

mod request;
mod template;

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use self::template::{in_value, open};
use super::build::{collection, event, folder, list, text};
use super::notes::Notes;
use super::{ImportError, ImportFormat, Imported};
use crate::EnvironmentDocument;

/// How deep folders go.
const MOST_DEPTH: usize = 60;

/// Reads an export of version 4.
pub(super) fn v4(value: &Value, notes: &mut Notes) -> Result<Imported, ImportError> {
    let format = value.get("__export_format").and_then(Value::as_i64);
    if !matches!(format, Some(3 | 4)) {
        let problem = "__export_format is neither 4 nor 3; export again with Insomnia 5 or newer";
        return Err(ImportError::broken("an Insomnia export", problem));
    }
    let resources = list(value, "resources");
    let mut imported = Imported::of(ImportFormat::Insomnia);
    let of_kind = |kind: &'static str| resources.iter().filter(move |it| text(it, "_type") == kind);
    for workspace in of_kind("workspace") {
        let id = text(workspace, "_id");
        let mut seen = HashSet::new();
        let items = children(resources, &id, 0, &mut seen, notes);
        let described = text(workspace, "description");
        let document = collection(&text(workspace, "name"), &described, items, Map::new())?;
        let bases: Vec<&Value> = of_kind("environment")
            .filter(|it| text(it, "parentId") == id)
            .collect();
        for base in bases {
            let subs: Vec<&Value> = of_kind("environment")
                .filter(|it| text(it, "parentId") == text(base, "_id"))
                .collect();
            environments(&mut imported, base, &subs, document.name(), notes)?;
        }
        imported.collections.push(document);
    }
    for other in resources {
        let what = match text(other, "_type").as_str() {
            "grpc_request" | "proto_file" | "proto_directory" => "gRPC requests and their files",
            "websocket_request" | "websocket_payload" => "WebSocket requests",
            "socketio_request" => "Socket.IO requests",
            "cookie_jar" => {
                if list(other, "cookies").is_empty() {
                    continue;
                }
                "cookies of cookie jars"
            }
            "unit_test" | "unit_test_suite" => "unit tests",
            "mock_server" | "mock_route" => "mock servers",
            _ => continue,
        };
        notes.add(what, &text(other, "name"));
    }
    Ok(imported)
}

/// What lies in a folder, in Insomnia's order.
fn children(
    resources: &[Value],
    parent: &str,
    depth: usize,
    seen: &mut HashSet<String>,
    notes: &mut Notes,
) -> Vec<Value> {
    // A folder that lies within itself, by way of others, is read once.
    if depth > MOST_DEPTH || !seen.insert(parent.to_owned()) {
        notes.add("folders that lie within themselves, or too deep", parent);
        return Vec::new();
    }
    let mut inside: Vec<&Value> = resources
        .iter()
        .filter(|it| text(it, "parentId") == parent)
        .collect();
    inside.sort_by(|one, other| {
        let key = |it: &Value| it.get("metaSortKey").and_then(Value::as_f64).unwrap_or(0.0);
        key(one).total_cmp(&key(other))
    });
    let mut items = Vec::new();
    for it in inside {
        match text(it, "_type").as_str() {
            "request_group" => {
                let within = children(resources, &text(it, "_id"), depth + 1, seen, notes);
                let mut group = folder(&text(it, "name"), &text(it, "description"), within);
                settle_folder(&mut group, it, notes);
                items.push(group);
            }
            "request" => items.push(request::item(it, notes)),
            _ => {}
        }
    }
    items
}

/// Reads an export of version 5.
pub(super) fn v5(value: &Value, notes: &mut Notes) -> Result<Imported, ImportError> {
    let mut imported = Imported::of(ImportFormat::Insomnia);
    let kind = text(value, "type");
    let called = text(value, "name");
    if !kind.starts_with("collection.") && !kind.starts_with("environment.") {
        let problem = format!("{kind} is no collection");
        return Err(ImportError::broken("an Insomnia export", problem));
    }
    if kind.starts_with("collection.") {
        let items = tree(list(value, "collection"), 0, notes);
        let meta = value.get("meta").unwrap_or(&Value::Null);
        let document = collection(&called, &text(meta, "description"), items, Map::new())?;
        imported.collections.push(document);
    }
    if let Some(base) = value.get("environments").filter(|it| it.is_object()) {
        let subs: Vec<&Value> = list(base, "subEnvironments").iter().collect();
        environments(&mut imported, base, &subs, &called, notes)?;
    }
    let cookies = value
        .pointer("/cookieJar/cookies")
        .and_then(Value::as_array);
    if cookies.is_some_and(|it| !it.is_empty()) {
        notes.add("cookies of cookie jars", &called);
    }
    Ok(imported)
}

fn tree(inside: &[Value], depth: usize, notes: &mut Notes) -> Vec<Value> {
    let mut items = Vec::new();
    for node in inside {
        if let Some(inner) = node.get("children").and_then(Value::as_array) {
            if depth > MOST_DEPTH {
                notes.add(
                    "folders that lie within themselves, or too deep",
                    &text(node, "name"),
                );
                continue;
            }
            let within = tree(inner, depth + 1, notes);
            let meta = node.get("meta").unwrap_or(&Value::Null);
            let mut group = folder(&text(node, "name"), &text(meta, "description"), within);
            settle_folder(&mut group, node, notes);
            items.push(group);
        } else if node.get("url").is_some() && node.get("protoFileId").is_none() {
            let url = text(node, "url");
            if url.starts_with("ws:") || url.starts_with("wss:") {
                notes.add("WebSocket requests", &text(node, "name"));
            } else {
                items.push(request::item(node, notes));
            }
        } else {
            notes.add("gRPC requests and their files", &text(node, "name"));
        }
    }
    items
}

/// The auth, the scripts and the variables of a folder.
fn settle_folder(group: &mut Value, it: &Value, notes: &mut Notes) {
    let place = text(it, "name");
    if let Some(auth) = request::auth_of(it, notes, &place) {
        group["auth"] = auth;
    }
    let scripts = request::scripts_of(it, notes, &place);
    let events: Vec<Value> = [("prerequest", scripts.0), ("test", scripts.1)]
        .into_iter()
        .filter(|(_, script)| !script.is_empty())
        .map(|(listen, script)| event(listen, &[script]))
        .collect();
    if !events.is_empty() {
        group["event"] = events.into();
    }
    let variables = it.get("environment").and_then(Value::as_object);
    if variables.is_some_and(|it| !it.is_empty()) {
        notes.add("variables of folders", &place);
    }
}

/// A base environment and those on top of it: each of ours holds both.
fn environments(
    imported: &mut Imported,
    base: &Value,
    subs: &[&Value],
    called: &str,
    notes: &mut Notes,
) -> Result<(), ImportError> {
    let own = values(base, notes);
    let mut add = |name: &str, values: Vec<(String, Value)>| -> Result<(), ImportError> {
        let values: Vec<Value> = values
            .into_iter()
            .map(|(key, value)| json!({"key": key, "value": value, "type": "default", "enabled": true}))
            .collect();
        let name = super::build::name(name, "Environment");
        let document = json!({"name": name, "values": values});
        imported
            .environments
            .push(EnvironmentDocument::from_value(document)?);
        Ok(())
    };
    if subs.is_empty() && !own.is_empty() {
        add(called, own.clone())?;
    }
    for sub in subs {
        let mut all = own.clone();
        for (key, value) in values(sub, notes) {
            match all.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = value,
                None => all.push((key, value)),
            }
        }
        add(&format!("{called} {}", text(sub, "name")), all)?;
    }
    Ok(())
}

/// The variables of an environment: what lies within others becomes `outer.inner`.
fn values(environment: &Value, notes: &mut Notes) -> Vec<(String, Value)> {
    let mut values = Vec::new();
    if let Some(data) = environment.get("data") {
        flatten(data, "", 0, &mut values, notes);
    }
    values
}

fn flatten(
    value: &Value,
    path: &str,
    depth: usize,
    values: &mut Vec<(String, Value)>,
    notes: &mut Notes,
) {
    match value {
        Value::Object(fields) if depth < MOST_DEPTH => {
            for (key, inner) in fields {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                flatten(inner, &path, depth + 1, values, notes);
            }
        }
        Value::String(text) => values.push((path.to_owned(), open(text, notes, path).into())),
        Value::Array(_) | Value::Object(_) => {
            values.push((
                path.to_owned(),
                in_value(value.clone(), notes, path).to_string().into(),
            ));
        }
        Value::Null => values.push((path.to_owned(), "".into())),
        other => values.push((path.to_owned(), other.to_string().into())),
    }
}
