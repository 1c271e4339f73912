//! Verbs on tags.

use postern_model::{CollectionId, WorkspaceId};

use crate::entry::found;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

/// What has tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagged {
    /// A collection.
    Collection(CollectionId),
    /// A workspace.
    Workspace(WorkspaceId),
}

/// How many tags a thing may have, as in Postman.
const MOST: usize = 5;
/// The length of a tag, in characters, as in Postman.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=64;

impl Journal {
    /// Gives a thing these tags, instead of those that it has. They are no part of it: nothing is told.
    pub async fn replace_tags(
        &self,
        actor: &Actor,
        thing: Tagged,
        slugs: &[String],
    ) -> Result<(), JournalError> {
        if slugs.len() > MOST {
            return Err(JournalError::invalid("tags", "at most 5 tags"));
        }
        for (at, slug) in slugs.iter().enumerate() {
            let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            let begins = slug.starts_with(|it: char| it.is_ascii_lowercase());
            if !LENGTH.contains(&slug.len())
                || !slug.chars().all(is_letter)
                || !begins
                || slug.ends_with('-')
            {
                let why = "a slug has 2 to 64 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen";
                return Err(JournalError::invalid("tags[].slug", why));
            }
            if slugs[..at].contains(slug) {
                return Err(JournalError::invalid("tags[].slug", "the same tag twice"));
            }
        }
        let mut entry = self.entry().await?;
        let team = actor.team;
        let (id, kind) = match thing {
            Tagged::Collection(id) => {
                // Locked: two who do this at once do it one after the other.
                let there = entry.tx.collections().get_for_update(team, id).await?;
                found(there, "collection")?;
                (id.0, "collection")
            }
            Tagged::Workspace(id) => {
                found(entry.tx.workspaces().get(team, id).await?, "workspace")?;
                (id.0, "workspace")
            }
        };
        entry.tx.tags().put(team, id, kind, slugs).await?;
        entry.changed(team, Topic::Activities);
        entry.finish().await
    }
}
