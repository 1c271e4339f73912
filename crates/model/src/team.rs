//! Teams and the people in them.

use crate::{TeamId, Timestamp, UserId};

/// The owner of workspaces, integrations and keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The team's id.
    pub id: TeamId,
    /// What people call it.
    pub name: String,
    /// A short word for addresses.
    pub domain: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A person (or a program that acts for one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user's number.
    pub id: UserId,
    /// The short name.
    pub username: String,
    /// Where to write to.
    pub email: String,
    /// The name in feeds.
    pub full_name: String,
    /// When the account was made.
    pub created_at: Timestamp,
}
