//! The journal itself.

use std::sync::Arc;

use postern_model::{Clock, Random, TeamId, UserId};
use postern_storage::Store;

use crate::bell::Bells;

/// The one door for a change. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    pub(crate) store: Store,
    pub(crate) bells: Bells,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
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

impl Journal {
    /// The door to this database, ringing these bells.
    pub fn new(store: Store, bells: Bells, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            store,
            bells,
            clock,
            random,
        }
    }
}
