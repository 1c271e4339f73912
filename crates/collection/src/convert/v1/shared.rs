//! What collections, folders and requests have alike: auth, scripts, variables, behaviour.

use serde_json::{Map, Value, json};

use super::auth;
use super::loose::{has_content, is_truthy, list, put, truthy};

/// Who has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Collection,
    Folder,
}

/// Adds it to a collection or a folder.
pub(super) fn add(from: &Value, into: &mut Map<String, Value>, level: Level) {
    let auth = auth::of(from);
    // Above a collection there is nothing to be shielded from.
    let says_nothing = |auth: &Value| level == Level::Collection && auth["type"] == "noauth";
    put(into, "auth", auth.filter(|auth| !says_nothing(auth)));
    put(into, "event", events(from));
    put(into, "variable", variables(from));
    put(into, "protocolProfileBehavior", behaviour(from));
}

/// The scripts: those of old, if there are any, else the events.
pub(super) fn events(from: &Value) -> Option<Value> {
    let (tests, before) = (truthy(from, "tests"), truthy(from, "preRequestScript"));
    if tests.is_none() && before.is_none() {
        let events = from
            .get("events")
            .filter(|events| has_content(Some(events)))?;
        let events = events.as_array()?.iter().filter(|event| event.is_object());
        return Some(events.cloned().map(event).collect());
    }
    let scripts = [("test", tests), ("prerequest", before)];
    let events = scripts.into_iter().filter_map(|(listen, source)| {
        Some(json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines(source?)}}))
    });
    Some(events.collect())
}

fn event(mut event: Value) -> Value {
    if event.get("listen").is_none_or(|listen| !is_truthy(listen)) {
        event["listen"] = "test".into();
    }
    if let Some(script) = event.get_mut("script").and_then(Value::as_object_mut) {
        if script.get("type").is_none_or(|kind| !is_truthy(kind)) {
            script.insert("type".to_owned(), "text/javascript".into());
        }
        if let Some(source) = script.get_mut("exec") {
            *source = lines(source.take());
        }
    }
    event
}

fn lines(source: Value) -> Value {
    match source {
        Value::String(source) => source.split('\n').collect(),
        other => other,
    }
}

/// The variables.
pub(super) fn variables(from: &Value) -> Option<Value> {
    let key = ["variables", "variable"]
        .into_iter()
        .find(|key| from.get(key).is_some_and(is_truthy))?;
    let variables: Vec<Value> = list(from, key)
        .map(|variable| {
            let mut fields = Map::new();
            put(&mut fields, "id", variable.get("id").cloned());
            let name = truthy(variable, "key").or_else(|| variable.get("id").cloned());
            put(&mut fields, "key", name);
            put(&mut fields, "value", variable.get("value").cloned());
            let kind = truthy(variable, "type");
            let kind = kind.map(|kind| {
                if kind == "text" {
                    "string".into()
                } else {
                    kind
                }
            });
            put(&mut fields, "type", kind);
            if truthy(variable, "disabled").is_some() {
                fields.insert("disabled".to_owned(), true.into());
            }
            put(&mut fields, "description", truthy(variable, "description"));
            fields.into()
        })
        .collect();
    (!variables.is_empty()).then(|| variables.into())
}

/// What a request may say of how it is sent.
pub(super) fn behaviour(from: &Value) -> Option<Value> {
    let behaviour = from.get("protocolProfileBehavior")?;
    (behaviour.is_object() && has_content(Some(behaviour))).then(|| behaviour.clone())
}
