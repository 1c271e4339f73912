//! Collections: the record of each, and the document of its current version.

use postern_model::{Collection, CollectionId, TeamId, WorkspaceId};

use crate::{StorageError, Tx};

/// Which collections of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionFilter {
    /// Only those of this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those of exactly this name.
    pub name: Option<String>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// The table of collections.
pub struct Collections<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Collections<'_> {
    /// Adds a collection; its current document must be in `blobs`.
    pub async fn insert(&mut self, collection: &Collection) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The collection of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Collection>, StorageError> {
        unimplemented!()
    }

    /// The same, locked until the end of the unit of work: who changes a collection reads it so, and two changes at once
    /// become one after the other.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Collection>, StorageError> {
        unimplemented!()
    }

    /// The bytes of the current document, as they were put.
    pub async fn current_document(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        unimplemented!()
    }

    /// A team's collections, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &CollectionFilter,
    ) -> Result<Vec<Collection>, StorageError> {
        unimplemented!()
    }

    /// Writes workspace, name, version, hash and time of change; whether it was there.
    pub async fn update(&mut self, collection: &Collection) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Removes a collection with its versions and its monitors; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: CollectionId) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
