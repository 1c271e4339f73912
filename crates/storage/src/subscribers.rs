//! Who wants to hear of what: a team's integrations as the fan-out sees them, kept in memory by the team's version.
//!
//! Each change to an integration makes the team's version grow within the same unit of work, so a unit of work that reads the
//! version knows whether what is kept is what is stored.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use postern_model::{
    CollectionId, EventKind, IntegrationId, IntegrationStatus, MonitorId, TeamId, WorkspaceId,
};

use crate::argument::args;
use crate::integrations::{Integrations, Subject, Subscriber, pairs, status};
use crate::rows::rows;
use crate::statement::statements;
use crate::{StorageError, Tx};

/// How many teams' integrations are kept.
const TEAMS: usize = 1_000;

statements! {
    VERSION = "SELECT integrations_version FROM teams WHERE id = $1";
    GROW = "UPDATE teams SET integrations_version = integrations_version + 1 WHERE id = $1";
    OF_TEAM = "SELECT id, event, workspace, collection, monitor, status, status_reason, options, shard FROM integrations
        WHERE team = $1 ORDER BY id";
}

rows! {
    // Shared, so that nobody resumes one between this look and the insert of its delivery, which would be held for ever.
    STATUSES = "SELECT team, id, status, status_reason FROM integrations WHERE (team, id) IN (VALUES", [2: "uuid", "uuid"], ") ORDER BY team, id"
        => ") ORDER BY team, id FOR SHARE";
}

/// What is kept in memory of each team, with the version that it was read at.
pub(crate) type Kept = std::sync::Mutex<HashMap<TeamId, (i64, Arc<Subscribers>)>>;

/// A team's integrations as the fan-out sees them.
#[derive(Debug, Default)]
pub struct Subscribers {
    all: Vec<Entry>,
    /// Those of custom events that name types without a `*` alone, by type.
    by_type: HashMap<String, Vec<usize>>,
    /// The other ones of custom events.
    by_pattern: Vec<usize>,
}

#[derive(Debug)]
struct Entry {
    event: EventKind,
    workspace: Option<WorkspaceId>,
    collection: Option<CollectionId>,
    monitor: Option<MonitorId>,
    subscriber: Subscriber,
}

impl Entry {
    /// Whether it hears what happens in a closed workspace: it names that place, or was let in everywhere.
    fn is_let_in(&self) -> bool {
        self.workspace.is_some()
            || self.collection.is_some()
            || self.monitor.is_some()
            || self.subscriber.options.closed_workspaces
    }
}

impl Subscribers {
    fn of(all: Vec<Entry>) -> Self {
        let mut subscribers = Self {
            all,
            ..Self::default()
        };
        for (index, entry) in subscribers.all.iter().enumerate() {
            if entry.event != EventKind::Custom {
                continue;
            }
            let types = &entry.subscriber.options.types;
            if types.is_empty() || types.iter().any(|text| text.contains('*')) {
                subscribers.by_pattern.push(index);
            } else {
                for text in types {
                    let named = subscribers.by_type.entry(text.clone()).or_default();
                    if named.last() != Some(&index) {
                        named.push(index);
                    }
                }
            }
        }
        subscribers
    }

    /// Those that tell events of this kind in this place, whatever their status: a paused one is owed its delivery too, held.
    pub fn matching(&self, subject: &Subject) -> Vec<&Subscriber> {
        self.all
            .iter()
            .filter(|entry| entry.event == subject.kind)
            .filter(|entry| {
                entry
                    .workspace
                    .is_none_or(|id| Some(id) == subject.workspace)
                    && entry
                        .collection
                        .is_none_or(|id| Some(id) == subject.collection)
                    && entry.monitor.is_none_or(|id| Some(id) == subject.monitor)
            })
            .filter(|entry| !subject.closed || entry.is_let_in())
            .map(|entry| &entry.subscriber)
            .collect()
    }

    /// Those for custom events that may want one of this type: all that do, and some that name a pattern which it doesn't fit.
    pub fn of_type(&self, custom_type: &str) -> Vec<&Subscriber> {
        let named = self.by_type.get(custom_type).map_or(&[][..], Vec::as_slice);
        let mut indexes = [named, &self.by_pattern].concat();
        indexes.sort_unstable();
        let entries = indexes.iter().filter_map(|&index| self.all.get(index));
        entries.map(|entry| &entry.subscriber).collect()
    }
}

impl Integrations<'_> {
    /// Who of a team wants to hear of what, as this unit of work sees it. Somebody may pause one meanwhile: then its delivery
    /// is scheduled, is not sent, and is held by the worker. See [`Integrations::settled`] for the other way round.
    pub async fn subscribers(&mut self, team: TeamId) -> Result<Arc<Subscribers>, StorageError> {
        if self.tx.changed_integrations {
            // What this unit of work has changed nobody else may see before it is committed.
            return self.read_subscribers(team).await;
        }
        let version: i64 = match self.tx.optional(&VERSION, args![team]).await? {
            Some(row) => row.get("integrations_version")?,
            None => return Ok(Arc::default()),
        };
        if let Some((at, known)) = self.kept(|kept| kept.get(&team).cloned())
            && at == version
        {
            return Ok(known);
        }
        let read = self.read_subscribers(team).await?;
        self.kept(|kept| {
            if kept.len() >= TEAMS {
                kept.clear();
            }
            kept.insert(team, (version, Arc::clone(&read)));
        });
        Ok(read)
    }

    fn kept<T>(&self, f: impl FnOnce(&mut HashMap<TeamId, (i64, Arc<Subscribers>)>) -> T) -> T {
        let kept = &self.tx.store.subscribers;
        f(&mut kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn read_subscribers(&mut self, team: TeamId) -> Result<Arc<Subscribers>, StorageError> {
        let rows = self.tx.all(&OF_TEAM, args![team]).await?;
        let all = rows
            .iter()
            .map(|row| {
                Ok(Entry {
                    event: row.get("event")?,
                    workspace: row.get("workspace")?,
                    collection: row.get("collection")?,
                    monitor: row.get("monitor")?,
                    subscriber: Subscriber {
                        id: row.get("id")?,
                        status: status(row)?,
                        options: row.json("options")?,
                        shard: row.get("shard")?,
                    },
                })
            })
            .collect::<Result<_, StorageError>>()?;
        Ok(Arc::new(Subscribers::of(all)))
    }

    /// The statuses of these integrations, which keep them until the end of the unit of work. For those that don't send:
    /// nobody resumes one before its delivery is there, to be released with the others.
    pub async fn settled(
        &mut self,
        ids: &[(TeamId, IntegrationId)],
    ) -> Result<HashMap<(TeamId, IntegrationId), IntegrationStatus>, StorageError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let rows = self.tx.all_rows(&STATUSES, &[], &pairs(&ids)).await?;
        rows.iter()
            .map(|row| Ok(((row.get("team")?, row.get("id")?), status(row)?)))
            .collect()
    }
}

impl Tx {
    /// Makes a team's version grow; each change to an integration does.
    pub(crate) async fn integrations_change(&mut self, team: TeamId) -> Result<(), StorageError> {
        self.changed_integrations = true;
        self.execute(&GROW, args![team]).await?;
        Ok(())
    }
}
