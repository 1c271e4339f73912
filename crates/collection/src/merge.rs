//! Two documents that grew from one, put together.
//!
//! Items are known by their ids alone: both sides have them from the one that they grew from. What one side has changed is
//! taken; what both have changed differently is a conflict, and then there is no merged document.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diff::Arena;
use crate::{Document, ItemKind};

/// Something that both sides have changed, each in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeConflict {
    /// What kind of item: `collection`, `folder`, `request`, `response`, `environment` or `variable`.
    pub model: &'static str,
    /// Its id; a variable's key; empty for the collection or environment itself.
    pub id: String,
    /// Its name, on our side where it is there.
    pub name: String,
    /// What both have done, such as `request.url is different on both sides`.
    pub what: String,
}

/// Puts `theirs` into `ours`, both grown from `base`.
pub fn merge(
    base: &Document,
    ours: &Document,
    theirs: &Document,
) -> Result<Document, Vec<MergeConflict>> {
    let (base, ours, theirs) = (Side::of(base), Side::of(ours), Side::of(theirs));
    let mut merger = Merger {
        base,
        ours,
        theirs,
        conflicts: Vec::new(),
        kept: HashMap::new(),
    };
    let mut ids: Vec<String> = merger.ours.order.clone();
    let known: HashSet<String> = ids.iter().cloned().collect();
    ids.extend(
        merger
            .theirs
            .order
            .iter()
            .filter(|id| !known.contains(*id))
            .cloned(),
    );
    for id in &ids {
        merger.settle(id);
    }
    merger.check_places(&ids);
    if !merger.conflicts.is_empty() {
        return Err(merger.conflicts);
    }
    Ok(Document::trusted(merger.build("")))
}

/// A document, item by item. The document itself has the id "".
struct Side {
    order: Vec<String>,
    items: HashMap<String, Item>,
}

struct Item {
    kind: ItemKind,
    name: String,
    parent: String,
    fields: Map<String, Value>,
    children: Vec<String>,
    has_children_list: bool,
}

impl Side {
    fn of(document: &Document) -> Self {
        let arena = Arena::of(document.value());
        let id = |index: usize| arena.nodes[index].id().unwrap_or_default().to_owned();
        let mut side = Self {
            order: Vec::with_capacity(arena.nodes.len()),
            items: HashMap::with_capacity(arena.nodes.len()),
        };
        for (index, node) in arena.nodes.iter().enumerate() {
            let item = Item {
                kind: node.kind,
                name: node.name().to_owned(),
                parent: node.parent.map(id).unwrap_or_default(),
                fields: node.shallow(),
                children: node.children.iter().map(|&child| id(child)).collect(),
                has_children_list: node.has_children_list,
            };
            side.order.push(id(index));
            side.items.insert(id(index), item);
        }
        side
    }
}

/// Fields of `info` that say which document it is, and when it was written.
const IDENTITY: [&str; 5] = [
    "_postman_id",
    "schema",
    "_exporter_id",
    "updatedAt",
    "lastUpdatedBy",
];

/// An item that is in the merged document.
struct Kept {
    kind: ItemKind,
    parent: String,
    fields: Map<String, Value>,
    has_children_list: bool,
}

struct Merger {
    base: Side,
    ours: Side,
    theirs: Side,
    conflicts: Vec<MergeConflict>,
    kept: HashMap<String, Kept>,
}

impl Merger {
    /// Decides whether an item is there, where, and with what in it.
    fn settle(&mut self, id: &str) {
        let base = self.base.items.get(id);
        let (ours, theirs) = (self.ours.items.get(id), self.theirs.items.get(id));
        match (base, ours, theirs) {
            (_, Some(ours), Some(theirs)) => {
                let none = Map::new();
                let before = base.map_or(&none, |it| &it.fields);
                let mut clashes = Vec::new();
                let fields = fields(before, &ours.fields, &theirs.fields, &mut clashes);
                let was = base.map_or("", |it| it.parent.as_str());
                let parent = match (ours.parent == was, theirs.parent == was) {
                    (true, _) => theirs.parent.clone(),
                    (false, true) => ours.parent.clone(),
                    (false, false) => {
                        if ours.parent != theirs.parent {
                            clashes.push("it was moved to another place on each side".to_owned());
                        }
                        ours.parent.clone()
                    }
                };
                if ours.kind != theirs.kind {
                    clashes.push("it is another kind of item on each side".to_owned());
                }
                let conflicts = clashes.into_iter().map(|what| conflict(ours, id, what));
                self.conflicts.extend(conflicts);
                let kept = Kept {
                    kind: ours.kind,
                    parent,
                    fields,
                    has_children_list: ours.has_children_list || theirs.has_children_list,
                };
                self.kept.insert(id.to_owned(), kept);
            }
            // New on one side.
            (None, Some(it), None) | (None, None, Some(it)) => {
                let kept = Kept::of(it);
                self.kept.insert(id.to_owned(), kept);
            }
            // Deleted on the other side: it goes, unless it was changed here.
            (Some(base), Some(it), None) | (Some(base), None, Some(it)) => {
                if base.fields != it.fields || base.parent != it.parent {
                    let what = "it was deleted on one side and changed on the other".to_owned();
                    let told = conflict(it, id, what);
                    self.conflicts.push(told);
                }
            }
            (_, None, None) => {}
        }
    }

