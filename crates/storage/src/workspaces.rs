//! Workspaces.

use postern_model::{TeamId, Workspace, WorkspaceId};

use crate::{StorageError, Tx};

/// The table of workspaces.
pub struct Workspaces<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Workspaces<'_> {
    /// Adds a workspace.
    pub async fn insert(&mut self, workspace: &Workspace) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The workspace of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: WorkspaceId,
    ) -> Result<Option<Workspace>, StorageError> {
        unimplemented!()
    }

    /// A team's workspaces, oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Workspace>, StorageError> {
        unimplemented!()
    }

    /// Writes name, kind, description and time of change; whether it was there.
    pub async fn update(&mut self, workspace: &Workspace) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Removes a workspace with its collections, environments and monitors; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: WorkspaceId) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
