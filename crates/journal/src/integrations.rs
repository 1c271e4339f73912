//! Verbs on integrations: made, changed, deleted. What else people do to one is in the rooms below.

mod check;
mod first_backups;
mod sample;
mod secret;
mod switch;
mod trouble;

use postern_model::{
    Action, CollectionId, EventKind, Integration, IntegrationConfig, IntegrationId,
    IntegrationOptions, IntegrationStatus, Model, MonitorId, Shard, TeamId, WorkspaceId,
};
use postern_storage::{BATCH, SendState, Subscriber};

pub use self::secret::NewSecret;
pub(crate) use self::secret::{for_good, retire};
pub use self::trouble::Trouble;

use crate::activity::{Changed, Thing};
use crate::entry::{Entry, found};
use crate::{Actor, Journal, JournalError};

/// An integration as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewIntegration {
    /// What people call it.
    pub name: String,
    /// The catalogue entry.
    pub connector: String,
    /// What it tells.
    pub event: EventKind,
    /// Only what happens in this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only what is about this collection.
    pub collection: Option<CollectionId>,
    /// Only what is about this monitor.
    pub monitor: Option<MonitorId>,
    /// Where and how to send.
    pub config: IntegrationConfig,
    /// What to send, and when.
    pub options: IntegrationOptions,
    /// The signing secret, where the team brings its own; only a new integration takes one.
    pub secret: Option<String>,
}

impl Journal {
    /// Makes an integration. One for backups gets a first backup of each collection that it covers.
    pub async fn create_integration(
        &self,
        actor: &Actor,
        mut new: NewIntegration,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        entry.check_integration(actor.team, &mut new).await?;
        let id = IntegrationId(entry.id());
        let mut integration = Integration {
            id,
            team: actor.team,
            name: new.name,
            connector: new.connector,
            event: new.event,
            workspace: new.workspace,
            collection: new.collection,
            monitor: new.monitor,
            config: new.config,
            options: new.options,
            status: IntegrationStatus::Active,
            secrets: Vec::new(),
            shard: Shard::of(id.0).0,
            first_gone_at: None,
            failing_since: None,
            failed_attempts: 0,
            not_before: None,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        self.give_secret(&mut integration, new.secret)?;
        self.give_key(&mut integration);
        entry.tx.integrations().insert(&integration).await?;
        let activity = entry
            .thing(&integration)
            .await?
            .was(actor, Action::Create, entry.now);
        entry.tell(vec![activity]).await?;
        if integration.event == EventKind::CollectionBackup {
            entry.first_backups(&integration).await?;
        }
        entry.finish().await?;
        Ok(integration)
    }

    /// Changes an integration. What waits goes to where it points from the next attempt on.
    pub async fn replace_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
        mut new: NewIntegration,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let before = entry.integration(actor.team, id).await?;
        entry.check_integration(actor.team, &mut new).await?;
        let mut changed = Integration {
            name: new.name,
            connector: new.connector,
            event: new.event,
            workspace: new.workspace,
            collection: new.collection,
            monitor: new.monitor,
            config: new.config,
            options: new.options,
            ..before.clone()
        };
        if changed == before {
            return Ok(changed);
        }
        changed.updated_at = entry.now;
        self.give_key(&mut changed);
        entry.tx.integrations().update(&changed).await?;
        let place = |it: &Integration| (it.config.url.clone(), it.config.fields.clone());
        if place(&changed) != place(&before) {
            // What the old receiver answered says nothing about the new one.
            let state = SendState::default();
            entry
                .tx
                .integrations()
                .set_send_state(actor.team, id, &state)
                .await?;
            changed = Integration {
                first_gone_at: state.first_gone_at,
                failing_since: state.failing_since,
                failed_attempts: state.failed_attempts,
                not_before: state.not_before,
                ..changed
            };
        }
        entry.owes_deliveries(actor.team);
        let what = Changed {
            renamed_from: (before.name != changed.name).then_some(&before.name),
            otherwise: Integration {
                name: before.name.clone(),
                updated_at: before.updated_at,
                ..changed.clone()
            } != before,
            ..Changed::default()
        };
        let activities = entry
            .thing(&changed)
            .await?
            .was_changed(actor, what, entry.now);
        entry.tell(activities).await?;
        let scope = |it: &Integration| {
            (
                it.event,
                it.workspace,
                it.collection,
                it.options.closed_workspaces,
            )
        };
        if changed.event == EventKind::CollectionBackup && scope(&changed) != scope(&before) {
            entry.first_backups(&changed).await?;
        }
        entry.finish().await?;
        Ok(changed)
    }

    /// Deletes an integration; what waits for it is cancelled.
    pub async fn delete_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<(), JournalError> {
        let by = format!("{}, who deleted the integration", actor.name);
        loop {
            let mut entry = self.entry().await?;
            let mut integration = entry.integration(actor.team, id).await?;
            let (team, now) = (actor.team, entry.now);
            let mut deliveries = entry.tx.deliveries();
            if deliveries.cancel_some(team, id, &by, now).await? < BATCH {
                entry.tx.integrations().delete(team, id).await?;
                let activity = entry
                    .thing(&integration)
                    .await?
                    .was(actor, Action::Delete, now);
                entry.tell(vec![activity]).await?;
                entry.owes_deliveries(actor.team);
                return entry.finish().await;
            }
            // The rest in units of work of their own; meanwhile nothing is sent.
            integration.status = IntegrationStatus::Paused;
            entry.set_status(&integration).await?;
            entry.owes_deliveries(actor.team);
            entry.finish().await?;
        }
    }
}

impl Entry<'_> {
    /// An integration of the team, locked until the verb's end.
    async fn integration(
        &mut self,
        team: TeamId,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let integration = self.tx.integrations().get_for_update(team, id).await?;
        found(integration, "integration")
    }

    /// An integration as the feed names it: in the workspace that it is about, also where it names a thing in one.
    async fn thing<'i>(&mut self, integration: &'i Integration) -> Result<Thing<'i>, JournalError> {
        let team = integration.team;
        let mut workspace = integration.workspace;
        if workspace.is_none()
            && let Some(id) = integration.collection
        {
            let collection = self.tx.collections().get(team, id).await?;
            workspace = collection.map(|it| it.workspace);
        }
        if workspace.is_none()
            && let Some(id) = integration.monitor
        {
            let monitor = self.tx.monitors().get(team, id).await?;
            workspace = monitor.map(|it| it.workspace);
        }
        Ok(named(integration, workspace))
    }
}

fn named(integration: &Integration, workspace: Option<WorkspaceId>) -> Thing<'_> {
    Thing {
        model: Model::Integration,
        name: &integration.name,
        uid: integration.id.to_string(),
        workspace,
    }
}

/// The integration as the fan-out sees it.
pub(crate) fn subscriber(integration: &Integration) -> Subscriber {
    Subscriber {
        id: integration.id,
        status: integration.status.clone(),
        options: integration.options.clone(),
        shard: integration.shard,
    }
}
