//! Small bodies, kept for as long as there is room: one event for a hundred integrations is read once.

use std::collections::{HashMap, VecDeque};

use bytes::Bytes;
use postern_model::ContentHash;
use postern_storage::{StorageError, Tx};

/// The most bytes that are kept.
const ROOM: usize = 16 * 1024 * 1024;

/// Bodies by their hash; the ones that came first go first.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    kept: HashMap<ContentHash, Bytes>,
    order: VecDeque<ContentHash>,
    size: usize,
}

impl Bodies {
    /// The largest that is kept here. A larger one is read for its own attempt, and counts against what all may hold.
    pub(crate) const LARGEST: usize = 64 * 1024;

    /// The body of this hash.
    pub(crate) fn get(&self, hash: &ContentHash) -> Option<Bytes> {
        self.kept.get(hash).cloned()
    }

    /// Reads those of these bodies that are small and not here yet.
    pub(crate) async fn read(
        &mut self,
        tx: &mut Tx,
        hashes: impl Iterator<Item = ContentHash>,
    ) -> Result<(), StorageError> {
        let mut missing: Vec<_> = hashes
            .filter(|hash| !self.kept.contains_key(hash))
            .collect();
        missing.sort_unstable_by_key(|hash| hash.0);
        missing.dedup();
        for (hash, bytes) in tx.blobs().get_all(&missing, Self::LARGEST).await? {
            self.size += bytes.len();
            self.kept.insert(hash, bytes.into());
            self.order.push_back(hash);
        }
        while self.size > ROOM
            && let Some(oldest) = self.order.pop_front()
        {
            if let Some(bytes) = self.kept.remove(&oldest) {
                self.size -= bytes.len();
            }
        }
        Ok(())
    }
}