    /// Each item's parent must be there, and no folder may lie within itself.
    fn check_places(&mut self, ids: &[String]) {
        for id in ids {
            let Some(kept) = self.kept.get(id) else {
                continue;
            };
            let item = self
                .ours
                .items
                .get(id)
                .or_else(|| self.theirs.items.get(id));
            let Some(item) = item.filter(|_| !id.is_empty()) else {
                continue;
            };
            if !self.kept.contains_key(&kept.parent) {
                let what = "what it lies in was deleted on the other side".to_owned();
                let told = conflict(item, id, what);
                self.conflicts.push(told);
                continue;
            }
            let mut at = kept.parent.as_str();
            let mut steps = 0;
            while !at.is_empty() && steps <= ids.len() {
                at = self.kept.get(at).map_or("", |it| it.parent.as_str());
                steps += 1;
            }
            if steps > ids.len() {
                let what = "it lies within itself after the moves of both sides".to_owned();
                let told = conflict(item, id, what);
                self.conflicts.push(told);
            }
        }
    }

    /// An item with all that lies in it.
    fn build(&self, id: &str) -> Value {
        let Some(kept) = self.kept.get(id) else {
            return Value::Null;
        };
        let mut fields = kept.fields.clone();
        let children = self.children(id);
        if let Some(key) = kept.kind.children_key()
            && (kept.has_children_list || !children.is_empty())
        {
            let children: Vec<Value> = children.iter().map(|child| self.build(child)).collect();
            fields.insert(key.to_owned(), children.into());
        }
        fields.into()
    }

    /// What lies in an item, in the order of the side that has changed it, and with what the other has put there behind what it stood
    /// behind.
    fn children(&self, id: &str) -> Vec<String> {
        let of = |side: &Side| side.items.get(id).map(|it| it.children.clone());
        let (base, ours, theirs) = (of(&self.base), of(&self.ours), of(&self.theirs));
        let base = base.unwrap_or_default();
        let (ours, theirs) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
        let unchanged = |side: &[String]| {
            let stayed: Vec<&String> = side.iter().filter(|it| base.contains(it)).collect();
            let before: Vec<&String> = base.iter().filter(|it| side.contains(it)).collect();
            stayed == before
        };
        let (first, second) = if unchanged(&ours) {
            (&theirs, &ours)
        } else {
            (&ours, &theirs)
        };
        let is_here = |child: &String| self.kept.get(child).is_some_and(|it| it.parent == id);
        let mut all: Vec<String> = first.iter().filter(|it| is_here(it)).cloned().collect();
        let mut seen: HashSet<String> = all.iter().cloned().collect();
        for (at, child) in second.iter().enumerate() {
            if !is_here(child) || !seen.insert(child.clone()) {
                continue;
            }
            let mut before = second[..at].iter().rev();
            let place = before.find_map(|it| all.iter().position(|other| other == it));
            all.insert(place.map_or(0, |place| place + 1), child.clone());
        }
        all
    }
}

impl Kept {
    fn of(item: &Item) -> Self {
        Self {
            kind: item.kind,
            parent: item.parent.clone(),
            fields: item.fields.clone(),
            has_children_list: item.has_children_list,
        }
    }
}

fn conflict(item: &Item, id: &str, what: String) -> MergeConflict {
    MergeConflict {
        model: item.kind.as_str(),
        id: id.to_owned(),
        name: item.name.clone(),
        what,
    }
}

/// Three states of a node's fields as one; `request` and `info` field by field.
fn fields(
    base: &Map<String, Value>,
    ours: &Map<String, Value>,
    theirs: &Map<String, Value>,
    clashes: &mut Vec<String>,
) -> Map<String, Value> {
    let mut merged = Map::new();
    let others = theirs.keys().filter(|key| !ours.contains_key(*key));
    for key in ours.keys().chain(others) {
        let (was, our, their) = (base.get(key), ours.get(key), theirs.get(key));
        let opened = matches!(key.as_str(), "request" | "info");
        if let (true, Some(Value::Object(our)), Some(Value::Object(their))) = (opened, our, their) {
            let none = Map::new();
            let was = was.and_then(Value::as_object).unwrap_or(&none);
            let mut inside = Map::new();
            let others = their.keys().filter(|key| !our.contains_key(*key));
            for inner in our.keys().chain(others) {
                if key == "info" && IDENTITY.contains(&inner.as_str()) {
                    if let Some(own) = our.get(inner) {
                        inside.insert(inner.clone(), own.clone());
                    }
                    continue;
                }
                let path = format!("{key}.{inner}");
                let value = one(
                    was.get(inner),
                    our.get(inner),
                    their.get(inner),
                    &path,
                    clashes,
                );
                inside.extend(value.map(|value| (inner.clone(), value)));
            }
            merged.insert(key.clone(), inside.into());
            continue;
        }
        let value = one(was, our, their, key, clashes);
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    merged
}

fn one(
    was: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
    path: &str,
    clashes: &mut Vec<String>,
) -> Option<Value> {
    if ours == was {
        return theirs.cloned();
    }
    if theirs != was && theirs != ours {
        clashes.push(format!("{path} is different on both sides"));
    }
    ours.cloned()
}
