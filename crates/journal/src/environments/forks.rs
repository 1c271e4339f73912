//! Forks of environments: one grows from another, takes what has changed there, and gives back what has changed here.

use postern_collection::{EnvironmentDocument, merge_environments};
use postern_model::{Environment, EnvironmentFork, EnvironmentId, WorkspaceId};
use serde_json::Value;

use crate::entry::{Entry, check_name, found, touched};
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Makes an environment that grows from another, in a workspace.
    pub async fn fork_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
        workspace: WorkspaceId,
        label: &str,
    ) -> Result<(Environment, EnvironmentFork), JournalError> {
        check_name("forkName", label)?;
        let mut entry = self.entry().await?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        found(place, "workspace")?;
        let source = entry.tx.environments().get(actor.team, id).await?;
        let source = found(source, "environment")?;
        let document = parsed(source.document.clone())?;
        let made = entry
            .add_environment(actor, workspace, document, None)
            .await?;
        let fork = EnvironmentFork {
            team: actor.team,
            fork: made.id,
            source: id,
            label: label.trim().to_owned(),
            base: source.document,
            created_by: actor.user,
            created_at: entry.now,
        };
        entry.tx.environment_forks().insert(&fork).await?;
        entry.finish().await?;
        Ok((made, fork))
    }

    /// Has a fork take what has changed in its source since the two were last the same.
    pub async fn pull_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
    ) -> Result<Environment, JournalError> {
        let mut entry = self.entry().await?;
        let Pair { base, here, there } = entry.pair(actor, id).await?;
        entry.check_owner(actor, id.0).await?;
        let theirs = there.document.clone();
        let merged = merge_environments(
            &base,
            &parsed(here.document.clone())?,
            &parsed(there.document)?,
        )
        .map_err(|conflicts| JournalError::Merge { conflicts })?;
        let changed = entry.put_environment(actor, here, merged).await?;
        let mut forks = entry.tx.environment_forks();
        forks.set_base(actor.team, id, &theirs).await?;
        entry.finish().await?;
        Ok(changed)
    }

    /// Has the source take what has changed in a fork since the two were last the same; the fork stays as it is, or is deleted.
    pub async fn merge_environment(
        &self,
        actor: &Actor,
        id: EnvironmentId,
        goes: bool,
    ) -> Result<Environment, JournalError> {
        let mut entry = self.entry().await?;
        let Pair { base, here, there } = entry.pair(actor, id).await?;
        entry.check_owner(actor, there.id.0).await?;
        let merged = merge_environments(
            &base,
            &parsed(there.document.clone())?,
            &parsed(here.document.clone())?,
        )
        .map_err(|conflicts| JournalError::Merge { conflicts })?;
        let changed = entry.put_environment(actor, there, merged).await?;
        if goes {
            let was_there = entry.remove_environment(actor, &here).await?;
            touched(was_there, "environment")?;
        } else {
            // What both have now is what the fork is; what the source has besides is taken with the next pull.
            let mut forks = entry.tx.environment_forks();
            forks.set_base(actor.team, id, &here.document).await?;
        }
        entry.finish().await?;
        Ok(changed)
    }
}

/// A fork and its source, and what both were.
struct Pair {
    base: EnvironmentDocument,
    here: Environment,
    there: Environment,
}

impl Entry<'_> {
    async fn pair(&mut self, actor: &Actor, id: EnvironmentId) -> Result<Pair, JournalError> {
        let fork = self.tx.environment_forks().get(actor.team, id).await?;
        let fork = found(fork, "fork")?;
        // In the order of their ids, so that two of these wait for each other and not both.
        let mut environments = self.tx.environments();
        let first = id.min(fork.source);
        let first = environments.get_for_update(actor.team, first).await?;
        let second = id.max(fork.source);
        let second = environments.get_for_update(actor.team, second).await?;
        let (here, there) = if id < fork.source {
            (first, second)
        } else {
            (second, first)
        };
        Ok(Pair {
            base: parsed(fork.base)?,
            here: found(here, "fork")?,
            there: found(there, "environment")?,
        })
    }
}

fn parsed(document: Value) -> Result<EnvironmentDocument, JournalError> {
    EnvironmentDocument::from_value(document)
        .map_err(|error| JournalError::Unreadable(error.to_string()))
}
