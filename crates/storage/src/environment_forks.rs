//! Forks of environments. What a fork grew from is sealed, as the environments are.

use postern_model::{EnvironmentFork, EnvironmentId, TeamId};
use serde_json::Value;

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// What the sealed documents are bound to.
const BASE: &str = "environment_forks.base";

macro_rules! columns {
    () => {
        "team, fork, source, label, sealed_base, created_by, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO environment_forks (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)");
    GET = concat!("SELECT ", columns!(), " FROM environment_forks WHERE team = $1 AND fork = $2");
    OF_SOURCE = concat!("SELECT ", columns!(), " FROM environment_forks
        WHERE team = $1 AND source = $2 ORDER BY created_at, fork");
    SET_BASE = "UPDATE environment_forks SET sealed_base = $3 WHERE team = $1 AND fork = $2";
}

/// The table of environments' forks.
pub struct EnvironmentForks<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl EnvironmentForks<'_> {
    /// Adds a fork; its environment must be there.
    pub async fn insert(&mut self, fork: &EnvironmentFork) -> Result<(), StorageError> {
        let sealed = self.seal(fork.fork, &fork.base)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    fork.team,
                    fork.fork,
                    fork.source,
                    &fork.label,
                    &sealed,
                    fork.created_by,
                    fork.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// What the environment of this id grew from, if from another.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: EnvironmentId,
    ) -> Result<Option<EnvironmentFork>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.fork(&row)).transpose()
    }

    /// The forks of an environment, the oldest first.
    pub async fn of_source(
        &mut self,
        team: TeamId,
        source: EnvironmentId,
    ) -> Result<Vec<EnvironmentFork>, StorageError> {
        let rows = self.tx.all(&OF_SOURCE, args![team, source]).await?;
        rows.iter().map(|row| self.fork(row)).collect()
    }

    /// Notes the document that both have now.
    pub async fn set_base(
        &mut self,
        team: TeamId,
        fork: EnvironmentId,
        base: &Value,
    ) -> Result<(), StorageError> {
        let sealed = self.seal(fork, base)?;
        let args = args![team, fork, &sealed];
        self.tx.execute(&SET_BASE, args).await?;
        Ok(())
    }

    fn seal(&self, fork: EnvironmentId, base: &Value) -> Result<Vec<u8>, StorageError> {
        let base = json("a fork's base", base)?;
        Ok(self.tx.seal(BASE, fork.0, base.as_bytes()))
    }

    fn fork(&self, row: &Row) -> Result<EnvironmentFork, StorageError> {
        let id: EnvironmentId = row.get("fork")?;
        let sealed: Vec<u8> = row.get("sealed_base")?;
        let base = self.tx.unseal(BASE, id.0, &sealed)?;
        Ok(EnvironmentFork {
            team: row.get("team")?,
            fork: id,
            source: row.get("source")?,
            label: row.get("label")?,
            base: serde_json::from_slice(&base)
                .map_err(|error| row.inconsistent("sealed_base", error.to_string()))?,
            created_by: row.get("created_by")?,
            created_at: row.get("created_at")?,
        })
    }
}
