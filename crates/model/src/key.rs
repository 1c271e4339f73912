//! API keys: random, stored hashed, shown once.

use crate::{ApiKeyId, ContentHash, Role, TeamId, Timestamp, UserId, WorkspaceId};

/// The record of a key; the key itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The record's id.
    pub id: ApiKeyId,
    /// Which team it opens.
    pub team: TeamId,
    /// For whom it acts.
    pub user: UserId,
    /// What people call it.
    pub name: String,
    /// The most that it may do.
    pub role: Role,
    /// The SHA-256 of the key.
    pub hash: ContentHash,
    /// Its first characters, to tell keys apart.
    pub prefix: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used (to the minute).
    pub last_used_at: Option<Timestamp>,
    /// From when on it opens nothing; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// The workspaces that it opens; none named: all that its user may enter.
    pub workspaces: Vec<WorkspaceId>,
}
