//! A request of Insomnia's, of either version: the fields are the same but for the scripts.

use serde_json::{Value, json};

use super::super::auths::{self, auth};
use super::super::build::{RequestParts, is, language_of, list, pair_with, raw_body, text};
use super::super::notes::Notes;
use super::template::open;

/// The item.
pub(super) fn item(it: &Value, notes: &mut Notes) -> Value {
    let place = text(it, "name");
    let mut parts = RequestParts {
        name: place.clone(),
        method: text(it, "method"),
        url: open(&text(it, "url"), notes, &place),
        description: description(it),
        auth: auth_of(it, notes, &place),
        ..RequestParts::default()
    };
    for header in list(it, "headers") {
        parts.headers.push(entry(header, notes, &place));
    }
    for parameter in list(it, "parameters") {
        parts.query.push(entry(parameter, notes, &place));
    }
    for parameter in list(it, "pathParameters") {
        parts.path_variables.push(entry(parameter, notes, &place));
    }
    parts.body = body(it.get("body").unwrap_or(&Value::Null), notes, &place);
    let (before, after) = scripts_of(it, notes, &place);
    parts.before.extend((!before.is_empty()).then_some(before));
    parts.after.extend((!after.is_empty()).then_some(after));
    parts.item()
}

fn description(it: &Value) -> String {
    let own = text(it, "description");
    if own.is_empty() {
        it.get("meta")
            .map(|meta| text(meta, "description"))
            .unwrap_or_default()
    } else {
        own
    }
}

fn entry(it: &Value, notes: &mut Notes, place: &str) -> Value {
    let key = open(&text(it, "name"), notes, place);
    let value = open(&text(it, "value"), notes, place);
    pair_with(&key, &value, is(it, "disabled"), &text(it, "description"))
}

fn body(body: &Value, notes: &mut Notes, place: &str) -> Option<Value> {
    let kind = text(body, "mimeType");
    let fields = || {
        list(body, "params")
            .iter()
            .filter(|it| !text(it, "name").is_empty())
    };
    match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let fields: Vec<Value> = fields().map(|it| entry(it, notes, place)).collect();
            Some(json!({"mode": "urlencoded", "urlencoded": fields}))
        }
        "multipart/form-data" => {
            let fields: Vec<Value> = fields()
                .map(|it| {
                    let mut field = entry(it, notes, place);
                    if text(it, "type") == "file" {
                        field["type"] = "file".into();
                        field["src"] = text(it, "fileName").into();
                        if let Some(fields) = field.as_object_mut() {
                            fields.shift_remove("value");
                        }
                    } else {
                        field["type"] = "text".into();
                    }
                    field
                })
                .collect();
            Some(json!({"mode": "formdata", "formdata": fields}))
        }
        "application/graphql" => {
            let said: Value = serde_json::from_str(&text(body, "text")).unwrap_or_default();
            let query = open(&text(&said, "query"), notes, place);
            let variables = said.get("variables").map(|it| match it {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            Some(json!({"mode": "graphql", "graphql": {
                "query": query,
                "variables": open(&variables.unwrap_or_default(), notes, place),
            }}))
        }
        "application/octet-stream" => {
            Some(json!({"mode": "file", "file": {"src": text(body, "fileName")}}))
        }
        _ if body.get("text").is_some() => {
            let said = open(&text(body, "text"), notes, place);
            Some(raw_body(&said, language_of(&kind)))
        }
        _ => None,
    }
}

/// Version 5 says `scripts.preRequest`, version 4 `preRequestScript`. Both know `pm` by the name `insomnia`.
pub(super) fn scripts_of(it: &Value, notes: &mut Notes, place: &str) -> (String, String) {
    let scripts = it.get("scripts").unwrap_or(&Value::Null);
    let script = |new: &str, old: &str| {
        let said = text(scripts, new);
        let said = if said.is_empty() { text(it, old) } else { said };
        said.replace("insomnia.", "pm.")
    };
    let both = (
        script("preRequest", "preRequestScript"),
        script("afterResponse", "afterResponseScript"),
    );
    if both.0.contains("pm.") || both.1.contains("pm.") {
        notes.add(
            "scripts that were translated by their words alone: look at them",
            place,
        );
    }
    both
}

/// The auth, where there is one.
pub(super) fn auth_of(it: &Value, notes: &mut Notes, place: &str) -> Option<Value> {
    let said = it.get("authentication").filter(|it| it.is_object())?;
    let kind = text(said, "type");
    if kind.is_empty() || is(said, "disabled") {
        return None;
    }
    let mut value = |key: &str| open(&text(said, key), notes, place);
    Some(match kind.as_str() {
        "basic" | "digest" | "ntlm" => auths::password(&kind, value),
        "bearer" => {
            let prefix = value("prefix");
            let token = value("token");
            if !prefix.is_empty() && prefix != "Bearer" {
                let header = [
                    ("key", "Authorization".to_owned()),
                    ("value", format!("{prefix} {token}")),
                    ("in", "header".to_owned()),
                ];
                return Some(auth("apikey", &header));
            }
            auth("bearer", &[("token", token)])
        }
        "apikey" => auths::api_key(value("addTo") == "queryParams", value),
        "oauth2" => auths::oauth2(value("grantType"), value),
        "oauth1" => auth(
            "oauth1",
            &[
                ("consumerKey", value("consumerKey")),
                ("consumerSecret", value("consumerSecret")),
                ("token", value("tokenKey")),
                ("tokenSecret", value("tokenSecret")),
                ("signatureMethod", value("signatureMethod")),
            ],
        ),
        "iam" => auths::aws(value),
        "hawk" => auth(
            "hawk",
            &[
                ("authId", value("id")),
                ("authKey", value("key")),
                ("algorithm", value("algorithm")),
            ],
        ),
        "none" => json!({"type": "noauth"}),
        other => {
            notes.add(format!("the auth {other}"), place);
            return None;
        }
    })
}
