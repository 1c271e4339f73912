//! Who belongs to which workspace, and which workspaces are closed.

use postern_model::{Role, TeamId, Timestamp, UserId, WorkspaceId, WorkspaceMember};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO workspace_members (team, workspace, user_id, role, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (team, workspace, user_id) DO UPDATE SET role = excluded.role";
    REMOVE = "DELETE FROM workspace_members WHERE team = $1 AND workspace = $2 AND user_id = $3";
    REMOVE_OF = "DELETE FROM workspace_members WHERE team = $1 AND user_id = $2";
    LIST = "SELECT workspace, user_id, role FROM workspace_members WHERE team = $1 AND workspace = $2 ORDER BY user_id";
    OF_USER = "SELECT workspace, user_id, role FROM workspace_members WHERE team = $1 AND user_id = $2";
    CLOSED = "SELECT id AS workspace FROM workspaces WHERE team = $1 AND kind IN ('personal', 'private')
        UNION SELECT workspace FROM closed_places WHERE team = $1";
    IS_CLOSED = "SELECT id AS workspace FROM workspaces WHERE team = $1 AND id = $2 AND kind IN ('personal', 'private')";
    CLOSE = "INSERT INTO closed_places (team, workspace) VALUES ($1, $2) ON CONFLICT (team, workspace) DO NOTHING";
}

/// The table of workspaces' members.
pub struct WorkspaceMembers<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl WorkspaceMembers<'_> {
    /// Lets a user in, or changes what the user may do there.
    pub async fn put(
        &mut self,
        team: TeamId,
        member: WorkspaceMember,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let role = member.role.as_str();
        self.tx
            .execute(&PUT, args![team, member.workspace, member.user, role, now])
            .await?;
        Ok(())
    }

    /// Takes a user out of a workspace; whether the user was in it.
    pub async fn remove(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
        user: UserId,
    ) -> Result<bool, StorageError> {
        Ok(self
            .tx
            .execute(&REMOVE, args![team, workspace, user])
            .await?
            > 0)
    }

    /// Takes a user out of all workspaces of a team.
    pub async fn remove_of(&mut self, team: TeamId, user: UserId) -> Result<(), StorageError> {
        self.tx.execute(&REMOVE_OF, args![team, user]).await?;
        Ok(())
    }

    /// The members of a workspace, by user id.
    pub async fn list(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
    ) -> Result<Vec<WorkspaceMember>, StorageError> {
        let rows = self.tx.all(&LIST, args![team, workspace]).await?;
        rows.iter().map(member).collect()
    }

    /// The workspaces that a user belongs to.
    pub async fn of_user(
        &mut self,
        team: TeamId,
        user: UserId,
    ) -> Result<Vec<WorkspaceMember>, StorageError> {
        let rows = self.tx.all(&OF_USER, args![team, user]).await?;
        rows.iter().map(member).collect()
    }

    /// The workspaces that only their members may enter, also those that are gone.
    pub async fn closed(&mut self, team: TeamId) -> Result<Vec<WorkspaceId>, StorageError> {
        let rows = self.tx.all(&CLOSED, args![team]).await?;
        rows.iter().map(|row| row.get("workspace")).collect()
    }

    /// Whether only its members may enter this workspace, which is there.
    pub async fn is_closed(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
    ) -> Result<bool, StorageError> {
        let row = self.tx.optional(&IS_CLOSED, args![team, workspace]).await?;
        Ok(row.is_some())
    }

    /// Keeps what was done in a workspace closed, which is about to be deleted.
    pub async fn keep_closed(
        &mut self,
        team: TeamId,
        workspace: WorkspaceId,
    ) -> Result<(), StorageError> {
        self.tx.execute(&CLOSE, args![team, workspace]).await?;
        Ok(())
    }
}

fn member(row: &Row) -> Result<WorkspaceMember, StorageError> {
    Ok(WorkspaceMember {
        workspace: row.get("workspace")?,
        user: row.get("user_id")?,
        role: row.get::<Role>("role")?,
    })
}
