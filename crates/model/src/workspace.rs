//! Workspaces: folders of collections, environments and monitors inside a team.

use serde::{Deserialize, Serialize};

use crate::{TeamId, Timestamp, UserId, WorkspaceId};

/// Who may see a workspace, in Postman's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkspaceKind {
    /// Its maker, and whom the maker lets in.
    Personal,
    /// The whole team.
    Team,
    /// Invited members of the team.
    Private,
    /// Everyone.
    Public,
    /// Invited people of other teams.
    Partner,
}

impl WorkspaceKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Personal,
        Self::Team,
        Self::Private,
        Self::Public,
        Self::Partner,
    ];

    /// Whether only its members (and the team's admins) may enter it. There is nobody outside of the team, so a public one is
    /// open to the team, no more.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Personal | Self::Private)
    }

    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Team => "team",
            Self::Private => "private",
            Self::Public => "public",
            Self::Partner => "partner",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The workspace's id.
    pub id: WorkspaceId,
    /// Whose it is.
    pub team: TeamId,
    /// What people call it.
    pub name: String,
    /// Who may see it.
    pub kind: WorkspaceKind,
    /// What it is for.
    pub description: String,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
