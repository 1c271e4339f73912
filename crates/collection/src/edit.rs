//! Changes to single items of a document: found by their ids, added, changed, moved, taken away.
//!
//! What a refused edit leaves behind may be no document: it is thrown away.

use serde_json::{Map, Value};
use thiserror::Error;

use crate::node::id_of;
use crate::{Document, ItemKind, ParseError};

/// Why an edit did nothing; completes "failed to …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// The document has no such item.
    #[error("find the {} {id:?} in this collection", kind.as_str())]
    NotFound {
        /// What was looked for.
        kind: ItemKind,
        /// Its id.
        id: String,
    },
    /// The folder would lie in itself.
    #[error("move the folder {id:?} into itself, or into a folder inside it")]
    IntoItself {
        /// The folder's id.
        id: String,
    },
    /// The document would not be one any more, or would be too large.
    #[error(transparent)]
    Refused(#[from] ParseError),
}

/// An item where it lies.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The item.
    pub node: &'a Value,
    /// The folder or the request that it lies in; nothing: the collection itself.
    pub parent: Option<&'a Value>,
}

impl Place<'_> {
    /// The id of what it lies in.
    pub fn parent_id(&self) -> Option<&str> {
        self.parent.and_then(id_of)
    }
}

/// Where something is put in the list of its new parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position<'a> {
    /// Before all others.
    Start,
    /// Behind all others.
    End,
    /// Before this one; behind all others where it is not there.
    Before(&'a str),
    /// Behind this one; behind all others where it is not there.
    After(&'a str),
}

impl Document {
    /// The item of this kind and id.
    pub fn item(&self, kind: ItemKind, id: &str) -> Result<Place<'_>, EditError> {
        let steps = self.steps_to(kind, id)?;
        let mut parent = None;
        let (mut node, mut at) = (self.value(), ItemKind::Collection);
        for step in steps {
            parent = (at != ItemKind::Collection).then_some(node);
            let (child, kind) = child(node, at, step).ok_or_else(|| missing(kind, id))?;
            (node, at) = (child, kind);
        }
        Ok(Place { node, parent })
    }

    /// Adds an item behind the others of the folder or the request, or of the collection itself.
    pub fn insert(
        &mut self,
        kind: ItemKind,
        parent: Option<&str>,
        item: Value,
    ) -> Result<(), EditError> {
        self.put(kind, parent, Position::End, item)?;
        self.check()
    }

    /// Changes an item.
    pub fn update(
        &mut self,
        kind: ItemKind,
        id: &str,
        change: impl FnOnce(&Value) -> Value,
    ) -> Result<(), EditError> {
        let steps = self.steps_to(kind, id)?;
        let node = self.node_mut(&steps).ok_or_else(|| missing(kind, id))?;
        *node = change(node);
        self.check()
    }

    /// Takes an item away, with all that lies in it.
    pub fn remove(&mut self, kind: ItemKind, id: &str) -> Result<Value, EditError> {
        let steps = self.steps_to(kind, id)?;
        self.take(&steps).ok_or_else(|| missing(kind, id))
    }

    /// Puts an item elsewhere in this document.
    pub fn relocate(
        &mut self,
        kind: ItemKind,
        id: &str,
        parent: Option<&str>,
        position: Position<'_>,
    ) -> Result<(), EditError> {
        let steps = self.steps_to(kind, id)?;
        if let (ItemKind::Folder, Some(target)) = (kind, parent)
            && self
                .steps_to(ItemKind::Folder, target)?
                .starts_with(steps.as_slice())
        {
            return Err(EditError::IntoItself { id: id.to_owned() });
        }
        if let Some(parent) = parent {
            self.steps_to(parent_kind(kind), parent)?;
        }
        let item = self.take(&steps).ok_or_else(|| missing(kind, id))?;
        self.put(kind, parent, position, item)?;
        self.check()
    }

    /// Makes an item what it was in another state of the document; one that is gone comes back to where it lay, or to the end of the
    /// collection where its folder is gone too.
    pub fn restore(&mut self, kind: ItemKind, id: &str, was: &Self) -> Result<(), EditError> {
        let place = was.item(kind, id)?;
        if self.item(kind, id).is_ok() {
            return self.update(kind, id, |_| place.node.clone());
        }
        let parent = place.parent_id();
        let inside = parent_kind(kind);
        let parent = match parent {
            Some(parent) if self.item(inside, parent).is_ok() => Some(parent),
            Some(parent) if kind == ItemKind::Response => return Err(missing(inside, parent)),
            _ => None,
        };
        let before = was
            .steps_to(kind, id)?
            .pop()
            .and_then(|at| at.checked_sub(1));
        let siblings = place.parent.unwrap_or(was.value());
        let list = siblings.get(inside.children_key().unwrap_or("item"));
        let neighbour = list.zip(before).and_then(|(list, at)| id_of(list.get(at)?));
        let position = match (neighbour, before) {
            (Some(id), _) => Position::After(id),
            (None, None) if parent.is_some() || place.parent.is_none() => Position::Start,
            _ => Position::End,
        };
        self.put(kind, parent, position, place.node.clone())?;
        self.check()
    }

    /// Adds an item at a position; [`Document::insert`] for most.
    pub fn put(
        &mut self,
        kind: ItemKind,
        parent: Option<&str>,
        position: Position<'_>,
        item: Value,
    ) -> Result<(), EditError> {
        let inside = parent_kind(kind);
        let steps = match parent {
            Some(parent) => self.steps_to(inside, parent)?,
            None if kind == ItemKind::Response => return Err(missing(inside, "")),
            None => Vec::new(),
        };
        let key = inside.children_key().unwrap_or("item");
        let parent = self
            .node_mut(&steps)
            .and_then(Value::as_object_mut)
            .ok_or_else(|| missing(inside, parent.unwrap_or_default()))?;
        let list = parent
            .entry(key)
            .or_insert_with(|| Value::Array(Vec::new()));
        if !list.is_array() {
            *list = Value::Array(Vec::new());
        }
        if let Some(list) = list.as_array_mut() {
            let of = |id: &str| list.iter().position(|it| id_of(it) == Some(id));
            let at = match position {
                Position::Start => Some(0),
                Position::End => None,
                Position::Before(id) => of(id),
                Position::After(id) => of(id).map(|at| at + 1),
            };
            list.insert(at.unwrap_or(list.len()), item);
        }
        Ok(())
    }

    /// Whether it is still a document within the limits.
    pub fn check(&mut self) -> Result<(), EditError> {
        let value = std::mem::take(self.value_mut());
        *self = Self::from_value(value)?;
        Ok(())
    }

    /// Changes what a collection says of itself: name, description, auth, scripts, variables.
    pub fn amend(&mut self, change: impl FnOnce(&mut Map<String, Value>)) -> Result<(), EditError> {
        if let Some(fields) = self.value_mut().as_object_mut() {
            change(fields);
        }
        self.check()
    }

    fn steps_to(&self, kind: ItemKind, id: &str) -> Result<Vec<usize>, EditError> {
        let mut steps = Vec::new();
        if find(self.value(), ItemKind::Collection, kind, id, &mut steps) {
            Ok(steps)
        } else {
            Err(missing(kind, id))
        }
    }

    fn node_mut(&mut self, steps: &[usize]) -> Option<&mut Value> {
        let (mut node, mut at) = (self.value_mut(), ItemKind::Collection);
        for &step in steps {
            let key = at.children_key()?;
            node = node.get_mut(key)?.get_mut(step)?;
            at = kind_below(at, node);
        }
        Some(node)
    }

    fn take(&mut self, steps: &[usize]) -> Option<Value> {
        let (&last, above) = steps.split_last()?;
        let mut at = ItemKind::Collection;
        let mut node = self.value();
        for &step in above {
            (node, at) = child(node, at, step)?;
        }
        let key = at.children_key()?;
        let children = self.node_mut(above)?.get_mut(key)?.as_array_mut()?;
        (last < children.len()).then(|| children.remove(last))
    }
}

