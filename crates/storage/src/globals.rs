//! The global variables of workspaces. They are sealed whole, as environments are.

use postern_model::{TeamId, Timestamp, WorkspaceId};
use serde_json::Value;

use crate::argument::args;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// What the sealed values are bound to.
const VALUES: &str = "globals.values";

statements! {
    GET = "SELECT sealed_values FROM globals WHERE team = $1 AND workspace = $2";
    PUT = "INSERT INTO globals (team, workspace, sealed_values, updated_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (team, workspace) DO UPDATE SET sealed_values = excluded.sealed_values, updated_at = excluded.updated_at";
}

/// The table of global variables.
pub struct Globals<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Globals<'_> {
    /// A workspace's global variables, if it has ever had any.
    pub async fn get(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
    ) -> Result<Option<Value>, StorageError> {
        let Some(row) = self.tx.optional(&GET, args![team, workspace]).await? else {
            return Ok(None);
        };
        let sealed: Vec<u8> = row.get("sealed_values")?;
        let values = self.tx.unseal(VALUES, workspace.0, &sealed)?;
        serde_json::from_slice(&values)
            .map(Some)
            .map_err(|error| row.inconsistent("sealed_values", error.to_string()))
    }

    /// Puts these in their place.
    pub async fn put(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
        values: &Value,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let values = json("global variables", values)?;
        let sealed = self.tx.seal(VALUES, workspace.0, values.as_bytes());
        self.tx
            .execute(&PUT, args![team, workspace, &sealed, now])
            .await?;
        Ok(())
    }
}
