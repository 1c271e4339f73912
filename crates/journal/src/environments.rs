//! Verbs on environments.

mod forks;

use postern_collection::EnvironmentDocument;
use postern_model::{Action, Environment, EnvironmentId, Model, WorkspaceId};
use serde_json::Value;

use crate::activity::{Changed, Thing, imported};
use crate::entry::{Entry, check_text, found, touched};
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Makes an environment of a document.
    pub async fn create_environment(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        document: EnvironmentDocument,
    ) -> Result<Environment, JournalError> {
        check_text("environment.name", document.name())?;
        let mut entry = self.entry().await?;
        found(
            entry.tx.workspaces().get(actor.team, workspace).await?,
            "workspace",
        )?;
        let environment = entry
            .add_environment(actor, workspace, document, None)
            .await?;
        entry.finish().await?;
        Ok(environment)
    }

    /// Puts a document in the place of an environment's own. An equal one changes nothing and tells nothing.
    pub async fn replace_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
        document: EnvironmentDocument,
    ) -> Result<Environment, JournalError> {
        check_text("environment.name", document.name())?;
        let mut entry = self.entry().await?;
        let environment = entry.tx.environments().get(actor.team, id).await?;
        let environment = found(environment, "environment")?;
        entry.check_owner(actor, id.0).await?;
        let changed = entry.put_environment(actor, environment, document).await?;
        entry.finish().await?;
        Ok(changed)
    }

    /// Puts an environment into another workspace.
    pub async fn move_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
        workspace: WorkspaceId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let there = entry.tx.environments().get(actor.team, id).await?;
        let mut environment = found(there, "environment")?;
        entry.check_owner(actor, id.0).await?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        let place = found(place, "workspace")?;
        let from = std::mem::replace(&mut environment.workspace, workspace);
        if from == workspace {
            return Ok(());
        }
        let there = entry.tx.environments().update(&environment).await?;
        touched(there, "environment")?;
        let activity = thing(&environment).was_moved(actor, from, &place, entry.now);
        entry.tell(vec![activity]).await?;
        entry.finish().await
    }

    /// Deletes an environment. Monitors that use it run without one from now on.
    pub async fn delete_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let environment = found(
            entry.tx.environments().get(actor.team, id).await?,
            "environment",
        )?;
        entry.check_owner(actor, id.0).await?;
        touched(
            entry.remove_environment(actor, &environment).await?,
            "environment",
        )?;
        entry.finish().await
    }
}

impl Entry<'_> {
    /// Puts a document in the place of an environment's own, where it is another.
    pub(crate) async fn put_environment(
        &mut self,
        actor: &Actor,
        before: Environment,
        document: EnvironmentDocument,
    ) -> Result<Environment, JournalError> {
        check_text("environment.name", document.name())?;
        if *document.value() == before.document {
            return Ok(before);
        }
        let environment = Environment {
            name: document.name().to_owned(),
            document: document.into_value(),
            updated_at: self.now,
            ..before.clone()
        };
        let there = self.tx.environments().update(&environment).await?;
        touched(there, "environment")?;
        let changed = Changed {
            renamed_from: (before.name != environment.name).then_some(&before.name),
            otherwise: nameless(&before) != nameless(&environment),
            ..Changed::default()
        };
        let activities = thing(&environment).was_changed(actor, changed, self.now);
        self.tell(activities).await?;
        Ok(environment)
    }

    /// Adds an environment. `from` is the tool that it came from.
    pub(crate) async fn add_environment(
        &mut self,
        actor: &Actor,
        workspace: WorkspaceId,
        document: EnvironmentDocument,
        from: Option<&str>,
    ) -> Result<Environment, JournalError> {
        check_text("environment.name", document.name())?;
        let environment = Environment {
            id: EnvironmentId(self.id()),
            team: actor.team,
            workspace,
            owner: actor.user,
            name: document.name().to_owned(),
            document: document.into_value(),
            created_at: self.now,
            updated_at: self.now,
        };
        self.tx.environments().insert(&environment).await?;
        let mut activity = thing(&environment).was(actor, Action::Create, self.now);
        if let Some(from) = from {
            activity = imported(activity, from);
        }
        self.tell(vec![activity]).await?;
        Ok(environment)
    }

    /// Takes an environment away, if it is still there; whether it was.
    pub(crate) async fn remove_environment(
        &mut self,
        actor: &Actor,
        it: &Environment,
    ) -> Result<bool, JournalError> {
        if !self.tx.environments().delete(it.team, it.id).await? {
            return Ok(false);
        }
        let activity = thing(it).was(actor, Action::Delete, self.now);
        self.tell(vec![activity]).await?;
        Ok(true)
    }
}

/// All of a document but its name.
fn nameless(environment: &Environment) -> Value {
    let mut document = environment.document.clone();
    if let Some(fields) = document.as_object_mut() {
        fields.shift_remove("name");
    }
    document
}

fn thing(environment: &Environment) -> Thing<'_> {
    Thing {
        model: Model::Environment,
        name: &environment.name,
        uid: environment.uid().to_string(),
        workspace: Some(environment.workspace),
    }
}
