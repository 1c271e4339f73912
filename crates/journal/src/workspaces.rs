//! Verbs on workspaces.

use postern_model::{Action, Model, Workspace, WorkspaceId, WorkspaceKind};

use crate::activity::of_thing;
use crate::entry::{Entry, check_name, found};
use crate::{Actor, Journal, JournalError};

/// A workspace as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    /// What people call it.
    pub name: String,
    /// Who may see it.
    pub kind: WorkspaceKind,
    /// What it is for.
    pub description: String,
}

impl Journal {
    /// Makes a workspace.
    pub async fn create_workspace(
        &self,
        actor: &Actor,
        new: NewWorkspace,
    ) -> Result<Workspace, JournalError> {
        check_name("workspace.name", &new.name)?;
        let mut entry = self.entry().await?;
        let workspace = Workspace {
            id: WorkspaceId(entry.ids(1)[0]),
            team: actor.team,
            name: new.name,
            kind: new.kind,
            description: new.description,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.workspaces().insert(&workspace).await?;
        entry.workspace(actor, Action::Create, &workspace).await?;
        entry.finish().await?;
        Ok(workspace)
    }

    /// Changes a workspace.
    pub async fn update_workspace(
        &self,
        actor: &Actor,
        id: WorkspaceId,
        new: NewWorkspace,
    ) -> Result<Workspace, JournalError> {
        check_name("workspace.name", &new.name)?;
        let mut entry = self.entry().await?;
        let before = found(
            entry.tx.workspaces().get(actor.team, id).await?,
            "workspace",
        )?;
        let mut workspace = Workspace {
            name: new.name,
            kind: new.kind,
            description: new.description,
            ..before.clone()
        };
        if workspace == before {
            return Ok(workspace);
        }
        workspace.updated_at = entry.now;
        entry.tx.workspaces().update(&workspace).await?;
        entry.workspace(actor, Action::Update, &workspace).await?;
        entry.finish().await?;
        Ok(workspace)
    }

    /// Deletes a workspace with all that lies in it.
    pub async fn delete_workspace(
        &self,
        actor: &Actor,
        id: WorkspaceId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let workspace = found(
            entry.tx.workspaces().get(actor.team, id).await?,
            "workspace",
        )?;
        entry.workspace(actor, Action::Delete, &workspace).await?;
        entry.tx.workspaces().delete(actor.team, id).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn workspace(
        &mut self,
        actor: &Actor,
        action: Action,
        it: &Workspace,
    ) -> Result<(), JournalError> {
        let thing = (Model::Workspace, it.name.as_str(), it.id.to_string());
        let activity = of_thing(actor, action, thing, Some(it.id), self.now);
        self.tell(vec![activity]).await
    }
}
