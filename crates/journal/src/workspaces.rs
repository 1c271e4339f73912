//! Verbs on workspaces.

use postern_model::{Action, Model, Role, Workspace, WorkspaceId, WorkspaceKind, WorkspaceMember};
use postern_storage::{CollectionFilter, EnvironmentFilter, MonitorFilter};

use crate::activity::{Changed, Thing};
use crate::entry::{Entry, check_name, check_text, found, touched};
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
        check_text("workspace.description", &new.description)?;
        let mut entry = self.entry().await?;
        let workspace = Workspace {
            id: WorkspaceId(entry.id()),
            team: actor.team,
            name: new.name,
            kind: new.kind,
            description: new.description,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.workspaces().insert(&workspace).await?;
        if workspace.kind.is_closed() {
            entry.lets_in(actor, workspace.id).await?;
        }
        let activity = thing(&workspace).was(actor, Action::Create, entry.now);
        entry.tell(vec![activity]).await?;
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
        check_text("workspace.description", &new.description)?;
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
        touched(entry.tx.workspaces().update(&workspace).await?, "workspace")?;
        if workspace.kind.is_closed() && !before.kind.is_closed() {
            entry.lets_in(actor, workspace.id).await?;
        }
        if workspace.kind != before.kind {
            entry.changes_people();
        }
        let changed = Changed {
            renamed_from: (before.name != workspace.name).then_some(&before.name),
            otherwise: (before.kind, &before.description)
                != (workspace.kind, &workspace.description),
            ..Changed::default()
        };
        let activities = thing(&workspace).was_changed(actor, changed, entry.now);
        entry.tell(activities).await?;
        entry.finish().await?;
        Ok(workspace)
    }

    /// Deletes a workspace with all that lies in it, and tells of each thing.
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
        let filter = MonitorFilter {
            workspace: Some(id),
            ..MonitorFilter::default()
        };
        for monitor in entry.tx.monitors().list(actor.team, &filter).await? {
            entry.remove_monitor(actor, &monitor).await?;
        }
        let filter = CollectionFilter {
            workspace: Some(id),
            ..CollectionFilter::default()
        };
        for collection in entry.tx.collections().list(actor.team, &filter).await? {
            entry.remove_collection(actor, &collection).await?;
        }
        let filter = EnvironmentFilter {
            workspace: Some(id),
            ..EnvironmentFilter::default()
        };
        for environment in entry.tx.environments().list(actor.team, &filter).await? {
            entry.remove_environment(actor, &environment).await?;
        }
        // Asked while it is there; its own deletion is told below.
        entry.is_closed(actor.team, Some(id)).await?;
        if workspace.kind.is_closed() {
            let mut members = entry.tx.workspace_members();
            members.keep_closed(actor.team, id).await?;
            entry.changes_people();
        }
        touched(
            entry.tx.workspaces().delete(actor.team, id).await?,
            "workspace",
        )?;
        let activity = thing(&workspace).was(actor, Action::Delete, entry.now);
        entry.tell(vec![activity]).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    /// Whoever closes a workspace is in it.
    async fn lets_in(&mut self, actor: &Actor, workspace: WorkspaceId) -> Result<(), JournalError> {
        let member = WorkspaceMember {
            workspace,
            user: actor.user,
            role: Role::Admin,
        };
        let mut members = self.tx.workspace_members();
        members.put(actor.team, member, self.now).await?;
        self.changes_people();
        Ok(())
    }
}

fn thing(workspace: &Workspace) -> Thing<'_> {
    Thing {
        model: Model::Workspace,
        name: &workspace.name,
        uid: workspace.id.to_string(),
        workspace: Some(workspace.id),
    }
}
