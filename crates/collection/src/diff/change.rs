//! A change, as the feed needs it.

use serde_json::Value;

use crate::ItemKind;
use crate::diff::arena::Arena;
use crate::diff::matching::Pairs;
use crate::diff::order;

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It is new.
    Created,
    /// It has another name.
    Renamed,
    /// It lies in another folder.
    Moved,
    /// It is different otherwise.
    Updated,
    /// It is gone.
    Deleted,
}

/// One change of one item. An item that was moved, renamed and edited at once yields three.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// To what kind of item.
    pub model: ItemKind,
    /// The item's id, where it has one.
    pub id: Option<String>,
    /// The item's name, after the change (before it, for a deleted one).
    pub name: String,
    /// The name before, of a renamed item.
    pub old_name: Option<String>,
    /// The names of the folders that it lies in, outermost first.
    pub path: Vec<String>,
    /// The folders that it lay in before, of a moved item.
    pub old_path: Option<Vec<String>>,
    /// What is different, of a renamed or updated item.
    pub fields: Vec<FieldChange>,
}

/// One field that is different.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    pub(crate) steps: Vec<String>,
    /// What was there.
    pub old: Option<Value>,
    /// What is there.
    pub new: Option<Value>,
}

impl FieldChange {
    pub(crate) fn new(steps: &[&str], old: Option<&Value>, new: Option<&Value>) -> Self {
        Self {
            steps: steps.iter().map(|&step| step.to_owned()).collect(),
            old: old.cloned(),
            new: new.cloned(),
        }
    }

    /// Where: `request.url`, `event`, `info.description`, ….
    pub fn path(&self) -> String {
        self.steps.join(".")
    }

    /// Whether it only says which item this is.
    fn is_identity(&self) -> bool {
        matches!(
            self.steps
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice(),
            ["id" | "_postman_id" | "uid"]
                | [
                    "info",
                    "_postman_id" | "schema" | "_exporter_id" | "updatedAt" | "lastUpdatedBy"
                ]
        )
    }

    fn is_name(&self) -> bool {
        matches!(
            self.steps
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice(),
            ["name"] | ["info", "name"]
        )
    }
}

impl Change {
    fn new(kind: ChangeKind, arena: &Arena<'_>, index: usize) -> Self {
        let node = &arena.nodes[index];
        Self {
            kind,
            model: node.kind,
            id: node.id().map(str::to_owned),
            name: node.name().to_owned(),
            old_name: None,
            path: arena.path(index),
            old_path: None,
            fields: Vec::new(),
        }
    }

    pub(crate) fn created(new: &Arena<'_>, index: usize) -> Self {
        Self::new(ChangeKind::Created, new, index)
    }

    pub(crate) fn deleted(old: &Arena<'_>, index: usize) -> Self {
        Self::new(ChangeKind::Deleted, old, index)
    }
}

/// The changes of an item that is there before and after.
pub(crate) fn of_pair(
    old: &Arena<'_>,
    was: usize,
    new: &Arena<'_>,
    index: usize,
    pairs: &Pairs,
    fields: &[FieldChange],
) -> Vec<Change> {
    let mut changes = Vec::new();
    let parent_before = old.nodes[was]
        .parent
        .and_then(|parent| pairs.new_of[parent]);
    if new.nodes[index].parent.is_some() && parent_before != new.nodes[index].parent {
        let mut change = Change::new(ChangeKind::Moved, new, index);
        change.old_path = Some(old.path(was));
        changes.push(change);
    }
    if old.nodes[was].name() != new.nodes[index].name() {
        let mut change = Change::new(ChangeKind::Renamed, new, index);
        change.old_name = Some(old.nodes[was].name().to_owned());
        change.fields = fields
            .iter()
            .filter(|field| field.is_name())
            .cloned()
            .collect();
        changes.push(change);
    }
    let mut told: Vec<FieldChange> = fields
        .iter()
        .filter(|field| !field.is_identity() && !field.is_name())
        .cloned()
        .collect();
    if order::changed(old, was, new, index, pairs) {
        let key = new.nodes[index].kind.children_key().unwrap_or("item");
        told.push(FieldChange {
            steps: vec![key.to_owned(), "order".to_owned()],
            old: None,
            new: None,
        });
    }
    if !told.is_empty() {
        let mut change = Change::new(ChangeKind::Updated, new, index);
        change.fields = told;
        changes.push(change);
    }
    changes
}
