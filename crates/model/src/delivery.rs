//! Deliveries: one event for one integration, from accepted to ended.

use crate::{DeliveryId, EventId, IntegrationId, TeamId, Timestamp};

/// One event for one integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The delivery's id.
    pub id: DeliveryId,
    /// Whose it is.
    pub team: TeamId,
    /// What is delivered.
    pub event: EventId,
    /// To whom.
    pub integration: IntegrationId,
    /// How it stands.
    pub state: DeliveryState,
    /// Attempts that have been spent.
    pub attempts: i32,
    /// The shard whose owner sends it.
    pub shard: i16,
    /// Only the newest waiting delivery with one key is kept for an integration (backups): the collection's id.
    pub coalesce_key: Option<String>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// How a delivery stands. It ends only as `succeeded`, `exhausted`, `cancelled` or `expired`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is due at this time. (`sending` is shown for one whose attempt is under way; it is not stored,
    /// so that a crash leaves nothing to mend.)
    Scheduled {
        /// When the next attempt is due.
        due_at: Timestamp,
    },
    /// It waits for somebody.
    Held {
        /// What it waits for.
        reason: HeldReason,
    },
    /// The receiver answered 2xx.
    Succeeded,
    /// The last attempt of the schedule failed.
    Exhausted,
    /// Somebody cancelled it, or a newer backup took its place.
    Cancelled {
        /// Who or what.
        by: String,
    },
    /// Stated retention ended it.
    Expired,
}

impl DeliveryState {
    /// The word for it in the database and the API.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Scheduled { .. } => "scheduled",
            Self::Held { .. } => "held",
            Self::Succeeded => "succeeded",
            Self::Exhausted => "exhausted",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Whether the delivery is over.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Scheduled { .. } | Self::Held { .. })
    }
}

/// Why a delivery is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldReason {
    /// Its integration is paused.
    Paused,
    /// Its integration was disabled.
    Disabled,
}

impl HeldReason {
    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Disabled => "disabled",
        }
    }

    /// The reason of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Paused, Self::Disabled]
            .into_iter()
            .find(|reason| reason.as_str() == word)
    }
}
