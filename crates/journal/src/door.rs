//! The journal itself.

use std::sync::Arc;

use postern_model::{Random, TeamId, UserId};
use postern_storage::Store;

use crate::bell::Bells;
use crate::ids::Ids;

/// The one door for a change. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    pub(crate) store: Store,
    pub(crate) bells: Bells,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) ids: Arc<Ids>,
}

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// In which team.
    pub team: TeamId,
    /// Which user.
    pub user: UserId,
    /// The user's name, as feeds tell it.
    pub name: String,
}

impl Actor {
    /// Postern itself, for what nobody asked for.
    pub(crate) fn postern(team: TeamId) -> Self {
        Self {
            team,
            user: UserId(0),
            name: "Postern".to_owned(),
        }
    }
}

impl Journal {
    /// The door to this database, ringing these bells. What it writes is stamped by the clock that all nodes agree on: the
    /// database's (see `Tx::now`).
    pub fn new(store: Store, bells: Bells, random: Arc<dyn Random>) -> Self {
        Self {
            store,
            bells,
            random,
            ids: Arc::default(),
        }
    }
}
