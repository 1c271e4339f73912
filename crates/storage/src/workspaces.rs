//! Workspaces.

use postern_model::{TeamId, Workspace, WorkspaceId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, name, kind, description, created_by, created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO workspaces (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    GET = concat!("SELECT ", columns!(), " FROM workspaces WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM workspaces WHERE team = $1 ORDER BY id");
    UPDATE = "UPDATE workspaces SET name = $3, kind = $4, description = $5, updated_at = $6 WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM workspaces WHERE team = $1 AND id = $2";
}

/// The table of workspaces.
pub struct Workspaces<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Workspaces<'_> {
    /// Adds a workspace.
    pub async fn insert(&mut self, workspace: &Workspace) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    workspace.team,
                    workspace.id,
                    &workspace.name,
                    workspace.kind.as_str(),
                    &workspace.description,
                    workspace.created_by,
                    workspace.created_at,
                    workspace.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The workspace of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: WorkspaceId,
    ) -> Result<Option<Workspace>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(workspace)
            .transpose()
    }

    /// A team's workspaces, oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Workspace>, StorageError> {
        self.tx
            .all(&LIST, args![team])
            .await?
            .iter()
            .map(workspace)
            .collect()
    }

    /// Writes name, kind, description and time of change; whether it was there.
    pub async fn update(&mut self, workspace: &Workspace) -> Result<bool, StorageError> {
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    workspace.team,
                    workspace.id,
                    &workspace.name,
                    workspace.kind.as_str(),
                    &workspace.description,
                    workspace.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Removes a workspace with its collections, environments and monitors; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: WorkspaceId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }
}

fn workspace(row: &Row) -> Result<Workspace, StorageError> {
    Ok(Workspace {
        id: row.get("id")?,
        team: row.get("team")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        description: row.get("description")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
