//! Environments. The whole document is sealed, so that no secret value can be forgotten.

use postern_model::{Environment, EnvironmentId, TeamId, WorkspaceId};

use crate::argument::args;
use crate::pagination::limit;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// What the sealed documents are bound to.
const DOCUMENT: &str = "environments.document";

macro_rules! columns {
    () => {
        "team, id, workspace, owner, name, sealed_document, created_at, updated_at"
    };
}

macro_rules! get {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM environments WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO environments (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM environments
        WHERE team = $1 AND (workspace = $2 OR $2 IS NULL)
        ORDER BY id LIMIT $3 OFFSET $4");
    UPDATE = "UPDATE environments SET workspace = $3, name = $4, sealed_document = $5, updated_at = $6
        WHERE team = $1 AND id = $2";
    LEAVE_MONITORS = "UPDATE monitors SET environment = NULL WHERE team = $1 AND environment = $2";
    DELETE = "DELETE FROM environments WHERE team = $1 AND id = $2";
}

/// Which environments of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvironmentFilter {
    /// Only those of this workspace.
    pub workspace: Option<WorkspaceId>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// The table of environments.
pub struct Environments<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Environments<'_> {
    /// Adds an environment.
    pub async fn insert(&mut self, environment: &Environment) -> Result<(), StorageError> {
        let sealed = self.seal(environment)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    environment.team,
                    environment.id,
                    environment.workspace,
                    environment.owner,
                    &environment.name,
                    &sealed,
                    environment.created_at,
                    environment.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The environment of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: EnvironmentId,
    ) -> Result<Option<Environment>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.environment(&row)).transpose()
    }

    /// The same, locked until the end of the unit of work.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: EnvironmentId,
    ) -> Result<Option<Environment>, StorageError> {
        let row = self.tx.optional(&GET_FOR_UPDATE, args![team, id]).await?;
        row.map(|row| self.environment(&row)).transpose()
    }

    /// A team's environments, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &EnvironmentFilter,
    ) -> Result<Vec<Environment>, StorageError> {
        let rows = self
            .tx
            .all(
                &LIST,
                args![team, filter.workspace, limit(filter.limit), filter.offset],
            )
            .await?;
        rows.iter().map(|row| self.environment(row)).collect()
    }

    /// Writes workspace, name, document and time of change; whether it was there.
    pub async fn update(&mut self, environment: &Environment) -> Result<bool, StorageError> {
        let sealed = self.seal(environment)?;
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    environment.team,
                    environment.id,
                    environment.workspace,
                    &environment.name,
                    &sealed,
                    environment.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Removes an environment, also from the monitors that use it; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: EnvironmentId) -> Result<bool, StorageError> {
        self.tx.execute(&LEAVE_MONITORS, args![team, id]).await?;
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }
}

impl Environments<'_> {
    fn seal(&self, environment: &Environment) -> Result<Vec<u8>, StorageError> {
        let document = json("an environment", &environment.document)?;
        Ok(self
            .tx
            .seal(DOCUMENT, environment.id.0, document.as_bytes()))
    }

    fn environment(&self, row: &Row) -> Result<Environment, StorageError> {
        let id: EnvironmentId = row.get("id")?;
        let sealed: Vec<u8> = row.get("sealed_document")?;
        let document = self.tx.unseal(DOCUMENT, id.0, &sealed)?;
        Ok(Environment {
            id,
            team: row.get("team")?,
            workspace: row.get("workspace")?,
            owner: row.get("owner")?,
            name: row.get("name")?,
            document: serde_json::from_slice(&document)
                .map_err(|error| row.inconsistent("sealed_document", error.to_string()))?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
