//! A collection as it was: to a version, one item of it to a version, or back from the dead.

use postern_collection::{Document, ItemKind};
use postern_model::{Collection, CollectionId, WorkspaceId};

use super::{Entry, Saved, found, stored};
use crate::activity::Restored;
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Makes a collection, or one item of it, what it was in a version. That is a change like any other: the next version.
    pub async fn restore_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        version: i64,
        item: Option<(ItemKind, &str)>,
        expected: Option<i64>,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        let collection = entry.collection_to_change(actor, id, expected).await?;
        let was = entry.document_of(&collection, version).await?;
        let old = entry.document(&collection).await?;
        let document = match item {
            None => was,
            Some((kind, id)) => {
                let mut document = old.clone();
                document.restore(kind, id, &was)?;
                document
            }
        };
        let told = Restored { version, item };
        entry
            .save(actor, collection, &old, document, Some(told))
            .await
    }

    /// Gives back a collection that was deleted, with its id and its versions: where it lay, or in this workspace.
    pub async fn give_back_collection(
        &self,
        actor: &Actor,
        id: CollectionId,
        workspace: WorkspaceId,
    ) -> Result<Collection, JournalError> {
        let mut entry = self.entry().await?;
        found(
            entry
                .tx
                .deleted_collections()
                .get_for_update(actor.team, id)
                .await?,
            "deleted collection",
        )?;
        found(
            entry.tx.workspaces().get(actor.team, workspace).await?,
            "workspace",
        )?;
        entry.put_back(actor, id, workspace, None).await
    }
}

impl Entry<'_> {
    /// Puts a deleted collection back, and with it a document that is its next version.
    pub(super) async fn put_back(
        mut self,
        actor: &Actor,
        id: CollectionId,
        workspace: WorkspaceId,
        document: Option<Document>,
    ) -> Result<Collection, JournalError> {
        let mut deleted = self.tx.deleted_collections();
        deleted.give_back(actor.team, id, workspace).await?;
        let collection = self.tx.collections().get(actor.team, id).await?;
        let collection = found(collection, "collection")?;
        let old = self.document(&collection).await?;
        let told = Restored {
            version: collection.version,
            item: None,
        };
        let activity = told.activity(actor, &collection, &old, self.now);
        let saved = Saved::of(actor, std::slice::from_ref(&activity));
        self.tell(vec![activity]).await?;
        if let Some(mut document) = document {
            document.adopt_ids(&old);
            super::complete(self.journal, &mut document, id);
            if document != old {
                return self.save(actor, collection, &old, document, None).await;
            }
        }
        self.backup(&collection, old, saved).await?;
        self.finish().await?;
        Ok(collection)
    }

    /// A collection's document in one of its versions.
    async fn document_of(
        &mut self,
        collection: &Collection,
        version: i64,
    ) -> Result<Document, JournalError> {
        let (team, id) = (collection.team, collection.id);
        let version = found(self.tx.versions().get(team, id, version).await?, "version")?;
        let bytes = found(
            self.tx.blobs().get(version.hash).await?,
            "version's document",
        )?;
        stored(&bytes)
    }
}
