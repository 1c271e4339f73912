//! API keys: records and hashes; the keys themselves are not kept.

use postern_model::{ApiKey, ApiKeyId, ContentHash, TeamId, Timestamp};

use crate::{StorageError, Tx};

/// The table of API keys.
pub struct ApiKeys<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl ApiKeys<'_> {
    /// Adds a key's record.
    pub async fn insert(&mut self, key: &ApiKey) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The key with this hash, of whatever team: this is how a caller is known.
    pub async fn find_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> Result<Option<ApiKey>, StorageError> {
        unimplemented!()
    }

    /// A team's keys, oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<ApiKey>, StorageError> {
        unimplemented!()
    }

    /// Notes that the key was used, if that is a minute later than what is noted.
    pub async fn touch(
        &mut self,
        team: TeamId,
        id: ApiKeyId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Removes a key; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: ApiKeyId) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
