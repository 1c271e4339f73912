//! Versions: the immutable states of collections.

use postern_model::{CollectionId, TeamId, Version};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "id, collection, number, hash, created_by, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO versions (team, ", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)");
    GET = concat!("SELECT ", columns!(), " FROM versions WHERE team = $1 AND collection = $2 AND number = $3");
    LIST = concat!("SELECT ", columns!(), " FROM versions
        WHERE team = $1 AND collection = $2
            AND (number < (SELECT number FROM versions WHERE team = $1 AND id = $3) OR $3 IS NULL)
        ORDER BY number DESC LIMIT $4");
}

/// The table of versions.
pub struct Versions<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Versions<'_> {
    /// Adds a version; its document must be in `blobs`.
    pub async fn insert(&mut self, team: TeamId, version: &Version) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    team,
                    version.id,
                    version.collection,
                    version.number,
                    &version.hash,
                    version.created_by,
                    version.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// A collection's version of this number.
    pub async fn get(
        &mut self,
        team: TeamId,
        collection: CollectionId,
        number: i64,
    ) -> Result<Option<Version>, StorageError> {
        self.tx
            .optional(&GET, args![team, collection, number])
            .await?
            .as_ref()
            .map(version)
            .transpose()
    }

    /// A collection's versions, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        collection: CollectionId,
        page: PageRequest,
    ) -> Result<Page<Version>, StorageError> {
        let rows = self
            .tx
            .all(&LIST, args![team, collection, page.after, page.rows()])
            .await?;
        let versions = rows.iter().map(version).collect::<Result<_, _>>()?;
        Ok(page.page(versions, |version| version.id.0))
    }
}

fn version(row: &Row) -> Result<Version, StorageError> {
    Ok(Version {
        id: row.get("id")?,
        collection: row.get("collection")?,
        number: row.get("number")?,
        hash: row.get("hash")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
    })
}
