//! OpenAPI 3.0 and 3.1, and Swagger 2.0: an operation becomes a request, its responses saved examples.
//!
//! Only what is in the document itself is read: a reference to another file or address is left out and said so.

mod operation;
mod reference;
mod sample;
mod security;
mod swagger;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use self::operation::Operation;
use self::reference::Document as Spec;
use super::build::{collection, folder, list, text};
use super::notes::Notes;
use super::{ImportError, ImportFormat, Imported};

/// How requests are put into folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folders {
    /// By the parts of their paths, as Postman's importer does.
    #[default]
    Paths,
    /// By their first tags.
    Tags,
}

/// How a description becomes a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenApiOptions {
    /// How requests are put into folders.
    pub folders: Folders,
    /// Whether parameters that are not required are switched on.
    pub optional_parameters: bool,
    /// Whether responses become saved examples.
    pub examples: bool,
}

impl Default for OpenApiOptions {
    fn default() -> Self {
        Self {
            folders: Folders::Paths,
            optional_parameters: true,
            examples: true,
        }
    }
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Reads a description.
pub(super) fn read(
    value: &Value,
    options: OpenApiOptions,
    notes: &mut Notes,
) -> Result<Imported, ImportError> {
    let version = match text(value, "openapi") {
        version if version.is_empty() => text(value, "swagger"),
        version => version,
    };
    let modern;
    let value = if version.starts_with("3.0") || version.starts_with("3.1") {
        value
    } else if version.starts_with('2') {
        modern = swagger::modern(value);
        &modern
    } else {
        let problem = format!("version {version:?} is not known; 2.0, 3.0 and 3.1 are");
        return Err(ImportError::broken("an OpenAPI document", problem));
    };
    if !value.get("paths").is_none_or(Value::is_object) {
        return Err(ImportError::broken(
            "an OpenAPI document",
            "paths is no object",
        ));
    }
    let spec = Spec::new(value);
    let operations = operations(&spec, notes);
    let mut groups = Group::default();
    for operation in &operations {
        let item = operation.item(&spec, options, notes);
        groups
            .at(&operation.folders(options.folders))
            .items
            .push(item);
    }
    for hook in value
        .get("webhooks")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        notes.add("webhooks that the API calls", hook.0);
    }
    let described: IndexMap<String, String> = list(value, "tags")
        .iter()
        .map(|tag| (text(tag, "name"), text(tag, "description")))
        .collect();
    let mut rest = Map::new();
    if let Some(auth) = security::of(&spec, value.get("security"), notes, "the document") {
        rest.insert("auth".to_owned(), auth);
    }
    rest.insert("variable".to_owned(), variables(value, notes));
    let info = value.get("info").unwrap_or(&Value::Null);
    let called = text(info, "title");
    let items = groups.into_items(options.folders, &described);
    let document = collection(&called, &text(info, "description"), items, rest)?;
    let mut imported = Imported::of(ImportFormat::OpenApi);
    imported.collections.push(document);
    Ok(imported)
}

fn operations<'a>(spec: &Spec<'a>, notes: &mut Notes) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    let paths = spec.root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let Some(item) = spec.resolved(item, notes, path) else {
            continue;
        };
        let Some(fields) = item.as_object() else {
            notes.add("paths that are no objects", path);
            continue;
        };
        for (method, operation) in fields {
            if METHODS.contains(&method.as_str()) && operation.is_object() {
                operations.push(Operation {
                    method,
                    path,
                    item,
                    said: operation,
                });
            }
        }
    }
    operations
}

/// `baseUrl`, and what its server leaves open.
fn variables(value: &Value, notes: &mut Notes) -> Value {
    let servers = list(value, "servers");
    let Some(server) = servers.first() else {
        return json!([{"key": "baseUrl", "value": "http://localhost"}]);
    };
    let mut url = text(server, "url");
    let mut all = Vec::new();
    let open = server.get("variables").and_then(Value::as_object);
    for (name, variable) in open.into_iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &format!("{{{{{name}}}}}"));
        all.push(json!({"key": name, "value": text(variable, "default")}));
    }
    if url.starts_with('/') {
        // It is relative to where the document came from, which nobody knows here.
        url = format!("http://localhost{url}");
        notes.add("servers without a host", &url);
    }
    for other in servers.iter().skip(1) {
        notes.add("further servers", &text(other, "url"));
    }
    all.insert(
        0,
        json!({"key": "baseUrl", "value": url.trim_end_matches('/')}),
    );
    all.into()
}

/// Folders within folders, in the order in which they were first seen.
#[derive(Default)]
struct Group {
    items: Vec<Value>,
    inner: IndexMap<String, Group>,
}

impl Group {
    fn at(&mut self, names: &[String]) -> &mut Self {
        let mut group = self;
        for name in names {
            group = group.inner.entry(name.clone()).or_default();
        }
        group
    }

    /// A folder that holds nothing but another folder is one with it, as `pets / {petId}`.
    fn into_items(self, by: Folders, described: &IndexMap<String, String>) -> Vec<Value> {
        let mut items = Vec::new();
        for (mut name, mut group) in self.inner {
            while by == Folders::Paths && group.items.is_empty() && group.inner.len() == 1 {
                let Some((inner, next)) = group.inner.pop() else {
                    break;
                };
                name = format!("{name}/{inner}");
                group = next;
            }
            let description = described.get(&name).cloned().unwrap_or_default();
            let inside = group.into_items(by, described);
            items.push(folder(&name, &description, inside));
        }
        items.extend(self.items);
        items
    }
}
