//! Who is told what happened. Pure.

use postern_model::{
    Action, CollectionId, Delivery, DeliveryId, DeliveryState, Event, EventKind, HeldReason,
    IntegrationId, IntegrationOptions, IntegrationStatus, Model, MonitorId, NotifyPolicy,
    RunStatus, Streak, TeamId, WorkspaceId, fits_pattern,
};
use postern_storage::{StorageError, Subject, Subscriber, Tx};
use serde_json::Value;
use uuid::Uuid;

/// Something that webhooks may tell.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    pub(crate) kind: EventKind,
    pub(crate) team: TeamId,
    pub(crate) custom_type: Option<String>,
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) collection: Option<CollectionId>,
    pub(crate) monitor: Option<MonitorId>,
    /// The body with exactly the documented fields.
    pub(crate) body: Value,
    /// What `postern` holds in a detailed body.
    pub(crate) detail: Option<Value>,
    /// Of those that wait with one key only the newest matters.
    pub(crate) coalesce: Option<String>,
    /// For a run: the streak before it, and how it ended.
    pub(crate) run: Option<(Streak, RunStatus)>,
    /// The one integration that is not told: the one that this is about.
    pub(crate) not_to: Option<IntegrationId>,
    /// For an activity: what was done, and to what.
    pub(crate) activity: Option<(Action, Model)>,
}

impl Occurrence {
    pub(crate) fn new(kind: EventKind, team: TeamId) -> Self {
        Self {
            kind,
            team,
            custom_type: None,
            workspace: None,
            collection: None,
            monitor: None,
            body: Value::Null,
            detail: None,
            coalesce: None,
            run: None,
            not_to: None,
            activity: None,
        }
    }

    /// Where it happened.
    pub(crate) fn within(
        mut self,
        workspace: Option<WorkspaceId>,
        collection: Option<CollectionId>,
    ) -> Self {
        self.workspace = workspace;
        self.collection = collection;
        self
    }

    /// What it says.
    pub(crate) fn saying(mut self, body: Value, detail: Value) -> Self {
        self.body = body;
        self.detail = Some(detail);
        self
    }

    /// What the database matches integrations by; `closed`: whether it happened in a closed workspace.
    pub(crate) fn subject(&self, closed: bool) -> Subject {
        Subject {
            kind: self.kind,
            workspace: self.workspace,
            collection: self.collection,
            monitor: self.monitor,
            closed,
        }
    }

    /// Whether an integration that matches in kind and place wants this one.
    pub(crate) fn is_wanted_by(&self, options: &IntegrationOptions) -> bool {
        if let Some((before, status)) = self.run {
            // An integration's policy was checked when it was set; one that can't be read tells all rather than nothing.
            return NotifyPolicy::try_of(options)
                .unwrap_or(NotifyPolicy::EveryRun)
                .tells(before, status);
        }
        if let Some((action, model)) = self.activity {
            let IntegrationOptions {
                actions, models, ..
            } = options;
            return (actions.is_empty() || actions.contains(&action))
                && (models.is_empty() || models.contains(&model));
        }
        match &self.custom_type {
            Some(text) => {
                options.types.is_empty()
                    || options
                        .types
                        .iter()
                        .any(|pattern| fits_pattern(pattern, text))
            }
            None => true,
        }
    }
}

/// The deliveries that an event owes: due at once, or held where the integration doesn't send.
pub(crate) fn deliveries<'a>(
    event: &Event,
    told: &Occurrence,
    subscribers: impl IntoIterator<Item = &'a Subscriber>,
    ids: &[Uuid],
) -> Vec<Delivery> {
    subscribers
        .into_iter()
        .zip(ids)
        .map(|(subscriber, &id)| Delivery {
            id: DeliveryId(id),
            team: event.team,
            event: event.id,
            integration: subscriber.id,
            state: match subscriber.status {
                IntegrationStatus::Active => DeliveryState::Scheduled {
                    due_at: event.created_at,
                },
                IntegrationStatus::Paused => DeliveryState::Held {
                    reason: HeldReason::Paused,
                },
                IntegrationStatus::Disabled { .. } => DeliveryState::Held {
                    reason: HeldReason::Disabled,
                },
            },
            attempts: 0,
            shard: subscriber.shard,
            coalesce_key: told.coalesce.clone(),
            created_at: event.created_at,
            updated_at: event.created_at,
        })
        .collect()
}

/// Sees to it that those which don't send still don't when their deliveries are there: otherwise these would be held for ever.
pub(crate) async fn settle(
    tx: &mut Tx,
    team: TeamId,
    subscribers: &mut Vec<Subscriber>,
) -> Result<(), StorageError> {
    let resting: Vec<(TeamId, IntegrationId)> = subscribers
        .iter()
        .filter(|subscriber| !subscriber.status.is_active())
        .map(|subscriber| (team, subscriber.id))
        .collect();
    if resting.is_empty() {
        return Ok(());
    }
    let mut statuses = tx.integrations().settled(&resting).await?;
    subscribers.retain_mut(|subscriber| {
        if subscriber.status.is_active() {
            return true;
        }
        let status = statuses.remove(&(team, subscriber.id));
        status.map(|status| subscriber.status = status).is_some()
    });
    Ok(())
}

/// Counts events that are on disk.
pub(crate) fn count(kind: EventKind, events: usize) {
    metrics::counter!("webhook_messages_total", "type" => kind.as_str()).increment(events as u64);
}
