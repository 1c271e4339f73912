//! A request of Bruno's, in the shape of its export.

use serde_json::{Value, json};

use super::super::auths::{self, auth};
use super::super::build::{RequestParts, list, pair_with, raw_body, text};
use super::super::notes::Notes;
use super::script;

/// The item.
pub(super) fn item(it: &Value, notes: &mut Notes) -> Value {
    let place = text(it, "name");
    let request = it.get("request").unwrap_or(&Value::Null);
    let mut parts = RequestParts {
        name: place.clone(),
        method: text(request, "method"),
        description: text(request, "docs"),
        auth: auth_of(request, notes, &place),
        headers: list(request, "headers").iter().map(entry).collect(),
        body: body(request.get("body").unwrap_or(&Value::Null), notes, &place),
        ..RequestParts::default()
    };
    let url = text(request, "url");
    let params = list(request, "params");
    let query: Vec<Value> = of_kind(params, "query").collect();
    // The address says its parameters too; where they are listed, the list says more.
    parts.url = match url.split_once('?') {
        Some((before, _)) if !query.is_empty() => before.to_owned(),
        _ => url,
    };
    parts.query = query;
    parts.path_variables = of_kind(params, "path").collect();
    (parts.before, parts.after) = script::of(request);
    parts.item()
}

fn of_kind<'a>(params: &'a [Value], kind: &'a str) -> impl Iterator<Item = Value> + 'a {
    let is_kind = move |it: &&Value| {
        let said = text(it, "type");
        said == kind || (said.is_empty() && kind == "query")
    };
    params.iter().filter(is_kind).map(entry)
}

/// What a request says; a folder's or a collection's says it in `request`.
pub(super) fn inner(root: &Value) -> &Value {
    root.get("request").unwrap_or(root)
}

/// The description of a folder or a collection.
pub(super) fn docs(root: &Value) -> String {
    text(root, "docs")
}

fn entry(it: &Value) -> Value {
    let disabled = it.get("enabled") == Some(&Value::Bool(false));
    pair_with(
        &text(it, "name"),
        &text(it, "value"),
        disabled,
        &text(it, "description"),
    )
}

fn body(body: &Value, notes: &mut Notes, place: &str) -> Option<Value> {
    let mode = text(body, "mode");
    match mode.as_str() {
        "" | "none" => None,
        "json" | "text" | "xml" => Some(raw_body(&text(body, &mode), &mode)),
        "graphql" => {
            let said = body.get("graphql").unwrap_or(&Value::Null);
            Some(json!({"mode": "graphql", "graphql": {
                "query": text(said, "query"),
                "variables": text(said, "variables"),
            }}))
        }
        "formUrlEncoded" => {
            let fields: Vec<Value> = list(body, "formUrlEncoded").iter().map(entry).collect();
            Some(json!({"mode": "urlencoded", "urlencoded": fields}))
        }
        "multipartForm" => {
            let fields: Vec<Value> = list(body, "multipartForm")
                .iter()
                .map(|it| {
                    let mut field = entry(it);
                    let kind = text(it, "type");
                    field["type"] = if kind == "file" { "file" } else { "text" }.into();
                    if kind == "file" {
                        field["src"] = it.get("value").cloned().unwrap_or_default();
                        if let Some(fields) = field.as_object_mut() {
                            fields.shift_remove("value");
                        }
                    }
                    field
                })
                .collect();
            Some(json!({"mode": "formdata", "formdata": fields}))
        }
        other => {
            notes.add(format!("bodies of the mode {other}"), place);
            None
        }
    }
}

/// The auth, where it is not what stands above.
pub(super) fn auth_of(request: &Value, notes: &mut Notes, place: &str) -> Option<Value> {
    let said = request.get("auth")?;
    let mode = text(said, "mode");
    let values = said.get(&mode).unwrap_or(&Value::Null);
    let value = |key: &str| text(values, key);
    Some(match mode.as_str() {
        "" | "inherit" => return None,
        "none" => json!({"type": "noauth"}),
        "basic" | "digest" | "ntlm" => auths::password(&mode, value),
        "bearer" => auth("bearer", &[("token", value("token"))]),
        "apikey" => auths::api_key(value("placement") == "queryparams", value),
        "awsv4" => auths::aws(value),
        "oauth2" => {
            let grant = match value("grantType").as_str() {
                "password" => "password_credentials".to_owned(),
                other => other.to_owned(),
            };
            auths::oauth2(grant, value)
        }
        other => {
            notes.add(format!("the auth {other}"), place);
            return None;
        }
    })
}
