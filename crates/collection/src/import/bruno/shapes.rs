//! A `.bru` file in the shape that it has in an export.

use serde_json::{Map, Value, json};

use super::lang::{Blocks, Entry};

const METHODS: [&str; 9] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "connect",
];

/// A request.
pub(super) fn request(blocks: &Blocks) -> Value {
    let mut all = blocks.all();
    let method = all.find(|(name, _)| METHODS.contains(name) || *name == "http");
    let method = method.map_or("get", |(name, _)| name);
    let word = match blocks.value(method, "method") {
        said if said.is_empty() => method.to_owned(),
        said => said,
    };
    let mode = blocks.value(method, "body");
    let kind = match blocks.value("meta", "type").as_str() {
        "graphql" => "graphql",
        "" | "http" => "http",
        other => return json!({"type": other, "name": blocks.value("meta", "name")}),
    };
    let mut params = pairs(blocks.entries("params:query"));
    params.extend(pairs(blocks.entries("query")));
    for param in &mut params {
        param["type"] = "query".into();
    }
    for mut param in pairs(blocks.entries("params:path")) {
        param["type"] = "path".into();
        params.push(param);
    }
    let auth = blocks.value(method, "auth");
    let mut request = Map::new();
    request.insert("method".to_owned(), word.to_uppercase().into());
    request.insert("url".to_owned(), blocks.value(method, "url").into());
    request.insert("params".to_owned(), params.into());
    request.insert("body".to_owned(), body(blocks, &mode));
    request.extend(common(blocks, &auth));
    let number = blocks.value("meta", "seq").parse::<f64>();
    json!({
        "type": kind,
        "name": blocks.value("meta", "name"),
        "seq": number.unwrap_or(f64::from(u32::MAX)),
        "request": request,
    })
}

/// What `collection.bru` or `folder.bru` says.
pub(super) fn settings(blocks: &Blocks) -> Value {
    let number = blocks.value("meta", "seq").parse::<f64>().ok();
    json!({
        "name": blocks.value("meta", "name"),
        "seq": number,
        "request": common(blocks, &blocks.value("auth", "mode")),
        "docs": blocks.text("docs"),
    })
}

/// An environment.
pub(super) fn environment(name: &str, blocks: &Blocks) -> Value {
    let mut variables = pairs(blocks.entries("vars"));
    for secret in blocks.text("vars:secret").split([',', '\n']) {
        let secret = secret.trim();
        if secret.is_empty() {
            continue;
        }
        let (name, enabled) = match secret.strip_prefix('~') {
            Some(name) => (name, false),
            None => (secret, true),
        };
        variables.push(json!({"name": name, "value": "", "enabled": enabled, "secret": true}));
    }
    json!({"name": name, "variables": variables})
}

/// What requests, folders and collections have alike.
fn common(blocks: &Blocks, auth: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert(
        "headers".to_owned(),
        pairs(blocks.entries("headers")).into(),
    );
    let mut said = Map::new();
    said.insert("mode".to_owned(), auth.into());
    for (name, _) in blocks.all() {
        if let Some(kind) = name.strip_prefix("auth:") {
            let values = blocks.entries(name).into_iter();
            let values: Map<String, Value> =
                values.map(|it| (camel(&it.key), it.value.into())).collect();
            said.insert(kind.to_owned(), values.into());
        }
    }
    fields.insert("auth".to_owned(), said.into());
    fields.insert(
        "script".to_owned(),
        json!({"req": blocks.text("script:pre-request"), "res": blocks.text("script:post-response")}),
    );
    fields.insert(
        "vars".to_owned(),
        json!({
            "req": pairs(blocks.entries("vars:pre-request")),
            "res": pairs(blocks.entries("vars:post-response")),
        }),
    );
    fields.insert(
        "assertions".to_owned(),
        pairs(blocks.entries("assert")).into(),
    );
    fields.insert("tests".to_owned(), blocks.text("tests").into());
    fields.insert("docs".to_owned(), blocks.text("docs").into());
    fields
}

fn body(blocks: &Blocks, mode: &str) -> Value {
    let text = |name: &str| {
        let own = blocks.text(&format!("body:{name}"));
        if own.is_empty() && name == "json" {
            blocks.text("body")
        } else {
            own
        }
        .to_owned()
    };
    let mode = match mode {
        "form-urlencoded" => "formUrlEncoded",
        "multipart-form" => "multipartForm",
        other => other,
    };
    let mut parts = Vec::new();
    for entry in blocks.entries("body:multipart-form") {
        let enabled = entry.enabled;
        let file = entry
            .value
            .strip_prefix("@file(")
            .and_then(|it| it.strip_suffix(')'));
        parts.push(match file {
            Some(files) => {
                let files: Vec<&str> = files.split('|').collect();
                json!({"name": entry.key, "type": "file", "value": files, "enabled": enabled})
            }
            None => {
                json!({"name": entry.key, "type": "text", "value": entry.value, "enabled": enabled})
            }
        });
    }
    json!({
        "mode": mode,
        "json": text("json"),
        "text": text("text"),
        "xml": text("xml"),
        "sparql": text("sparql"),
        "graphql": {"query": text("graphql"), "variables": blocks.text("body:graphql:vars")},
        "formUrlEncoded": pairs(blocks.entries("body:form-urlencoded")),
        "multipartForm": parts,
    })
}

fn pairs(entries: Vec<Entry>) -> Vec<Value> {
    let pairs = entries.into_iter();
    pairs
        .map(|it| json!({"name": it.key, "value": it.value, "enabled": it.enabled}))
        .collect()
}

/// `access_token_url` as `accessTokenUrl`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