fn missing(kind: ItemKind, id: &str) -> EditError {
    EditError::NotFound {
        kind,
        id: id.chars().take(100).collect(),
    }
}

/// What an item of this kind lies in.
fn parent_kind(kind: ItemKind) -> ItemKind {
    match kind {
        ItemKind::Response => ItemKind::Request,
        _ => ItemKind::Folder,
    }
}

fn kind_below(above: ItemKind, node: &Value) -> ItemKind {
    if above == ItemKind::Request {
        ItemKind::Response
    } else {
        ItemKind::of_item(node)
    }
}

fn child(node: &Value, above: ItemKind, step: usize) -> Option<(&Value, ItemKind)> {
    let child = node.get(above.children_key()?)?.get(step)?;
    Some((child, kind_below(above, child)))
}

fn find(node: &Value, at: ItemKind, kind: ItemKind, id: &str, steps: &mut Vec<usize>) -> bool {
    let Some(children) = at
        .children_key()
        .and_then(|key| node.get(key))
        .and_then(Value::as_array)
    else {
        return false;
    };
    for (step, child) in children.iter().enumerate() {
        steps.push(step);
        let below = kind_below(at, child);
        if (below == kind && id_of(child) == Some(id)) || find(child, below, kind, id, steps) {
            return true;
        }
        steps.pop();
    }
    false
}
