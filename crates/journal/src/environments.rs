//! Verbs on environments.

use postern_collection::EnvironmentDocument;
use postern_model::{Action, Environment, EnvironmentId, Model, WorkspaceId};

use crate::activity::of_thing;
use crate::entry::{Entry, found};
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Makes an environment of a document.
    pub async fn create_environment(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        document: EnvironmentDocument,
    ) -> Result<Environment, JournalError> {
        let mut entry = self.entry().await?;
        found(
            entry.tx.workspaces().get(actor.team, workspace).await?,
            "workspace",
        )?;
        let environment = Environment {
            id: EnvironmentId::new(entry.now, self.random.as_ref()),
            team: actor.team,
            workspace,
            owner: actor.user,
            name: document.name().to_owned(),
            document: document.into_value(),
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.environments().insert(&environment).await?;
        entry
            .environment(actor, Action::Create, &environment)
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
        let mut entry = self.entry().await?;
        let mut environment = found(
            entry.tx.environments().get(actor.team, id).await?,
            "environment",
        )?;
        if *document.value() == environment.document {
            return Ok(environment);
        }
        document.name().clone_into(&mut environment.name);
        environment.document = document.into_value();
        environment.updated_at = entry.now;
        entry.tx.environments().update(&environment).await?;
        entry
            .environment(actor, Action::Update, &environment)
            .await?;
        entry.finish().await?;
        Ok(environment)
    }

    /// Deletes an environment. Monitors that use it can't run until they have another.
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
        entry.tx.environments().delete(actor.team, id).await?;
        entry
            .environment(actor, Action::Delete, &environment)
            .await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn environment(
        &mut self,
        actor: &Actor,
        action: Action,
        it: &Environment,
    ) -> Result<(), JournalError> {
        let thing = (Model::Environment, it.name.as_str(), it.uid().to_string());
        let activity = of_thing(actor, action, thing, Some(it.workspace), self.now);
        self.tell(vec![activity]).await
    }
}
