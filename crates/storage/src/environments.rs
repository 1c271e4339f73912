//! Environments. The whole document is sealed, so that no secret value can be forgotten.

use postern_model::{Environment, EnvironmentId, TeamId, WorkspaceId};

use crate::{StorageError, Tx};

/// Which environments of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvironmentFilter {
    /// Only those of this workspace.
    pub workspace: Option<WorkspaceId>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// The table of environments.
pub struct Environments<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Environments<'_> {
    /// Adds an environment.
    pub async fn insert(&mut self, environment: &Environment) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The environment of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: EnvironmentId,
    ) -> Result<Option<Environment>, StorageError> {
        unimplemented!()
    }

    /// A team's environments, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &EnvironmentFilter,
    ) -> Result<Vec<Environment>, StorageError> {
        unimplemented!()
    }

    /// Writes workspace, name, document and time of change; whether it was there.
    pub async fn update(&mut self, environment: &Environment) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Removes an environment, also from the monitors that use it; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: EnvironmentId) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
