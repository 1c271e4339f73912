//! What a user may do in a team.

use serde::{Deserialize, Serialize};

/// A role; a greater one may do all that a lesser one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May read.
    Viewer,
    /// May read and change collections, environments, monitors and integrations.
    Editor,
    /// May do everything, keys and members included.
    Admin,
}

impl Role {
    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Role::Viewer, Role::Editor, Role::Admin]
            .into_iter()
            .find(|role| role.as_str() == word)
    }
}
