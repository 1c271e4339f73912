//! Versions: the immutable states of collections.

use postern_model::{CollectionId, TeamId, Version};

use crate::{Page, PageRequest, StorageError, Tx};

/// The table of versions.
pub struct Versions<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Versions<'_> {
    /// Adds a version; its document must be in `blobs`.
    pub async fn insert(&mut self, team: TeamId, version: &Version) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// A collection's version of this number.
    pub async fn get(
        &mut self,
        team: TeamId,
        collection: CollectionId,
        number: i64,
    ) -> Result<Option<Version>, StorageError> {
        unimplemented!()
    }

    /// A collection's versions, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        collection: CollectionId,
        page: PageRequest,
    ) -> Result<Page<Version>, StorageError> {
        unimplemented!()
    }
}
