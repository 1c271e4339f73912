//! The journal itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use postern_model::{Random, TeamId, Timestamp, UserId};
use postern_storage::{Group, Store};
use uuid::Uuid;

use crate::bell::Bells;
use crate::custom::Publisher;
use crate::ids::Ids;
use crate::told::Told;

/// The one door for a change. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    pub(crate) parts: Parts,
    pub(crate) publications: Group<Publisher>,
}

/// What every verb needs.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) bells: Bells,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) ids: Arc<Ids>,
    pub(crate) people: Arc<AtomicU64>,
}

impl Parts {
    /// An id greater than all before it, so that what is written is read in its order.
    pub(crate) fn id(&self, now: Timestamp) -> Uuid {
        self.ids.next(now, self.random.as_ref())
    }
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
    /// From where and with what.
    pub origin: Origin,
}

/// From where somebody does something, and with what program. Empty where it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address that the connection came from.
    pub address: String,
    /// The program, as it calls itself.
    pub agent: String,
}

impl Actor {
    /// Postern itself, for what nobody asked for.
    pub(crate) fn postern(team: TeamId) -> Self {
        Self {
            team,
            user: UserId(0),
            name: "Postern".to_owned(),
            origin: Origin::default(),
        }
    }
}

impl Journal {
    /// The door to this database, ringing these bells. What it writes is stamped by the clock that all nodes agree on: the
    /// database's (see `Tx::now`).
    pub fn new(store: Store, bells: Bells, random: Arc<dyn Random>) -> Self {
        let parts = Parts {
            store,
            bells,
            random,
            ids: Arc::default(),
            people: Arc::default(),
        };
        Self {
            publications: Group::new(Publisher(parts.clone())),
            parts,
        }
    }

    /// What listeners are told; the bells have it too.
    pub fn told(&self) -> &Told {
        &self.parts.bells.told
    }

    /// A number that grows when this process has changed what somebody may do: who keeps such knowledge asks for it anew.
    pub fn people_changed(&self) -> u64 {
        self.parts.people.load(Ordering::Acquire)
    }
}
