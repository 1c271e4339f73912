//! What could not be carried over: said once for each kind, with its first place and how often.

use indexmap::IndexMap;

/// Something that could not be carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCarriedOver {
    /// What, in the plural: `gRPC requests`.
    pub what: String,
    /// Where the first one stands.
    pub first: String,
    /// How many there are.
    pub count: usize,
}

/// The most kinds that are told; more than that nobody reads.
const MOST: usize = 200;
/// The most characters of a place.
const PLACE_CHARS: usize = 200;

/// What is told so far.
#[derive(Debug, Default)]
pub(super) struct Notes(IndexMap<String, (String, usize)>);

impl Notes {
    /// Something could not be carried over.
    pub(super) fn add(&mut self, what: impl Into<String>, place: &str) {
        let what = what.into();
        if self.0.len() >= MOST && !self.0.contains_key(&what) {
            return;
        }
        let place = || place.chars().take(PLACE_CHARS).collect();
        let note = self.0.entry(what).or_insert_with(|| (place(), 0));
        note.1 += 1;
    }

    /// All of it.
    pub(super) fn into_list(self) -> Vec<NotCarriedOver> {
        let all = self.0.into_iter();
        all.map(|(what, (first, count))| NotCarriedOver { what, first, count })
            .collect()
    }
}
