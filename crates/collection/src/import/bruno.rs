//! Bruno: its export of a collection (JSON), a folder of `.bru` files, and one such file.

mod lang;
mod request;
mod script;
mod shapes;

use serde_json::{Map, Value, json};

use self::lang::Blocks;
use super::build::{collection, event, folder, is, list, text};
use super::notes::Notes;
use super::{ImportError, ImportFile, ImportFormat, Imported};
use crate::EnvironmentDocument;

/// How deep folders go.
const MOST_DEPTH: usize = 60;

/// Whether a text is one request of Bruno's.
pub(super) fn is_request(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    first == "meta {" || first.starts_with("meta{")
}

/// Whether JSON is a collection that Bruno has exported.
pub(super) fn is_export(value: &Value) -> bool {
    let has_kinds = |it: &Value| {
        let kind = text(it, "type");
        [
            "http",
            "http-request",
            "folder",
            "graphql",
            "graphql-request",
        ]
        .contains(&kind.as_str())
    };
    value.get("info").is_none()
        && value.get("items").is_some_and(Value::is_array)
        && (value.get("brunoConfig").is_some() || list(value, "items").iter().any(has_kinds))
}

/// Reads an export.
pub(super) fn export(value: &Value, notes: &mut Notes) -> Result<Imported, ImportError> {
    let called = text(value, "name");
    let items = tree(list(value, "items"), 0, notes);
    let root = value.get("root").unwrap_or(&Value::Null);
    let document = whole(&called, items, root, notes)?;
    let mut imported = Imported::of(ImportFormat::Bruno);
    imported.collections.push(document);
    for environment in list(value, "environments") {
        imported.environments.push(environment_of(environment)?);
    }
    Ok(imported)
}

/// Reads one request by itself.
pub(super) fn single(text: &str, notes: &mut Notes) -> Result<Imported, ImportError> {
    let it = shapes::request(&Blocks::read(text)?);
    let name = super::build::text(&it, "name");
    let items = tree(&[it], 0, notes);
    let mut imported = Imported::of(ImportFormat::Bruno);
    let document = collection(&name, "", items, Map::new())?;
    imported.collections.push(document);
    Ok(imported)
}

/// The folder that holds a `bruno.json`, with a slash at its end; empty for the outermost.
fn roots(files: &[ImportFile]) -> Vec<&str> {
    let named = files
        .iter()
        .filter_map(|file| file.path.strip_suffix("bruno.json"));
    named
        .filter(|root| root.is_empty() || root.ends_with('/'))
        .collect()
}

/// Whether a file belongs to a folder of Bruno's.
pub(super) fn is_part(files: &[ImportFile], path: &str) -> bool {
    roots(files).iter().any(|root| path.starts_with(root))
}

/// Reads each folder that holds a `bruno.json`.
pub(super) fn folders(
    files: &[ImportFile],
    notes: &mut Notes,
) -> Result<Vec<Imported>, ImportError> {
    let mut all = Vec::new();
    for root in roots(files) {
        all.push(of_folder(files, root, notes)?);
    }
    Ok(all)
}

/// A folder on the way to being an export.
#[derive(Default)]
struct Open {
    folders: indexmap::IndexMap<String, Open>,
    requests: Vec<Value>,
    /// What `folder.bru` says.
    settings: Value,
}

fn of_folder(files: &[ImportFile], root: &str, notes: &mut Notes) -> Result<Imported, ImportError> {
    let mut open = Open::default();
    let mut imported = Imported::of(ImportFormat::Bruno);
    let mut called = String::new();
    let mut settings = Value::Null;
    for file in files {
        let Some(path) = file.path.strip_prefix(root) else {
            continue;
        };
        if path
            .split('/')
            .any(|part| part == "node_modules" || part == ".git")
        {
            continue;
        }
        if path == "bruno.json" {
            let config = crate::parse_json(&file.bytes)
                .map_err(|error| ImportError::from(error).within(&file.path))?;
            called = text(&config, "name");
            continue;
        }
        let Some(stem) = path.strip_suffix(".bru") else {
            let is_page = path
                .rsplit('.')
                .next()
                .is_some_and(|it| it.eq_ignore_ascii_case("md"));
            if !is_page && !path.starts_with('.') {
                notes.add("files beside the requests", path);
            }
            continue;
        };
        let said = String::from_utf8_lossy(&file.bytes);
        let blocks = Blocks::read(&said).map_err(|error| error.within(&file.path))?;
        let mut names: Vec<&str> = stem.split('/').collect();
        let name = names.pop().unwrap_or_default();
        if names.len() > MOST_DEPTH {
            notes.add("folders that lie too deep", path);
        } else if names == ["environments"] {
            let environment = environment_of(&shapes::environment(name, &blocks))?;
            imported.environments.push(environment);
        } else if names.is_empty() && name == "collection" {
            settings = shapes::settings(&blocks);
        } else {
            let mut place = &mut open;
            for folder in names {
                place = place.folders.entry(folder.to_owned()).or_default();
            }
            if name == "folder" {
                place.settings = shapes::settings(&blocks);
            } else {
                place.requests.push(shapes::request(&blocks));
            }
        }
    }
    let items = open.into_items();
    let items = tree(&items, 0, notes);
    imported
        .collections
        .push(whole(&called, items, &settings, notes)?);
    Ok(imported)
}

