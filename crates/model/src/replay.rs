//! Replays: many deliveries that are made again, chosen by what they are.

use serde::{Deserialize, Serialize};

use crate::{EventKind, IntegrationId, ReplayId, Shard, TeamId, Timestamp, UserId, fits_pattern};

/// Deliveries that are made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The replay's id.
    pub id: ReplayId,
    /// Whose it is.
    pub team: TeamId,
    /// Which deliveries.
    pub selection: Selection,
    /// How many a second are made due.
    pub rate: u32,
    /// Whether it goes on.
    pub state: ReplayState,
    /// How many there were when it began.
    pub total: u64,
    /// How many have been made due.
    pub done: u64,
    /// How many could not be: their integration is gone.
    pub skipped: u64,
    /// Who wanted it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it last went on.
    pub updated_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl Replay {
    /// The shard whose owner makes it go on.
    pub fn shard(&self) -> Shard {
        Shard::of(self.id.0)
    }
}

/// Whether a replay goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayState {
    /// It does.
    Running,
    /// All that was chosen is due.
    Done,
    /// Somebody ended it before.
    Cancelled,
}

impl ReplayState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Running, Self::Done, Self::Cancelled];

    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Which deliveries that have ended. All that is said must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    /// For this integration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration: Option<IntegrationId>,
    /// That ended so; none: `exhausted`, `cancelled` and `expired`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Of this kind of event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventKind>,
    /// Of custom events whose type fits one of these patterns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Of events that happened at this time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Of events that happened before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Selection {
    /// The states in which a delivery has ended.
    pub const ENDED: [&str; 4] = ["succeeded", "exhausted", "cancelled", "expired"];

    /// The states that are chosen.
    pub fn states(&self) -> Vec<&str> {
        if self.states.is_empty() {
            Self::ENDED[1..].to_vec()
        } else {
            self.states.iter().map(String::as_str).collect()
        }
    }

    /// Whether an event of this type is chosen.
    pub fn has_type(&self, custom_type: Option<&str>) -> bool {
        self.types.is_empty()
            || custom_type
                .is_some_and(|text| self.types.iter().any(|pattern| fits_pattern(pattern, text)))
    }
}
