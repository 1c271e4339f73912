//! Forks: a collection grows from another, takes what has changed there, and gives back what has changed here.
//!
//! A fork has ids of its own. Each is made of the fork's id and the source's, so that who was whom is known without a table: an item that
//! the fork had from its source has the id `v5(fork, id there)`, one that the source had from the fork `v5(source, id here)`.

use std::collections::HashMap;

use postern_collection::{Document, merge};
use postern_model::{Collection, CollectionId, Fork, WorkspaceId};
use uuid::Uuid;

use super::{Entry, stored};
use crate::entry::{check_name, found};
use crate::{Actor, Journal, JournalError};

/// What becomes of a fork that was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterMerge {
    /// It stays as it is.
    Stays,
    /// It takes what its source has besides.
    Follows,
    /// It is deleted.
    Goes,
}

impl Journal {
    /// Makes a collection that grows from another, in a workspace.
    pub async fn fork_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        workspace: WorkspaceId,
        label: &str,
    ) -> Result<(Collection, Fork), JournalError> {
        check_name("label", label)?;
        let mut entry = self.entry().await?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        found(place, "workspace")?;
        let source = entry.tx.collections().get(actor.team, id).await?;
        let source = found(source, "collection")?;
        let mut document = entry.document(&source).await?;
        let own = CollectionId(entry.id());
        document.rename_ids(&mut |there| child(own, there));
        let made = entry.add(actor, workspace, own, document, None).await?;
        let fork = Fork {
            team: actor.team,
            fork: own,
            source: id,
            source_uid: source.uid().to_string(),
            label: label.trim().to_owned(),
            base: source.hash,
            version: source.version,
            created_by: actor.user,
            created_at: entry.now,
        };
        entry.tx.forks().insert(&fork).await?;
        entry.finish().await?;
        Ok((made, fork))
    }

    /// Has a fork take what has changed in its source since the two were last the same.
    pub async fn pull_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
    ) -> Result<Fork, JournalError> {
        let mut entry = self.entry().await?;
        let both = entry.both(actor, id).await?;
        entry.check_owner(actor, id.0).await?;
        let Both {
            fork,
            here,
            there,
            theirs,
            ..
        } = both;
        if there.version == fork.version {
            return Ok(fork);
        }
        let base = entry.base(&fork).await?;
        let names = Names::of(&fork, &here.document, &theirs, &base);
        let merged = merge(&base, &names.in_source(&here.document), &theirs)
            .map_err(|conflicts| JournalError::Merge { conflicts })?;
        let document = names.in_fork(&merged);
        entry
            .record(actor, here.collection, &here.document, document, None)
            .await?;
        let mut forks = entry.tx.forks();
        forks
            .set_base(actor.team, id, there.hash, there.version)
            .await?;
        entry.finish().await?;
        Ok(fork)
    }

    /// Has the source take what has changed in a fork since the two were last the same.
    pub async fn merge_fork(
        &self,
        actor: &Actor,
        id: CollectionId,
        after: AfterMerge,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        let Both {
            fork,
            here,
            there,
            theirs,
            ..
        } = entry.both(actor, id).await?;
        entry.check_owner(actor, there.id.0).await?;
        let base = entry.base(&fork).await?;
        let names = Names::of(&fork, &here.document, &theirs, &base);
        let ours = names.in_source(&here.document);
        let merged =
            merge(&base, &theirs, &ours).map_err(|conflicts| JournalError::Merge { conflicts })?;
        let team = actor.team;
        let source = entry
            .record(actor, there, &theirs, merged.clone(), None)
            .await?;
        match after {
            AfterMerge::Goes => entry.remove_collection(actor, &here.collection).await?,
            AfterMerge::Follows => {
                let document = names.in_fork(&merged);
                entry
                    .record(actor, here.collection, &here.document, document, None)
                    .await?;
                let mut forks = entry.tx.forks();
                forks
                    .set_base(team, id, source.hash, source.version)
                    .await?;
            }
            AfterMerge::Stays => {
                // What both have now is what the fork is; what the source has besides is taken with the next pull.
                let base = entry.tx.blobs().put(&ours.to_bytes()).await?;
                let mut whole = ours;
                whole.set_info(&source.id.to_string());
                let only_ours = whole == entry.document(&source).await?;
                let version = if only_ours {
                    source.version
                } else {
                    fork.version
                };
                entry.tx.forks().set_base(team, id, base, version).await?;
            }
        }
        entry.finish().await?;
        Ok(source)
    }
}