impl Open {
    /// Its items as an export has them, in Bruno's order.
    fn into_items(self) -> Vec<Value> {
        let mut items: Vec<Value> = self
            .folders
            .into_iter()
            .map(|(name, inner)| {
                let settings = inner.settings.clone();
                let said = text(&settings, "name");
                let name = if said.is_empty() { name } else { said };
                let seq = settings.get("seq").cloned().unwrap_or_default();
                json!({"type": "folder", "name": name, "seq": seq, "root": settings, "items": inner.into_items()})
            })
            .collect();
        items.extend(self.requests);
        items
    }
}

/// Items of an export as ours, folders and requests in the order of their numbers.
fn tree(items: &[Value], depth: usize, notes: &mut Notes) -> Vec<Value> {
    let mut sorted: Vec<&Value> = items.iter().collect();
    let number = |it: &Value| it.get("seq").and_then(Value::as_f64).unwrap_or(f64::MAX);
    sorted.sort_by(|one, other| {
        let is_request = |it: &Value| it.get("items").is_none();
        (is_request(one).cmp(&is_request(other))).then(number(one).total_cmp(&number(other)))
    });
    let mut all = Vec::new();
    for it in sorted {
        let name = text(it, "name");
        match text(it, "type").as_str() {
            "folder" if depth < MOST_DEPTH => {
                let within = tree(list(it, "items"), depth + 1, notes);
                let root = it.get("root").unwrap_or(&Value::Null);
                let described = request::docs(root);
                let mut group = folder(&name, &described, within);
                if let Some(fields) = group.as_object_mut() {
                    fields.extend(settled(root, notes, &name));
                }
                all.push(group);
            }
            "folder" => notes.add("folders that lie too deep", &name),
            "http" | "http-request" | "graphql" | "graphql-request" => {
                all.push(request::item(it, notes));
            }
            "js" => notes.add("files of scripts", &name),
            other => notes.add(format!("requests of the type {other}"), &name),
        }
    }
    all
}

fn whole(
    called: &str,
    items: Vec<Value>,
    root: &Value,
    notes: &mut Notes,
) -> Result<crate::Document, ImportError> {
    let mut plain = root.clone();
    // A collection's variables give way to an environment's: they are variables here too, and no script sets them.
    if let Some(request) = plain.get_mut("request").and_then(Value::as_object_mut) {
        request.shift_remove("vars");
    }
    let mut rest = settled(&plain, notes, called);
    let variables = root.pointer("/request/vars/req").and_then(Value::as_array);
    let variables: Vec<Value> = variables
        .into_iter()
        .flatten()
        .filter(|it| it.get("enabled") != Some(&Value::Bool(false)))
        .map(|it| json!({"key": text(it, "name"), "value": text(it, "value")}))
        .collect();
    if !variables.is_empty() {
        rest.insert("variable".to_owned(), variables.into());
    }
    collection(called, &request::docs(root), items, rest)
}

/// Auth and scripts of a collection or a folder.
fn settled(root: &Value, notes: &mut Notes, place: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let said = request::inner(root);
    if let Some(auth) = request::auth_of(said, notes, place) {
        fields.insert("auth".to_owned(), auth);
    }
    if !list(said, "headers").is_empty() {
        notes.add("headers of folders and collections", place);
    }
    let (before, after) = script::of(said);
    let events: Vec<Value> = [("prerequest", before), ("test", after)]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(listen, lines)| event(listen, &lines))
        .collect();
    if !events.is_empty() {
        fields.insert("event".to_owned(), events.into());
    }
    fields
}

fn environment_of(it: &Value) -> Result<EnvironmentDocument, ImportError> {
    let values: Vec<Value> = list(it, "variables")
        .iter()
        .map(|variable| {
            let kind = if is(variable, "secret") {
                "secret"
            } else {
                "default"
            };
            json!({
                "key": text(variable, "name"),
                "value": text(variable, "value"),
                "type": kind,
                "enabled": variable.get("enabled") != Some(&Value::Bool(false)),
            })
        })
        .collect();
    let name = super::build::name(&text(it, "name"), "Environment");
    let document = json!({"name": name, "values": values});
    Ok(EnvironmentDocument::from_value(document)?)
}
