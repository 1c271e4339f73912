//! Whose key is whose, remembered for a moment, so that a thousand calls with one key ask the database once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postern_model::ContentHash;
use tokio::time::Instant;

use crate::caller::Identity;

/// For how long an answer is believed. A key that was deleted through this process is refused at once, one that was
/// deleted through another node after this time at the latest.
const BELIEVED: Duration = Duration::from_secs(1);
/// The most that are remembered.
const MOST: usize = 10_000;

/// Whose key is whose. Only keys that open something are remembered, so that guessing fills nothing.
#[derive(Debug, Default)]
pub(crate) struct Identities(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// What [`postern_journal::Journal::people_changed`] said when these were read.
    generation: u64,
    of: HashMap<ContentHash, (Identity, Instant)>,
}

impl Identities {
    /// Whose key this is, if that was asked a moment ago and nobody's rights have changed since.
    pub(crate) fn get(&self, hash: &ContentHash, generation: u64) -> Option<Identity> {
        let known = self.lock();
        if known.generation != generation {
            return None;
        }
        let (identity, at) = known.of.get(hash)?;
        (at.elapsed() < BELIEVED).then(|| identity.clone())
    }

    /// Remembers whose key this is; `generation` as it was before the database was asked.
    pub(crate) fn put(&self, hash: ContentHash, identity: Identity, generation: u64) {
        let mut known = self.lock();
        if generation > known.generation {
            known.of.clear();
            known.generation = generation;
        }
        if known.of.len() >= MOST {
            known.of.retain(|_, (_, at)| at.elapsed() < BELIEVED);
        }
        if generation == known.generation && known.of.len() < MOST {
            known.of.insert(hash, (identity, Instant::now()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
