//! Retention: what is old goes, in small batches, each in a unit of work of its own.

use postern_model::{ContentHash, Timestamp};

use crate::{StorageError, Tx};

/// Deletes what is old. Each call deletes at most `limit` rows and says how many; zero: there is nothing more.
pub struct Purge<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Purge<'_> {
    /// Finished deliveries that ended before this time, with their attempts.
    pub async fn deliveries(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// Runs that ended before this time.
    pub async fn runs(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// Events older than this that no delivery refers to.
    pub async fn events(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// Idempotency keys older than this.
    pub async fn idempotency_keys(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// Looks at up to `limit` blobs behind `after` (in the order of their hashes) and deletes those that were not put since
    /// `before` and that nothing refers to; how many, and where to go on (`None`: all have been looked at). `before` must lie
    /// an hour or more back, so that a blob that is just being put is not taken away.
    pub async fn orphan_blobs(
        &mut self,
        after: Option<ContentHash>,
        before: Timestamp,
        limit: u32,
    ) -> Result<(u64, Option<ContentHash>), StorageError> {
        unimplemented!()
    }
}
