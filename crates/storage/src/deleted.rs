//! Collections that were deleted and can be had back, with all their versions.

use postern_model::{Collection, CollectionId, TeamId, Timestamp, UserId, WorkspaceId};

use crate::argument::args;
use crate::collections::collection;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, workspace, owner, name, version, hash, created_at, updated_at"
    };
}

macro_rules! get {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            ", deleted_by, deleted_at FROM deleted_collections WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    KEEP = concat!("INSERT INTO deleted_collections (", columns!(), ", deleted_by, deleted_at)
        SELECT ", columns!(), ", CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM collections WHERE team = $1 AND id = $2");
    KEEP_VERSIONS = "INSERT INTO deleted_versions (team, collection, number, id, hash, created_by, created_at)
        SELECT team, collection, number, id, hash, created_by, created_at FROM versions WHERE team = $1 AND collection = $2";
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR UPDATE");
    LIST = concat!("SELECT ", columns!(), ", deleted_by, deleted_at FROM deleted_collections
        WHERE team = $1 ORDER BY deleted_at DESC, id LIMIT $2 OFFSET $3");
    GIVE_BACK = concat!("INSERT INTO collections (", columns!(), ")
        SELECT ", columns!(), " FROM deleted_collections WHERE team = $1 AND id = $2");
    GIVE_BACK_VERSIONS = "INSERT INTO versions (team, collection, number, id, hash, created_by, created_at)
        SELECT team, collection, number, id, hash, created_by, created_at FROM deleted_versions WHERE team = $1 AND collection = $2";
    MOVE = "UPDATE deleted_collections SET workspace = $3 WHERE team = $1 AND id = $2";
    FORGET = "DELETE FROM deleted_collections WHERE team = $1 AND id = $2";
    PURGE = "DELETE FROM deleted_collections WHERE (team, id) IN (
            SELECT team, id FROM deleted_collections WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)";
}

/// A collection that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedCollection {
    /// The collection as it was.
    pub collection: Collection,
    /// Who deleted it.
    pub deleted_by: UserId,
    /// When.
    pub deleted_at: Timestamp,
}

/// The tables of deleted collections.
pub struct DeletedCollections<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl DeletedCollections<'_> {
    /// Keeps a collection that is deleted next, with its versions.
    pub async fn keep(
        &mut self,
        team: TeamId,
        id: CollectionId,
        by: UserId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.tx.execute(&KEEP, args![team, id, by, now]).await?;
        self.tx.execute(&KEEP_VERSIONS, args![team, id]).await?;
        Ok(())
    }

    /// The deleted collection of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<DeletedCollection>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.as_ref().map(deleted).transpose()
    }

    /// The same, locked until the end of the unit of work.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<DeletedCollection>, StorageError> {
        let row = self.tx.optional(&GET_FOR_UPDATE, args![team, id]).await?;
        row.as_ref().map(deleted).transpose()
    }

    /// A team's deleted collections, the last deleted first.
    pub async fn list(
        &mut self,
        team: TeamId,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<DeletedCollection>, StorageError> {
        let rows = self.tx.all(&LIST, args![team, limit, offset]).await?;
        rows.iter().map(deleted).collect()
    }

    /// Puts a collection back, into this workspace; it is not among the deleted ones any more.
    pub async fn give_back(
        &mut self,
        team: TeamId,
        id: CollectionId,
        workspace: WorkspaceId,
    ) -> Result<(), StorageError> {
        self.tx.execute(&MOVE, args![team, id, workspace]).await?;
        self.tx.execute(&GIVE_BACK, args![team, id]).await?;
        self.tx
            .execute(&GIVE_BACK_VERSIONS, args![team, id])
            .await?;
        self.tx.execute(&FORGET, args![team, id]).await?;
        Ok(())
    }

    /// Takes away at most `limit` that were deleted before this time; how many.
    pub async fn purge(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        self.tx.execute(&PURGE, args![before, limit]).await
    }
}

fn deleted(row: &Row) -> Result<DeletedCollection, StorageError> {
    Ok(DeletedCollection {
        collection: collection(row)?,
        deleted_by: row.get("deleted_by")?,
        deleted_at: row.get("deleted_at")?,
    })
}
