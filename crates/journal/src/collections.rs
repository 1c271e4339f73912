//! Verbs on collections.

mod forks;
mod restore;
mod transfer;

use postern_collection::{Document, EditError, diff};
use postern_model::{
    Action, Activity, Collection, CollectionId, EventKind, Version, VersionId, WorkspaceId,
};
use postern_storage::MonitorFilter;

use crate::activity::{Restored, imported, moved, of_change, of_collection};
use crate::entry::{Entry, check_text, found};
use crate::fan_out::Occurrence;
use crate::{Actor, Journal, JournalError, payload};

pub use forks::AfterMerge;
pub use transfer::{Spot, Target, Transfer};

impl Journal {
    /// Makes a collection of a document: its first version. A document that says its own id keeps it, where the team has no collection of
    /// that id; one that was deleted comes back with its versions, and the document is the next of them.
    pub async fn create_collection(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        document: Document,
    ) -> Result<Collection, JournalError> {
        check_text("collection.info.name", document.name())?;
        let mut entry = self.entry().await?;
        found(
            entry.tx.workspaces().get(actor.team, workspace).await?,
            "workspace",
        )?;
        let own = document.info_id().and_then(|id| id.parse().ok());
        let id = match own.map(CollectionId) {
            Some(id) if entry.tx.collections().get(actor.team, id).await?.is_some() => None,
            Some(id) => {
                let mut deleted = entry.tx.deleted_collections();
                if deleted.get_for_update(actor.team, id).await?.is_some() {
                    return entry.put_back(actor, id, workspace, Some(document)).await;
                }
                Some(id)
            }
            None => None,
        };
        let id = id.unwrap_or_else(|| CollectionId(entry.id()));
        let collection = entry.add(actor, workspace, id, document, None).await?;
        entry.finish().await?;
        Ok(collection)
    }

    /// Makes a copy of a collection in a workspace, with new ids, under its name with this behind it.
    pub async fn duplicate_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        workspace: WorkspaceId,
        suffix: Option<&str>,
    ) -> Result<Collection, JournalError> {
        let mut tx = self.parts.store.read().await?;
        let bytes = tx.collections().current_document(actor.team, id).await?;
        drop(tx);
        let mut document = stored(&found(bytes, "collection")?)?;
        document.forget_ids();
        let name = match suffix {
            Some(suffix) => format!("{}{suffix}", document.name()),
            None => format!("{} Copy", document.name()),
        };
        document.amend(|fields| fields["info"]["name"] = name.into())?;
        self.create_collection(actor, workspace, document).await
    }

    /// Puts a collection into another workspace.
    pub async fn move_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        workspace: WorkspaceId,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        let mut collection = entry.collection_to_change(actor, id, None).await?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        let place = found(place, "workspace")?;
        if collection.workspace == workspace {
            return Ok(collection);
        }
        let from = collection.workspace;
        collection.workspace = workspace;
        entry.tx.collections().update(&collection).await?;
        let activity = of_collection(actor, Action::Move, &collection, entry.now);
        entry.tell(vec![moved(activity, from, &place)]).await?;
        entry.finish().await?;
        Ok(collection)
    }

    /// Puts a document in the place of a collection's own. An equal document changes nothing and tells nothing. `expected`: the
    /// version that the writer has seen, where it matters.
    pub async fn replace_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        mut document: Document,
        expected: Option<i64>,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        let collection = entry.collection_to_change(actor, id, expected).await?;
        let old = entry.document(&collection).await?;
        document.adopt_ids(&old);
        entry.save(actor, collection, &old, document, None).await
    }

    /// Changes a collection's document in place: an item of it, or what it says of itself.
    pub async fn edit_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        expected: Option<i64>,
        edit: impl FnOnce(&mut Document) -> Result<(), EditError> + Send,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        let collection = entry.collection_to_change(actor, id, expected).await?;
        let old = entry.document(&collection).await?;
        let mut document = old.clone();
        edit(&mut document)?;
        entry.save(actor, collection, &old, document, None).await
    }

    /// Deletes a collection, and the monitors that run it. It can be had back for a while, without its monitors.
    pub async fn delete_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let collection = found(
            entry
                .tx
                .collections()
                .get_for_update(actor.team, id)
                .await?,
            "collection",
        )?;
        entry.check_owner(actor, id.0).await?;
        entry.remove_collection(actor, &collection).await?;
        entry.finish().await
    }
}

