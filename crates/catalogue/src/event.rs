//! Which handler of a transform tells which kind of event.

use postern_model::EventKind;

/// A function of a transform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handler {
    /// Activities of collections and teams.
    Activity,
    /// Results of monitors.
    Results,
    /// Backups of collections.
    Backup,
    /// Events of the team's own.
    Custom,
    /// Other integrations that don't work.
    Trouble,
    /// Activities of a while, together.
    Digest,
}

impl Handler {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Activity,
        Self::Results,
        Self::Backup,
        Self::Custom,
        Self::Trouble,
        Self::Digest,
    ];

    /// The one for this kind; none for a test, which is sent as one of another kind.
    pub fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::CollectionActivity | EventKind::TeamActivity => Some(Self::Activity),
            EventKind::MonitorResults => Some(Self::Results),
            EventKind::CollectionBackup => Some(Self::Backup),
            EventKind::Custom => Some(Self::Custom),
            EventKind::IntegrationFailing | EventKind::IntegrationDisabled => Some(Self::Trouble),
            EventKind::Test => None,
        }
    }

    /// Its name in a transform.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Results => "results",
            Self::Backup => "backup",
            Self::Custom => "custom",
            Self::Trouble => "trouble",
            Self::Digest => "digest",
        }
    }
}
