//! Events: what webhooks may tell.

use serde::{Deserialize, Serialize};

use crate::{CollectionId, EventId, MonitorId, TeamId, Timestamp, WorkspaceId};

/// The kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A collection's whole document.
    CollectionBackup,
    /// One activity in a collection.
    CollectionActivity,
    /// The result of a monitor's run.
    MonitorResults,
    /// One activity in a team.
    TeamActivity,
    /// An event of the team's own; its type is in [`Event::custom_type`].
    Custom,
    /// A test, sent to one integration by hand.
    Test,
    /// Another integration has not had a success for a while.
    IntegrationFailing,
    /// Another integration was switched off by Postern.
    IntegrationDisabled,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::CollectionBackup,
        Self::CollectionActivity,
        Self::MonitorResults,
        Self::TeamActivity,
        Self::Custom,
        Self::Test,
        Self::IntegrationFailing,
        Self::IntegrationDisabled,
    ];

    /// The word for it in the database, the API and the `postern-event` header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CollectionBackup => "collection_backup",
            Self::CollectionActivity => "collection_activity",
            Self::MonitorResults => "monitor_results",
            Self::TeamActivity => "team_activity",
            Self::Custom => "custom",
            Self::Test => "test",
            Self::IntegrationFailing => "integration_failing",
            Self::IntegrationDisabled => "integration_disabled",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Something that happened and that webhooks may tell; its body (JSON) is read on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The event's id: the same at each attempt, so that receivers can drop repeats.
    pub id: EventId,
    /// Whose it is.
    pub team: TeamId,
    /// What happened.
    pub kind: EventKind,
    /// The type of a custom event, such as `build.finished`.
    pub custom_type: Option<String>,
    /// The workspace it happened in, where there is one.
    pub workspace: Option<WorkspaceId>,
    /// The collection it is about, where there is one.
    pub collection: Option<CollectionId>,
    /// The monitor it is about, where there is one.
    pub monitor: Option<MonitorId>,
    /// Whether it has a second body, with `postern` details.
    pub detailed: bool,
    /// When it happened.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_written_as_its_word() {
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
