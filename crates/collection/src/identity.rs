//! Who is who in a document: ids given, and ids kept over a re-import.

use std::collections::HashSet;

use serde_json::Value;
use uuid::Uuid;

use crate::diff::matching;
use crate::node::id_of;
use crate::{Document, ItemKind, diff};

impl Document {
    /// Gives an id to every folder, request and response that has none, or one that stands twice. Says whether any was given.
    pub fn with_ids(&mut self, new_id: &mut dyn FnMut() -> Uuid) -> bool {
        let mut seen = HashSet::new();
        let mut given = false;
        each_child(self.value_mut(), ItemKind::Collection, &mut |node| {
            let known = id_of(node).is_some_and(|id| seen.insert(id.to_owned()));
            if let (false, Some(fields)) = (known, node.as_object_mut()) {
                let id = new_id().to_string();
                seen.insert(id.clone());
                fields.insert("id".to_owned(), id.into());
                given = true;
            }
        });
        given
    }

    /// Takes away all ids, the document's own as well: what is left is the same content as a new thing.
    pub fn forget_ids(&mut self) {
        if let Some(info) = self
            .value_mut()
            .get_mut("info")
            .and_then(Value::as_object_mut)
        {
            info.shift_remove("_postman_id");
        }
        each_child(self.value_mut(), ItemKind::Collection, &mut |node| {
            if let Some(fields) = node.as_object_mut() {
                for key in ["id", "_postman_id", "uid"] {
                    fields.shift_remove(key);
                }
            }
        });
    }

    /// The ids of all folders, requests and responses, parents before children.
    pub fn ids(&self) -> Vec<String> {
        let arena = diff::Arena::of(self.value());
        let ids = arena.nodes.iter().filter_map(diff::Node::id);
        ids.map(str::to_owned).collect()
    }

    /// Gives each item that has an id the one that this says in its place.
    pub fn rename_ids(&mut self, new_id: &mut dyn FnMut(&str) -> String) {
        each_child(self.value_mut(), ItemKind::Collection, &mut |node| {
            if let Some(id) = id_of(node).map(&mut *new_id) {
                set_id(node, id);
            }
        });
    }

    /// Lets an item without an id have the id of the item of `old` that it was, so that a re-import of an export (which has
    /// no ids) isn't a hundred deletions and creations.
    pub fn adopt_ids(&mut self, old: &Document) {
        let adopted: Vec<Option<String>> = {
            let (before, after) = (diff::Arena::of(old.value()), diff::Arena::of(self.value()));
            let pairs = matching::pairs(&before, &after);
            let taken: HashSet<&str> = after.nodes.iter().filter_map(diff::Node::id).collect();
            let known = |index: usize| {
                let was = pairs.old_of[index].filter(|_| after.nodes[index].id().is_none())?;
                before.nodes[was]
                    .id()
                    .filter(|id| !taken.contains(id))
                    .map(str::to_owned)
            };
            (1..after.nodes.len()).map(known).collect()
        };
        let mut adopted = adopted.into_iter();
        each_child(self.value_mut(), ItemKind::Collection, &mut |node| {
            if let (Some(Some(id)), Some(fields)) = (adopted.next(), node.as_object_mut()) {
                fields.insert("id".to_owned(), id.into());
            }
        });
    }
}

/// Gives an item, and all that lies in it, ids of its own.
pub fn give_new_ids(item: &mut Value, new_id: &mut dyn FnMut() -> Uuid) {
    let kind = ItemKind::of_item(item);
    let mut renew = |node: &mut Value| set_id(node, new_id().to_string());
    renew(item);
    each_child(item, kind, &mut renew);
}

fn set_id(node: &mut Value, id: String) {
    if let Some(fields) = node.as_object_mut() {
        for key in ["_postman_id", "uid"] {
            fields.shift_remove(key);
        }
        fields.insert("id".to_owned(), id.into());
    }
}

/// Visits every item below a node, parents before children: the order of [`diff::Arena`].
fn each_child(node: &mut Value, kind: ItemKind, visit: &mut dyn FnMut(&mut Value)) {
    let Some(key) = kind.children_key() else {
        return;
    };
    for child in node
        .get_mut(key)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let kind = if kind == ItemKind::Request {
            ItemKind::Response
        } else {
            ItemKind::of_item(child)
        };
        visit(child);
        each_child(child, kind, visit);
    }
}
