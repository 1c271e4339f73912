//! Verbs on the global variables of workspaces.

use postern_model::{Action, Model, WorkspaceId};
use serde_json::Value;

use crate::activity::Thing;
use crate::entry::{Entry, found};
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Gives a workspace these global variables. Equal ones change nothing and tell nothing.
    pub async fn replace_globals(
        &self,
        actor: &Actor,
        id: WorkspaceId,
        values: &Value,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        entry.put_globals(actor, id, values).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    /// Gives a workspace these global variables, where it has others.
    pub(crate) async fn put_globals(
        &mut self,
        actor: &Actor,
        id: WorkspaceId,
        values: &Value,
    ) -> Result<(), JournalError> {
        let workspace = self.tx.workspaces().get(actor.team, id).await?;
        let workspace = found(workspace, "workspace")?;
        let before = self.tx.globals().get(actor.team, id).await?;
        if before.as_ref() == Some(values) {
            return Ok(());
        }
        let now = self.now;
        self.tx.globals().put(actor.team, id, values, now).await?;
        let thing = Thing {
            model: Model::Globals,
            name: &workspace.name,
            uid: workspace.id.to_string(),
            workspace: Some(workspace.id),
        };
        let activity = thing.was(actor, Action::Update, now);
        self.tell(vec![activity]).await
    }
}
