//! Folders and requests.

use serde_json::Value;

use super::text::field;
use super::{Auth, Request, Script, Variable};
use crate::node::{id_of, name_of};
use crate::{Document, ItemKind};

/// A collection, ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// The id that the document says of itself.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Folders and requests, in order.
    pub items: Vec<Item>,
    /// What its requests inherit.
    pub auth: Option<Auth>,
    /// Its scripts.
    pub scripts: Vec<Script>,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// How requests behave (`protocolProfileBehavior`).
    pub behaviour: Value,
}

/// A folder or a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A folder.
    Folder(Box<Folder>),
    /// A request.
    Request(Box<RequestItem>),
}

/// A folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Folders and requests, in order.
    pub items: Vec<Item>,
    /// What its requests inherit.
    pub auth: Option<Auth>,
    /// Its scripts.
    pub scripts: Vec<Script>,
    /// How requests behave.
    pub behaviour: Value,
}

/// A request and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestItem {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What is asked.
    pub request: Request,
    /// Its scripts.
    pub scripts: Vec<Script>,
    /// How it behaves.
    pub behaviour: Value,
    /// The item as it stands in the document.
    pub raw: Value,
}

impl Collection {
    /// Reads a document for a run.
    pub fn from_document(document: &Document) -> Self {
        let value = document.value();
        Self {
            id: document.info_id().map(str::to_owned),
            name: document.name().to_owned(),
            items: Item::list(value),
            auth: Auth::of(value),
            scripts: Script::list(value.get("event")),
            variables: Variable::list(value.get("variable")),
            behaviour: behaviour(value),
        }
    }
}

impl Item {
    fn list(parent: &Value) -> Vec<Self> {
        let items = parent
            .get("item")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        items.map(Self::of).collect()
    }

    fn of(item: &Value) -> Self {
        let id = id_of(item).map(str::to_owned);
        let name = name_of(item).to_owned();
        if ItemKind::of_item(item) == ItemKind::Folder {
            return Self::Folder(Box::new(Folder {
                id,
                name,
                items: Self::list(item),
                auth: Auth::of(item),
                scripts: Script::list(item.get("event")),
                behaviour: behaviour(item),
            }));
        }
        let request = item.get("request").unwrap_or(&Value::Null);
        let name = if item.get("name").is_some() {
            name
        } else {
            field(request, "url")
        };
        Self::Request(Box::new(RequestItem {
            id,
            name,
            request: Request::from_value(request),
            scripts: Script::list(item.get("event")),
            behaviour: behaviour(item),
            raw: item.clone(),
        }))
    }

    /// The item's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Folder(folder) => &folder.name,
            Self::Request(request) => &request.name,
        }
    }
}

fn behaviour(node: &Value) -> Value {
    node.get("protocolProfileBehavior")
        .cloned()
        .unwrap_or(Value::Null)
}
