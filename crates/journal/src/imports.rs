//! The verb that takes in what other tools keep.

use std::collections::HashSet;

use postern_collection::Imported;
use postern_model::{Collection, CollectionId, Environment, WorkspaceId};
use serde_json::Value;

use crate::entry::found;
use crate::{Actor, Journal, JournalError};

/// What an import has made.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// The collections.
    pub collections: Vec<Collection>,
    /// The environments.
    pub environments: Vec<Environment>,
    /// How many global variables the workspace has more, or otherwise than before.
    pub globals: usize,
}

impl Journal {
    /// Takes in what was imported, all of it or nothing. Collections keep their own ids where these are free; global variables are
    /// added to those of the workspace.
    pub async fn import(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        imported: Imported,
    ) -> Result<Arrived, JournalError> {
        let from = Some(imported.format.as_str());
        let mut entry = self.entry().await?;
        let team = actor.team;
        let place = entry.tx.workspaces().get(team, workspace).await?;
        found(place, "workspace")?;
        let mut arrived = Arrived {
            collections: Vec::with_capacity(imported.collections.len()),
            environments: Vec::with_capacity(imported.environments.len()),
            globals: 0,
        };
        let mut taken = HashSet::new();
        for mut document in imported.collections {
            let own = document.info_id().and_then(|id| id.parse().ok());
            let mut id = own.map(CollectionId).filter(|id| taken.insert(*id));
            if let Some(own) = id {
                let there = entry.tx.collections().get(team, own).await?.is_some();
                let deleted = entry.tx.deleted_collections().get(team, own).await?;
                if there || deleted.is_some() {
                    id = None;
                }
            }
            if id.is_none() {
                // Beside another of the same ids it is a copy.
                document.forget_ids();
            }
            let id = id.unwrap_or_else(|| CollectionId(entry.id()));
            let made = entry.add(actor, workspace, id, document, from).await?;
            arrived.collections.push(made);
        }
        for document in imported.environments {
            let made = entry.add_environment(actor, workspace, document, from);
            arrived.environments.push(made.await?);
        }
        if !imported.globals.is_empty() {
            let before = entry.tx.globals().get(team, workspace).await?;
            let before = before.unwrap_or_else(|| Value::Array(Vec::new()));
            let (values, changed) = merged(&before, imported.globals);
            arrived.globals = changed;
            entry.put_globals(actor, workspace, &values).await?;
        }
        entry.finish().await?;
        Ok(arrived)
    }
}

/// Variables with others added; of two with one key the new one stays. And how many that changed.
fn merged(before: &Value, new: Vec<Value>) -> (Value, usize) {
    let mut all = before.as_array().cloned().unwrap_or_default();
    let mut changed = 0;
    for variable in new {
        let same = |it: &&mut Value| it.get("key") == variable.get("key");
        match all.iter_mut().find(same) {
            Some(old) if *old == variable => continue,
            Some(old) => *old = variable,
            None => all.push(variable),
        }
        changed += 1;
    }
    (all.into(), changed)
}
