//! Teams.

use postern_model::{Team, TeamId};

use crate::{StorageError, Tx};

/// The table of teams.
pub struct Teams<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Teams<'_> {
    /// Whether there is no team yet, as at the first start.
    pub async fn is_empty(&mut self) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Adds a team.
    pub async fn insert(&mut self, team: &Team) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The team of this id.
    pub async fn get(&mut self, id: TeamId) -> Result<Option<Team>, StorageError> {
        unimplemented!()
    }

    /// All teams, oldest first.
    pub async fn list(&mut self) -> Result<Vec<Team>, StorageError> {
        unimplemented!()
    }
}
