//! What changed between two documents.
//!
//! Items are matched by id; where ids are missing, by place and name; what is left, by name elsewhere (a move) and by what it
//! holds (a renaming). The steps are in `matching.rs`. Each matched pair is then compared field by field. The work grows with the size
//! of the documents, not with the product of their sizes.

mod arena;
mod change;
mod fields;
pub(crate) mod matching;
mod order;
mod told;

use serde_json::{Map, Value};

pub(crate) use crate::diff::arena::{Arena, Node};
pub use crate::diff::change::{Change, ChangeKind, FieldChange};
pub use crate::diff::told::ToldField;
use crate::{Document, ItemKind};

/// The difference of two documents: what people are told, and what rebuilds the new one from the old.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// What changed, in the order of the new document; deletions last.
    pub changes: Vec<Change>,
    tree: Vec<Sprout>,
}

/// One node of the new document, told by the old one.
#[derive(Debug, Clone, PartialEq)]
struct Sprout {
    kind: ItemKind,
    parent: Option<usize>,
    /// The old node that it grew from, by number in the old document.
    old: Option<usize>,
    /// The node without its children, where it is new.
    created: Option<Map<String, Value>>,
    /// What is different, where it isn't.
    fields: Vec<FieldChange>,
    has_children_list: bool,
}

impl Diff {
    /// Whether nothing changed that people are told.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares two documents.
pub fn diff(old: &Document, new: &Document) -> Diff {
    let (old, new) = (Arena::of(old.value()), Arena::of(new.value()));
    let pairs = matching::pairs(&old, &new);
    let mut changes = Vec::new();
    let mut tree = Vec::with_capacity(new.nodes.len());
    for (index, node) in new.nodes.iter().enumerate() {
        let was = pairs.old_of[index];
        let mut sprout = Sprout {
            kind: node.kind,
            parent: node.parent,
            old: was,
            created: None,
            fields: Vec::new(),
            has_children_list: node.has_children_list,
        };
        match was {
            None => {
                sprout.created = Some(node.shallow());
                if !inside_new_request(&new, &pairs, index) {
                    changes.push(Change::created(&new, index));
                }
            }
            Some(was) => {
                sprout.fields = fields::compare(&old.nodes[was], node);
                changes.extend(change::of_pair(
                    &old,
                    was,
                    &new,
                    index,
                    &pairs,
                    &sprout.fields,
                ));
            }
        }
        tree.push(sprout);
    }
    for index in 0..old.nodes.len() {
        if pairs.new_of[index].is_none() && !inside_deleted_request(&old, &pairs, index) {
            changes.push(Change::deleted(&old, index));
        }
    }
    Diff { changes, tree }
}

/// The examples of a request come and go with it.
fn inside_new_request(new: &Arena<'_>, pairs: &matching::Pairs, index: usize) -> bool {
    new.nodes[index].kind == ItemKind::Response
        && new.nodes[index]
            .parent
            .is_some_and(|parent| pairs.old_of[parent].is_none())
}

fn inside_deleted_request(old: &Arena<'_>, pairs: &matching::Pairs, index: usize) -> bool {
    old.nodes[index].kind == ItemKind::Response
        && old.nodes[index]
            .parent
            .is_some_and(|parent| pairs.new_of[parent].is_none())
}

/// Rebuilds the new document from the old one and their difference.
pub fn apply(old: &Document, diff: &Diff) -> Document {
    let arena = Arena::of(old.value());
    let mut built: Vec<Map<String, Value>> = diff
        .tree
        .iter()
        .map(|sprout| match (&sprout.created, sprout.old) {
            (Some(fields), _) => fields.clone(),
            (None, was) => {
                let mut node = was
                    .map(|was| arena.nodes[was].shallow())
                    .unwrap_or_default();
                fields::patch(&mut node, &sprout.fields);
                node
            }
        })
        .collect();
    // A parent stands before its children, so from the back every node is whole when it is handed to its parent.
    let mut children: Vec<Vec<Value>> = vec![Vec::new(); diff.tree.len()];
    for (index, sprout) in diff.tree.iter().enumerate().rev() {
        let mut node = std::mem::take(&mut built[index]);
        let mut mine = std::mem::take(&mut children[index]);
        mine.reverse();
        if let (true, Some(key)) = (sprout.has_children_list, sprout.kind.children_key()) {
            node.insert(key.to_owned(), Value::Array(mine));
        }
        match sprout.parent {
            Some(parent) => children[parent].push(Value::Object(node)),
            None => return Document::trusted(Value::Object(node)),
        }
    }
    old.clone()
}
