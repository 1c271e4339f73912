//! Forks: collections that grew from another.

use postern_model::{CollectionId, ContentHash, Fork, TeamId, UserId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, fork, source, source_uid, label, base, version, created_by, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO forks (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    GET = concat!("SELECT ", columns!(), " FROM forks WHERE team = $1 AND fork = $2");
    LIST = concat!("SELECT ", columns!(), " FROM forks WHERE team = $1");
    OF_SOURCE = concat!("SELECT ", columns!(), " FROM forks WHERE team = $1 AND source = $2 ORDER BY created_at, fork");
    OF_MAKER = concat!("SELECT ", columns!(), " FROM forks WHERE team = $1 AND created_by = $2 ORDER BY created_at, fork");
    SET_BASE = "UPDATE forks SET base = $3, version = $4 WHERE team = $1 AND fork = $2";
}

/// The table of forks.
pub struct Forks<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Forks<'_> {
    /// Adds a fork; its collection must be there.
    pub async fn insert(&mut self, fork: &Fork) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    fork.team,
                    fork.fork,
                    fork.source,
                    &fork.source_uid,
                    &fork.label,
                    &fork.base,
                    fork.version,
                    fork.created_by,
                    fork.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// What the collection of this id grew from, if from another.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<Option<Fork>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.as_ref().map(fork).transpose()
    }

    /// A team's forks.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Fork>, StorageError> {
        let rows = self.tx.all(&LIST, args![team]).await?;
        rows.iter().map(fork).collect()
    }

    /// The forks of a collection, the oldest first.
    pub async fn of_source(
        &mut self,
        team: TeamId,
        source: CollectionId,
    ) -> Result<Vec<Fork>, StorageError> {
        let rows = self.tx.all(&OF_SOURCE, args![team, source]).await?;
        rows.iter().map(fork).collect()
    }

    /// The forks that a user has made, the oldest first.
    pub async fn of_maker(
        &mut self,
        team: TeamId,
        user: UserId,
    ) -> Result<Vec<Fork>, StorageError> {
        let rows = self.tx.all(&OF_MAKER, args![team, user]).await?;
        rows.iter().map(fork).collect()
    }

    /// Notes the document that both have now, and which version of the source that is.
    pub async fn set_base(
        &mut self,
        team: TeamId,
        fork: CollectionId,
        base: ContentHash,
        version: i64,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&SET_BASE, args![team, fork, &base, version])
            .await?;
        Ok(())
    }
}

fn fork(row: &Row) -> Result<Fork, StorageError> {
    Ok(Fork {
        team: row.get("team")?,
        fork: row.get("fork")?,
        source: row.get("source")?,
        source_uid: row.get("source_uid")?,
        label: row.get("label")?,
        base: row.get("base")?,
        version: row.get("version")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
    })
}