/// Gives a document what every stored one has: ids for its items, and its own.
fn complete(journal: &Journal, document: &mut Document, id: CollectionId) {
    document.with_ids(&mut || journal.parts.random.uuid_v4());
    document.set_info(&id.to_string());
}

impl Entry<'_> {
    /// Adds a collection: its first version. `from` is the tool that it came from.
    pub(crate) async fn add(
        &mut self,
        actor: &Actor,
        workspace: WorkspaceId,
        id: CollectionId,
        mut document: Document,
        from: Option<&str>,
    ) -> Result<Collection, JournalError> {
        check_text("collection.info.name", document.name())?;
        complete(self.journal, &mut document, id);
        let collection = Collection {
            id,
            team: actor.team,
            workspace,
            owner: actor.user,
            name: document.name().to_owned(),
            version: 1,
            hash: self.tx.blobs().put(&document.to_bytes()).await?,
            created_at: self.now,
            updated_at: self.now,
        };
        self.tx.collections().insert(&collection).await?;
        self.version(actor, &collection).await?;
        let mut activity = of_collection(actor, Action::Create, &collection, self.now);
        if let Some(from) = from {
            activity = imported(activity, from);
        }
        let saved = Saved::of(actor, std::slice::from_ref(&activity));
        self.tell(vec![activity]).await?;
        self.backup(&collection, document, saved).await?;
        Ok(collection)
    }

    /// A collection, locked, that is still at the version that its writer has seen.
    async fn collection_to_change(
        &mut self,
        actor: &Actor,
        id: CollectionId,
        expected: Option<i64>,
    ) -> Result<Collection, JournalError> {
        let found_one = self.tx.collections().get_for_update(actor.team, id).await?;
        let collection = found(found_one, "collection")?;
        self.check_owner(actor, id.0).await?;
        match expected {
            Some(seen) if seen != collection.version => Err(JournalError::Outdated {
                seen,
                current: collection.version,
            }),
            _ => Ok(collection),
        }
    }

    /// Makes a document the collection's next version, and ends the verb.
    async fn save(
        mut self,
        actor: &Actor,
        collection: Collection,
        old: &Document,
        document: Document,
        told: Option<Restored<'_>>,
    ) -> Result<Collection, JournalError> {
        let saved = self.record(actor, collection, old, document, told).await?;
        self.finish().await?;
        Ok(saved)
    }

    /// Makes a document the collection's next version, if it is another one. `told` says what it is in one activity, where each change is
    /// not one of its own.
    pub(crate) async fn record(
        &mut self,
        actor: &Actor,
        mut collection: Collection,
        old: &Document,
        mut document: Document,
        told: Option<Restored<'_>>,
    ) -> Result<Collection, JournalError> {
        check_text("collection.info.name", document.name())?;
        complete(self.journal, &mut document, collection.id);
        // As values, for the order of an object's keys says nothing.
        if document == *old {
            return Ok(collection);
        }
        let bytes = document.to_bytes();
        collection.hash = self.tx.blobs().put(&bytes).await?;
        collection.version += 1;
        document.name().clone_into(&mut collection.name);
        collection.updated_at = self.now;
        self.tx.collections().update(&collection).await?;
        self.version(actor, &collection).await?;
        let activities = match told {
            Some(restored) => vec![restored.activity(actor, &collection, &document, self.now)],
            None => diff(old, &document)
                .changes
                .iter()
                .map(|change| of_change(actor, change, &collection, self.now))
                .collect(),
        };
        let saved = Saved::of(actor, &activities);
        self.tell(activities).await?;
        self.backup(&collection, document, saved).await?;
        Ok(collection)
    }

    /// Takes a collection away, and the monitors that run it. One that somebody else has deleted is told already.
    pub(crate) async fn remove_collection(
        &mut self,
        actor: &Actor,
        it: &Collection,
    ) -> Result<(), JournalError> {
        let mut collections = self.tx.collections();
        if collections.get_for_update(it.team, it.id).await?.is_none() {
            return Ok(());
        }
        let filter = MonitorFilter {
            collection: Some(it.id),
            ..MonitorFilter::default()
        };
        for monitor in self.tx.monitors().list(it.team, &filter).await? {
            self.remove_monitor(actor, &monitor).await?;
        }
        let mut kept = self.tx.deleted_collections();
        kept.keep(it.team, it.id, actor.user, self.now).await?;
        self.tx.collections().delete(it.team, it.id).await?;
        let activity = of_collection(actor, Action::Delete, it, self.now);
        self.tell(vec![activity]).await
    }

    /// A collection's current document.
    pub(crate) async fn document(
        &mut self,
        collection: &Collection,
    ) -> Result<Document, JournalError> {
        let bytes = self
            .tx
            .collections()
            .current_document(collection.team, collection.id)
            .await?;
        let bytes = found(bytes, "collection's document")?;
        stored(&bytes)
    }

    async fn version(
        &mut self,
        actor: &Actor,
        collection: &Collection,
    ) -> Result<(), JournalError> {
        let version = Version {
            id: VersionId(self.id()),
            collection: collection.id,
            number: collection.version,
            hash: collection.hash,
            created_by: actor.user,
            created_at: self.now,
        };
        Ok(self.tx.versions().insert(collection.team, &version).await?)
    }

    async fn backup(
        &mut self,
        collection: &Collection,
        document: Document,
        saved: Saved,
    ) -> Result<(), JournalError> {
        let workspace = self.workspace_name(collection).await?;
        let told = backup_of(collection, document, &workspace, &saved);
        self.occur(&told).await?;
        Ok(())
    }
}