/// A fork and its source, both locked.
struct Both {
    fork: Fork,
    here: Here,
    /// The source, and its document.
    there: Collection,
    theirs: Document,
}

struct Here {
    collection: Collection,
    document: Document,
}

impl Entry<'_> {
    async fn both(&mut self, actor: &Actor, id: CollectionId) -> Result<Both, JournalError> {
        let fork = self.tx.forks().get(actor.team, id).await?;
        let fork = found(fork, "fork")?;
        // In the order of their ids, so that two of these wait for each other and not both.
        let mut collections = self.tx.collections();
        let first = id.min(fork.source);
        let first = collections.get_for_update(actor.team, first).await?;
        let second = id.max(fork.source);
        let second = collections.get_for_update(actor.team, second).await?;
        let (here, there) = if id < fork.source {
            (first, second)
        } else {
            (second, first)
        };
        let (here, there) = (found(here, "collection")?, found(there, "collection")?);
        Ok(Both {
            here: Here {
                document: self.document(&here).await?,
                collection: here,
            },
            theirs: self.document(&there).await?,
            fork,
            there,
        })
    }

    /// What a fork and its source had when they were last the same.
    async fn base(&mut self, fork: &Fork) -> Result<Document, JournalError> {
        let bytes = self.tx.blobs().get(fork.base).await?;
        let bytes = found(bytes, "fork's base")?;
        stored(&bytes)
    }
}

/// The id that an item of another collection has in this one.
fn child(collection: CollectionId, id: &str) -> String {
    Uuid::new_v5(&collection.0, id.as_bytes()).to_string()
}

/// Who is whom in a fork and its source.
struct Names {
    fork: CollectionId,
    source: CollectionId,
    in_source: HashMap<String, String>,
    in_fork: HashMap<String, String>,
}

impl Names {
    fn of(fork: &Fork, here: &Document, there: &Document, base: &Document) -> Self {
        let mut names = Self {
            fork: fork.fork,
            source: fork.source,
            in_source: HashMap::new(),
            in_fork: HashMap::new(),
        };
        // What was deleted in one of them is in the base still.
        let known: Vec<String> = there.ids().into_iter().chain(base.ids()).collect();
        let grown = known.iter().map(|id| (child(fork.fork, id), id));
        let grown: HashMap<String, &String> = grown.collect();
        for id in here.ids() {
            let there = match grown.get(&id) {
                Some(there) => (*there).clone(),
                None => child(fork.source, &id),
            };
            names.in_fork.insert(there.clone(), id.clone());
            names.in_source.insert(id, there);
        }
        for id in &known {
            let here = child(fork.fork, id);
            names.in_fork.entry(id.clone()).or_insert(here);
        }
        names
    }

    /// The fork's document as if its items were the source's.
    fn in_source(&self, document: &Document) -> Document {
        let mut document = document.clone();
        document.rename_ids(&mut |id| {
            let known = self.in_source.get(id).cloned();
            known.unwrap_or_else(|| child(self.source, id))
        });
        document
    }

    /// The source's document as if its items were the fork's.
    fn in_fork(&self, document: &Document) -> Document {
        let mut document = document.clone();
        document.rename_ids(&mut |id| {
            let known = self.in_fork.get(id).cloned();
            known.unwrap_or_else(|| child(self.fork, id))
        });
        document
    }
}
