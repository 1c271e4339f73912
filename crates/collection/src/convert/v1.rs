//! v1 → v2.1: flat lists of folders and requests, tied by ids and `order`, become a tree.
//!
//! It does what postman-collection-transformer does, which newman uses, with all ids kept. Requests that no order names are left out, as
//! they are there; a collection without any order keeps all that it has.

mod auth;
mod body;
mod loose;
mod request;
mod response;
mod shared;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use self::loose::{list, put, truthy};
use crate::ParseError;

/// Converts a document of v1.
pub(crate) fn v1(document: &Value) -> Result<Value, ParseError> {
    let name = match document.get("name") {
        Some(name @ Value::String(_)) => name.clone(),
        Some(other) => return Err(ParseError::shape("name", "a string", other)),
        None => return Err(ParseError::missing("name", "the collection's name")),
    };
    let mut tree = Tree {
        folders: by_id(document, "folders")?,
        requests: by_id(document, "requests")?,
        inner: HashSet::new(),
        placed: HashSet::new(),
    };
    let folders = list(document, "folders");
    let inner = folders.filter_map(|folder| ids(folder, "folders_order"));
    tree.inner = inner.flatten().collect();
    let mut info = Map::new();
    put(&mut info, "_postman_id", truthy(document, "id"));
    info.insert("name".to_owned(), name);
    put(&mut info, "description", truthy(document, "description"));
    info.insert(
        "schema".to_owned(),
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json".into(),
    );
    let mut converted = Map::new();
    converted.insert("info".to_owned(), info.into());
    converted.insert("item".to_owned(), tree.outermost(document)?.into());
    shared::add(document, &mut converted, shared::Level::Collection);
    Ok(converted.into())
}

/// A request of v1, by itself, as an item.
pub(crate) fn item_of_v1(request: &Value) -> Map<String, Value> {
    request::item(request, &HashMap::new())
}

/// A response of v1, by itself.
pub(crate) fn response_of_v1(response: &Value) -> Value {
    response::of(response, &HashMap::new())
}

/// What a list has, by its ids.
fn by_id<'a>(document: &'a Value, key: &str) -> Result<HashMap<String, &'a Value>, ParseError> {
    let entries = match document.get(key) {
        None | Some(Value::Null) => return Ok(HashMap::new()),
        Some(Value::Array(entries)) => entries,
        Some(other) => return Err(ParseError::shape(key, "an array", other)),
    };
    let mut found = HashMap::new();
    for (index, entry) in entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.is_null())
    {
        let Some(id) = entry.get("id").and_then(id_of) else {
            return Err(ParseError::missing(
                format!("{key}[{index}].id"),
                "a string",
            ));
        };
        found.insert(id, entry);
    }
    Ok(found)
}

fn id_of(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// The ids of an order; `None` where there is none.
fn ids(parent: &Value, key: &str) -> Option<Vec<String>> {
    let order = parent.get(key)?.as_array()?;
    Some(order.iter().filter_map(id_of).collect())
}

struct Tree<'a> {
    folders: HashMap<String, &'a Value>,
    requests: HashMap<String, &'a Value>,
    /// The folders that lie in another.
    inner: HashSet<String>,
    /// What has found its place.
    placed: HashSet<String>,
}

impl Tree<'_> {
    fn outermost(&mut self, document: &Value) -> Result<Vec<Value>, ParseError> {
        let all = |key| {
            let entries = list(document, key);
            entries
                .filter_map(|entry| id_of(entry.get("id")?))
                .collect()
        };
        let folders: Vec<String> = ids(document, "folders_order").unwrap_or_else(|| all("folders"));
        let mut item = Vec::new();
        for id in folders {
            if !self.inner.contains(&id) {
                item.extend(self.folder(&id, 0)?);
            }
        }
        let order = ids(document, "order");
        let is_lost = order.is_none();
        let mut seen = HashSet::new();
        for id in order.unwrap_or_else(|| all("requests")) {
            if seen.insert(id.clone()) && !(is_lost && self.is_placed(&id)) {
                item.extend(self.request(&id));
            }
        }
        Ok(item)
    }

    fn is_placed(&self, request: &str) -> bool {
        self.placed.contains(&format!("request {request}"))
    }

    /// A folder; nothing where there is none of that id, or where it has its place already.
    fn folder(&mut self, id: &str, depth: usize) -> Result<Option<Value>, ParseError> {
        // Two levels of JSON for each folder: stay within what the format allows.
        if depth > 100 {
            return Err(ParseError::TooDeep);
        }
        let Some(&folder) = self.folders.get(id) else {
            return Ok(None);
        };
        if !self.placed.insert(format!("folder {id}")) {
            return Ok(None);
        }
        let mut item = Vec::new();
        for inner in ids(folder, "folders_order").unwrap_or_default() {
            item.extend(self.folder(&inner, depth + 1)?);
        }
        for request in ids(folder, "order").unwrap_or_default() {
            item.extend(self.request(&request));
        }
        let mut fields = Map::new();
        fields.insert("id".to_owned(), id.into());
        put(&mut fields, "name", folder.get("name").cloned());
        put(&mut fields, "description", truthy(folder, "description"));
        fields.insert("item".to_owned(), item.into());
        shared::add(folder, &mut fields, shared::Level::Folder);
        Ok(Some(fields.into()))
    }

    /// A request. One that is named twice is there twice, but an id is only one's.
    fn request(&mut self, id: &str) -> Option<Value> {
        let request = *self.requests.get(id)?;
        let mut item = request::item(request, &self.requests);
        if !self.placed.insert(format!("request {id}")) {
            item.shift_remove("id");
        }
        Some(item.into())
    }
}