impl Entry<'_> {
    /// What the workspace of a collection is called.
    pub(crate) async fn workspace_name(
        &mut self,
        collection: &Collection,
    ) -> Result<String, JournalError> {
        let mut workspaces = self.tx.workspaces();
        let workspace = workspaces
            .get(collection.team, collection.workspace)
            .await?;
        Ok(workspace.map(|it| it.name).unwrap_or_default())
    }
}

/// Who saved a collection, and what they did: what a backup says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Saved {
    pub(crate) by: String,
    pub(crate) message: String,
}

impl Saved {
    /// By this actor, who did these.
    pub(crate) fn of(actor: &Actor, activities: &[Activity]) -> Self {
        let mut message = activities
            .first()
            .map(|it| it.message.clone())
            .unwrap_or_default();
        match activities.len() {
            0 | 1 => {}
            2 => message.push_str(", and one more change"),
            all => message.push_str(&format!(", and {} more changes", all - 1)),
        }
        Self {
            by: actor.name.clone(),
            message,
        }
    }
}

/// A document as it was stored.
fn stored(bytes: &[u8]) -> Result<Document, JournalError> {
    Document::parse(bytes).map_err(|error| JournalError::Unreadable(error.to_string()))
}

/// A backup of a collection as it is now. Of those that wait for one receiver only the newest matters.
pub(crate) fn backup_of(
    collection: &Collection,
    document: Document,
    workspace: &str,
    saved: &Saved,
) -> Occurrence {
    let mut told = Occurrence::new(EventKind::CollectionBackup, collection.team)
        .within(Some(collection.workspace), Some(collection.id))
        .saying(
            payload::backup(document),
            payload::backup_detail(collection, workspace, saved),
        );
    told.coalesce = Some(collection.id.to_string());
    told
}
