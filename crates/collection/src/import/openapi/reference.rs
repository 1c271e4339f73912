//! References within a document. One that leads nowhere, elsewhere or in a circle is left out and told.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::Value;

use super::super::notes::Notes;

/// The most references that follow one another.
const MOST_HOPS: usize = 64;
/// The most bytes of all examples together.
const MOST_EXAMPLES: usize = 6 * 1024 * 1024;

/// A description of an API.
pub(super) struct Document<'a> {
    pub(super) root: &'a Value,
    /// How many bytes of examples may still be written: one example that ten thousand operations refer to is ten thousand.
    room: Rc<Cell<usize>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self {
            root,
            room: Rc::new(Cell::new(MOST_EXAMPLES)),
        }
    }

    /// The same description, for values that live as long.
    pub(super) fn same<'s>(&self) -> Document<'s>
    where
        'a: 's,
    {
        Document {
            root: self.root,
            room: Rc::clone(&self.room),
        }
    }

    /// Whether there is room for one more example.
    pub(super) fn may_write(&self, value: &Value) -> bool {
        let size = format!("{value:#}").len();
        let room = self.room.get().checked_sub(size);
        self.room.set(room.unwrap_or(0));
        room.is_some()
    }

    /// Whether there is no room left.
    pub(super) fn is_full(&self) -> bool {
        self.room.get() == 0
    }

    /// What a value is, or what it refers to.
    pub(super) fn resolved(
        &self,
        value: &'a Value,
        notes: &mut Notes,
        place: &str,
    ) -> Option<&'a Value> {
        let mut value = value;
        for _ in 0..MOST_HOPS {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Some(value);
            };
            let Some(pointer) = reference.strip_prefix('#') else {
                notes.add("references to other documents", reference);
                return None;
            };
            let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
            let Some(next) = self.root.pointer(&pointer) else {
                notes.add("references that lead nowhere", reference);
                return None;
            };
            value = next;
        }
        notes.add("references that lead in a circle", place);
        None
    }
}
