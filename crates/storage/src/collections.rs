//! Collections: the record of each, and the document of its current version.

use postern_model::{Collection, CollectionId, TeamId, WorkspaceId};

use crate::argument::args;
use crate::pagination::limit;
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
            " FROM collections WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO collections (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM collections
        WHERE team = $1 AND (workspace = $2 OR $2 IS NULL) AND (name = $3 OR $3 IS NULL)
        ORDER BY id LIMIT $4 OFFSET $5");
    COUNT = "SELECT COUNT(*) AS number FROM collections
        WHERE team = $1 AND (workspace = $2 OR $2 IS NULL) AND (name = $3 OR $3 IS NULL)";
    UPDATE = "UPDATE collections SET workspace = $3, name = $4, version = $5, hash = $6, updated_at = $7
        WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM collections WHERE team = $1 AND id = $2";
}

/// Which collections of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionFilter {
    /// Only those of this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those of exactly this name.
    pub name: Option<String>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// The table of collections.
pub struct Collections<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Collections<'_> {
    /// Adds a collection; its current document must be in `blobs`.
    pub async fn insert(&mut self, collection: &Collection) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    collection.team,
                    collection.id,
                    collection.workspace,
                    collection.owner,
                    &collection.name,
                    collection.version,
                    &collection.hash,
                    collection.created_at,
                    collection.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The collection of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Collection>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(collection)
            .transpose()
    }

    /// The same, locked until the end of the unit of work: who changes a collection reads it so, and two changes at once
    /// become one after the other.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Collection>, StorageError> {
        self.tx
            .optional(&GET_FOR_UPDATE, args![team, id])
            .await?
            .as_ref()
            .map(collection)
            .transpose()
    }

    /// The bytes of the current document, as they were put.
    pub async fn current_document(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let Some(collection) = self.get(team, id).await? else {
            return Ok(None);
        };
        self.tx.blobs().get(collection.hash).await
    }

    /// A team's collections, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &CollectionFilter,
    ) -> Result<Vec<Collection>, StorageError> {
        self.tx
            .all(
                &LIST,
                args![
                    team,
                    filter.workspace,
                    &filter.name,
                    limit(filter.limit),
                    filter.offset
                ],
            )
            .await?
            .iter()
            .map(collection)
            .collect()
    }

    /// How many a filter lets through, whatever its part of the list.
    pub async fn count(
        &mut self,
        team: TeamId,
        filter: &CollectionFilter,
    ) -> Result<u64, StorageError> {
        let arguments = args![team, filter.workspace, &filter.name];
        self.tx.one(&COUNT, arguments).await?.get("number")
    }

    /// Writes workspace, name, version, hash and time of change; whether it was there.
    pub async fn update(&mut self, collection: &Collection) -> Result<bool, StorageError> {
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    collection.team,
                    collection.id,
                    collection.workspace,
                    &collection.name,
                    collection.version,
                    &collection.hash,
                    collection.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Removes a collection with its versions and its monitors; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: CollectionId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }
}

pub(crate) fn collection(row: &Row) -> Result<Collection, StorageError> {
    Ok(Collection {
        id: row.get("id")?,
        team: row.get("team")?,
        workspace: row.get("workspace")?,
        owner: row.get("owner")?,
        name: row.get("name")?,
        version: row.get("version")?,
        hash: row.get("hash")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
