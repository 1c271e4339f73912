//! Environments, as the house keeps them.

use crate::{EnvironmentId, TeamId, Timestamp, Uid, UserId, WorkspaceId};

/// A named set of variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// The environment's id.
    pub id: EnvironmentId,
    /// Whose it is.
    pub team: TeamId,
    /// The workspace it lies in.
    pub workspace: WorkspaceId,
    /// Who made it; the first half of its uid.
    pub owner: UserId,
    /// What people call it.
    pub name: String,
    /// The document as it came: `{name, values: [{key, value, type, enabled}]}`. In the database the
    /// values of `secret` variables are sealed; here they are open.
    pub document: serde_json::Value,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// An environment that grew from another.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentFork {
    /// Whose it is.
    pub team: TeamId,
    /// The environment that grew.
    pub fork: EnvironmentId,
    /// What it grew from. It may be gone.
    pub source: EnvironmentId,
    /// What people call the fork.
    pub label: String,
    /// The document that both had when they were last the same; sealed in the database.
    pub base: serde_json::Value,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
}

impl Environment {
    /// The uid that the API shows.
    pub fn uid(&self) -> Uid {
        Uid::new(self.owner, self.id.0)
    }
}
