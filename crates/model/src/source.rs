//! Sources: where collections and environments come from by themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{SourceId, TeamId, Timestamp, UserId, WorkspaceId};

/// A source. What comes from it is changed there, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The source's id.
    pub id: SourceId,
    /// Whose it is.
    pub team: TeamId,
    /// The workspace that what comes from it is put into.
    pub workspace: WorkspaceId,
    /// What people call it; the feed names it as who has changed something.
    pub name: String,
    /// Where to look.
    pub place: SourcePlace,
    /// Seconds between two looks; 0: only when somebody asks.
    pub every: u32,
    /// When it is looked at next.
    pub next_due_at: Option<Timestamp>,
    /// When it was last looked at.
    pub checked_at: Option<Timestamp>,
    /// Since when each look has failed.
    pub failing_since: Option<Timestamp>,
    /// Why the last look failed.
    pub error: Option<String>,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Where to look. Sealed in the database, open here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum SourcePlace {
    /// A file behind an address: anything that can be imported.
    Url {
        /// The address.
        url: String,
        /// Headers to ask with.
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// A folder on the server's disk: files that can be imported, or a Git working copy.
    Directory {
        /// Its path.
        path: String,
    },
    /// Postman, or another Postern, by its API.
    #[serde(rename_all = "camelCase")]
    Postman {
        /// The API's address.
        base_url: String,
        /// The API key.
        api_key: String,
        /// The workspace there; without it, all that the key may see.
        #[serde(default)]
        workspace: Option<String>,
    },
}

impl std::fmt::Debug for SourcePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Url { url, .. } => f
                .debug_struct("Url")
                .field("url", url)
                .finish_non_exhaustive(),
            Self::Directory { path } => f.debug_struct("Directory").field("path", path).finish(),
            Self::Postman { base_url, .. } => f
                .debug_struct("Postman")
                .field("base_url", base_url)
                .finish_non_exhaustive(),
        }
    }
}

words! {
    /// What came from a source.
    SourceKind {
        /// A collection.
        Collection = "collection",
        /// An environment.
        Environment = "environment",
    }
}

/// Something that came from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceItem {
    /// What it is.
    pub kind: SourceKind,
    /// What the source calls it.
    pub there: String,
    /// Its id here.
    pub thing: Uuid,
    /// How it was last seen there: a hash, or a time of change.
    pub seen: String,
}
