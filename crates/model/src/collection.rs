//! Collections and their versions, as the house keeps them; the document itself is `postern-collection`'s.

use crate::{CollectionId, ContentHash, TeamId, Timestamp, Uid, UserId, VersionId, WorkspaceId};

/// A collection's record: who has it and which version is current.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The collection's id.
    pub id: CollectionId,
    /// Whose it is.
    pub team: TeamId,
    /// The workspace it lies in.
    pub workspace: WorkspaceId,
    /// Who made it; the first half of its uid.
    pub owner: UserId,
    /// Its name in the current version.
    pub name: String,
    /// The number of the current version, from 1.
    pub version: i64,
    /// The current document's hash.
    pub hash: ContentHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Collection {
    /// The uid that the API shows.
    pub fn uid(&self) -> Uid {
        Uid::new(self.owner, self.id.0)
    }
}

/// One immutable state of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version's id.
    pub id: VersionId,
    /// Of which collection.
    pub collection: CollectionId,
    /// Its number, from 1.
    pub number: i64,
    /// Where the document is stored.
    pub hash: ContentHash,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
}

/// A collection that grew from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// Whose it is.
    pub team: TeamId,
    /// The collection that grew.
    pub fork: CollectionId,
    /// What it grew from. It may be gone.
    pub source: CollectionId,
    /// The source's uid.
    pub source_uid: String,
    /// What people call the fork.
    pub label: String,
    /// The document that both had when they were last the same, in the source's ids.
    pub base: ContentHash,
    /// The version that the source had then.
    pub version: i64,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
}
