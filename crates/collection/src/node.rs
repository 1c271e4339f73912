//! A document's tree, as raw JSON: what is a folder, a request, a saved response.

use serde_json::Value;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// The document itself.
    Collection,
    /// Something with items of its own.
    Folder,
    /// A request.
    Request,
    /// A saved example of a request.
    Response,
}

impl ItemKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Folder => "folder",
            Self::Request => "request",
            Self::Response => "response",
        }
    }

    /// The kind of an element of an `item` list: a folder has items of its own.
    pub(crate) fn of_item(item: &Value) -> Self {
        if item.get("item").is_some() {
            Self::Folder
        } else {
            Self::Request
        }
    }

    /// The key under which a node of this kind keeps its children.
    pub(crate) fn children_key(self) -> Option<&'static str> {
        match self {
            Self::Collection | Self::Folder => Some("item"),
            Self::Request => Some("response"),
            Self::Response => None,
        }
    }
}

/// The children of a raw node, whatever it is.
pub(crate) fn children(node: &Value) -> Option<&Vec<Value>> {
    node.get("item")
        .or_else(|| node.get("response"))
        .and_then(Value::as_array)
}

/// The id of a raw node: `id`, or `_postman_id` as older exports have it.
pub(crate) fn id_of(node: &Value) -> Option<&str> {
    ["id", "_postman_id"]
        .iter()
        .find_map(|key| node.get(key)?.as_str())
        .filter(|id| !id.is_empty())
}

/// The name of a raw node; empty where it has none.
pub(crate) fn name_of(node: &Value) -> &str {
    node.get("name").and_then(Value::as_str).unwrap_or("")
}
