//! Verbs on integrations.

use std::time::Duration;

use postern_collection::Document;
use postern_model::signature::{check_secret, new_secret};
use postern_model::{
    Action, CollectionId, DeliveryId, EventKind, HeldReason, Integration, IntegrationConfig,
    IntegrationId, IntegrationOptions, IntegrationStatus, Model, MonitorId, NotifyPolicy,
    RetrySchedule, Shard, SigningSecret, WorkspaceId,
};
use postern_storage::{CollectionFilter, SendState, Subscriber};

use crate::activity::of_thing;
use crate::collections::backup_of;
use crate::entry::{Entry, check_name, found};
use crate::{Actor, Journal, JournalError};

mod sample;

/// How long a secret that was replaced goes on signing.
const OVERLAP: Duration = Duration::from_hours(24);
/// The catalogue's entries that can be configured.
const CONNECTORS: [&str; 1] = ["webhooks"];

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
}

impl Journal {
    /// Makes an integration. One for backups gets a first backup of each collection that it covers.
    pub async fn create_integration(
        &self,
        actor: &Actor,
        new: NewIntegration,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        entry.check_integration(actor, &new).await?;
        let id = IntegrationId::new(entry.now, self.random.as_ref());
        let integration = Integration {
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
            secrets: vec![SigningSecret {
                secret: new_secret(self.random.as_ref()),
                not_after: None,
            }],
            shard: Shard::of(id.0).0,
            first_gone_at: None,
            failing_since: None,
            failed_attempts: 0,
            not_before: None,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.integrations().insert(&integration).await?;
        entry
            .integration(actor, Action::Create, &integration)
            .await?;
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
        new: NewIntegration,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let before = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        entry.check_integration(actor, &new).await?;
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
        entry.tx.integrations().update(&changed).await?;
        if changed.config.url != before.config.url {
            // What the old receiver answered says nothing about the new one.
            entry
                .tx
                .integrations()
                .set_send_state(actor.team, id, &SendState::default())
                .await?;
            entry.owes_deliveries();
        }
        entry.integration(actor, Action::Update, &changed).await?;
        let scope = |it: &Integration| (it.event, it.workspace, it.collection);
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
        let mut entry = self.entry().await?;
        let integration = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        let by = format!("{}, who deleted the integration", actor.name);
        entry
            .tx
            .deliveries()
            .cancel_all(actor.team, id, &by, entry.now)
            .await?;
        entry.tx.integrations().delete(actor.team, id).await?;
        entry
            .integration(actor, Action::Delete, &integration)
            .await?;
        entry.finish().await
    }

    /// Pauses an integration: what is due for it is held.
    pub async fn pause_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        if integration.status == IntegrationStatus::Paused {
            return Ok(integration);
        }
        integration.status = IntegrationStatus::Paused;
        entry.set_status(&integration).await?;
        entry
            .tx
            .deliveries()
            .hold(actor.team, id, HeldReason::Paused, entry.now)
            .await?;
        entry
            .integration(actor, Action::Pause, &integration)
            .await?;
        entry.finish().await?;
        Ok(integration)
    }

    /// Lets a paused or disabled integration send again: what was held is due now.
    pub async fn resume_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        if integration.status.is_active() {
            return Ok(integration);
        }
        integration.status = IntegrationStatus::Active;
        entry.set_status(&integration).await?;
        entry
            .tx
            .integrations()
            .set_send_state(actor.team, id, &SendState::default())
            .await?;
        entry
            .tx
            .deliveries()
            .release(actor.team, id, entry.now)
            .await?;
        entry.owes_deliveries();
        entry
            .integration(actor, Action::Resume, &integration)
            .await?;
        let integration = found(
            entry.tx.integrations().get(actor.team, id).await?,
            "integration",
        )?;
        entry.finish().await?;
        Ok(integration)
    }

    /// Gives an integration a new signing secret; the old one goes on signing for 24 h.
    pub async fn rotate_secret(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        let (now, until) = (entry.now, entry.now + OVERLAP);
        integration.secrets.retain(|secret| {
            secret.not_after.is_none_or(|end| end > now) && check_secret(&secret.secret).is_ok()
        });
        integration.secrets.truncate(4);
        for secret in &mut integration.secrets {
            secret.not_after = Some(secret.not_after.map_or(until, |end| end.min(until)));
        }
        integration.secrets.insert(
            0,
            SigningSecret {
                secret: new_secret(self.random.as_ref()),
                not_after: None,
            },
        );
        integration.updated_at = entry.now;
        entry.tx.integrations().update(&integration).await?;
        entry
            .integration(actor, Action::Update, &integration)
            .await?;
        entry.finish().await?;
        Ok(integration)
    }

    /// Sends an integration a test: a body such as its events have, as the event `test`.
    pub async fn test_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<DeliveryId, JournalError> {
        let mut entry = self.entry().await?;
        let integration = found(
            entry
                .tx
                .integrations()
                .get_for_update(actor.team, id)
                .await?,
            "integration",
        )?;
        if !integration.status.is_active() {
            return Err(JournalError::Conflict {
                doing: "send a test",
                because: "the integration is paused or disabled: resume it first",
            });
        }
        let told = sample::occurrence(&mut entry, actor, &integration).await?;
        let (_, deliveries) = entry.deliver(&told, &[subscriber(&integration)]).await?;
        let delivery = found(deliveries.first().copied(), "test delivery")?;
        entry.finish().await?;
        Ok(delivery)
    }
}

