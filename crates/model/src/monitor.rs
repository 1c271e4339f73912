//! Monitors: a collection, an environment, a schedule and options.

use serde::{Deserialize, Serialize};

use crate::{CollectionId, EnvironmentId, MonitorId, TeamId, Timestamp, Uid, UserId, WorkspaceId};

/// A monitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Monitor {
    /// The monitor's id.
    pub id: MonitorId,
    /// Whose it is.
    pub team: TeamId,
    /// The workspace it lies in.
    pub workspace: WorkspaceId,
    /// Who made it; the first half of its uid.
    pub owner: UserId,
    /// What people call it.
    pub name: String,
    /// What it runs.
    pub collection: CollectionId,
    /// With which variables.
    pub environment: Option<EnvironmentId>,
    /// Whether the schedule holds; a paused monitor still runs when asked.
    pub active: bool,
    /// Five cron fields.
    pub cron: String,
    /// An IANA time zone.
    pub timezone: String,
    /// How requests are made, and how often a failed run is tried again.
    pub options: MonitorOptions,
    /// The shard whose owner runs it.
    pub shard: i16,
    /// When it is due next; `None` while it is paused or its schedule has no next time.
    pub next_due_at: Option<Timestamp>,
    /// The present streak of failed runs.
    pub streak: Streak,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Monitor {
    /// The uid that the API shows.
    pub fn uid(&self) -> Uid {
        Uid::new(self.owner, self.id.0)
    }
}

/// How a monitor makes its requests. Field names as in Postman's API, times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MonitorOptions {
    /// Whether redirects are followed.
    pub follow_redirects: bool,
    /// The pause between two requests.
    pub request_delay: u64,
    /// The longest that one request may take; `None` leaves it to the run's own bound.
    pub request_timeout: Option<u64>,
    /// Whether certificates are verified.
    pub strict_ssl: bool,
    /// How often a failed run is tried again before it counts as failed, 0 to 2.
    pub retry_attempts: u8,
    /// Whether the run keeps bodies and headers.
    pub keep_bodies: bool,
    /// Whom the integrations that send letters tell of its failures, besides their own recipients.
    #[serde(skip_serializing_if = "Notifications::is_empty")]
    pub notifications: Notifications,
}

/// Whom a monitor's failures are told by e-mail, as Postman's API has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Notifications {
    /// Of runs that could not complete.
    pub on_error: Vec<String>,
    /// Of runs in which a test failed.
    pub on_failure: Vec<String>,
    /// How many failures in a row are told; then nothing until one passes. `None`: all.
    pub limit: Option<u32>,
}

impl Notifications {
    /// Whether nobody is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for MonitorOptions {
    fn default() -> Self {
        Self {
            follow_redirects: true,
            request_delay: 0,
            request_timeout: None,
            strict_ssl: true,
            retry_attempts: 0,
            keep_bodies: false,
            notifications: Notifications::default(),
        }
    }
}

/// A monitor's failed runs in a row. It belongs to the monitor, so that every integration sees the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// How many runs have failed since the last that passed.
    pub failures: u32,
}
