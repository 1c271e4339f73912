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

impl Environment {
    /// The uid that the API shows.
    pub fn uid(&self) -> Uid {
        Uid::new(self.owner, self.id.0)
    }
}