impl Entry<'_> {
    async fn check_integration(
        &mut self,
        actor: &Actor,
        new: &NewIntegration,
    ) -> Result<(), JournalError> {
        check_name("integration.name", &new.name)?;
        if !CONNECTORS.contains(&new.connector.as_str()) {
            return Err(JournalError::invalid(
                "integration.connector",
                "there is no such connector (there is: webhooks)",
            ));
        }
        new.config.check().map_err(|error| match error {
            postern_model::InvalidConfig::Url(problem) => {
                JournalError::invalid("integration.config.url", problem)
            }
            other => JournalError::invalid("integration.config.headers", other),
        })?;
        NotifyPolicy::try_of(&new.options)
            .map_err(|error| JournalError::invalid("integration.options", error))?;
        if !(1..=120).contains(&new.options.timeout) {
            return Err(JournalError::invalid(
                "integration.options.timeout",
                "an attempt may take 1 to 120 seconds",
            ));
        }
        if let Some(waits) = &new.options.retries {
            RetrySchedule::try_new(waits)
                .map_err(|error| JournalError::invalid("integration.options.retries", error))?;
        }
        if let Some(id) = new.workspace {
            found(self.tx.workspaces().get(actor.team, id).await?, "workspace")?;
        }
        if let Some(id) = new.collection {
            found(
                self.tx.collections().get(actor.team, id).await?,
                "collection",
            )?;
        }
        if let Some(id) = new.monitor {
            found(self.tx.monitors().get(actor.team, id).await?, "monitor")?;
        }
        Ok(())
    }

    /// A first backup of each collection that the integration covers, to it alone.
    async fn first_backups(&mut self, integration: &Integration) -> Result<(), JournalError> {
        let covered = match integration.collection {
            Some(id) => self
                .tx
                .collections()
                .get(integration.team, id)
                .await?
                .into_iter()
                .collect(),
            None => {
                let filter = CollectionFilter {
                    workspace: integration.workspace,
                    ..CollectionFilter::default()
                };
                self.tx
                    .collections()
                    .list(integration.team, &filter)
                    .await?
            }
        };
        for collection in covered {
            if integration
                .workspace
                .is_some_and(|workspace| workspace != collection.workspace)
            {
                continue;
            }
            let document: Document = self.document(&collection).await?;
            self.deliver(
                &backup_of(&collection, document),
                &[subscriber(integration)],
            )
            .await?;
        }
        Ok(())
    }

    async fn set_status(&mut self, it: &Integration) -> Result<(), JournalError> {
        self.tx
            .integrations()
            .set_status(it.team, it.id, &it.status, self.now)
            .await?;
        Ok(())
    }

    async fn integration(
        &mut self,
        actor: &Actor,
        action: Action,
        it: &Integration,
    ) -> Result<(), JournalError> {
        let thing = (Model::Integration, it.name.as_str(), it.id.to_string());
        let activity = of_thing(actor, action, thing, it.workspace, self.now);
        self.tell(vec![activity]).await
    }
}

fn subscriber(integration: &Integration) -> Subscriber {
    Subscriber {
        id: integration.id,
        status: integration.status.clone(),
        options: integration.options.clone(),
        shard: integration.shard,
    }
}
