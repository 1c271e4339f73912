//! What people say about collections and what is in them.

use crate::{CollectionId, Model, TeamId, Timestamp, UserId};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// A number, as Postman's clients expect it; random, and only one comment's.
    pub id: i64,
    /// Whose it is.
    pub team: TeamId,
    /// The collection.
    pub collection: CollectionId,
    /// What it is about: the collection, a folder, a request or a response.
    pub model: Model,
    /// The id of that.
    pub thing: String,
    /// The id of the comment that began the conversation: its own, if it did.
    pub thread: i64,
    /// What it says.
    pub body: String,
    /// Since when the conversation is settled.
    pub resolved_at: Option<Timestamp>,
    /// Who says it.
    pub created_by: UserId,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
