//! Tests: a body such as the integration's events have, sent to it alone.

use postern_collection::Document;
use postern_model::{Action, DeliveryId, EventKind, Integration, IntegrationId};
use serde_json::{Value, json};

use super::{named, subscriber, trouble};
use crate::entry::{Entry, found};
use crate::fan_out::Occurrence;
use crate::{Actor, Journal, JournalError, payload};

impl Journal {
    /// Sends an integration a test: a body such as its events have, as the event `test`.
    pub async fn test_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<DeliveryId, JournalError> {
        let mut entry = self.entry().await?;
        let integration = entry.integration(actor.team, id).await?;
        if !integration.status.is_active() {
            return Err(JournalError::Conflict {
                doing: "send a test",
                because: "the integration is paused or disabled: resume it first",
            });
        }
        let told = occurrence(&mut entry, actor, &integration).await?;
        let (_, deliveries) = entry.deliver(&told, &[subscriber(&integration)]).await?;
        let delivery = found(deliveries.first().copied(), "test delivery")?;
        entry.finish().await?;
        Ok(delivery)
    }
}

/// A test of this integration. A backup's test carries the named collection as it is.
async fn occurrence(
    entry: &mut Entry<'_>,
    actor: &Actor,
    integration: &Integration,
) -> Result<Occurrence, JournalError> {
    let body = match integration.event {
        EventKind::CollectionBackup => {
            let collection = match integration.collection {
                Some(id) => entry.tx.collections().get(integration.team, id).await?,
                None => None,
            };
            let document = match collection {
                Some(collection) => entry.document(&collection).await?,
                None => Document::empty("A collection"),
            };
            payload::backup(document)
        }
        EventKind::CollectionActivity | EventKind::TeamActivity => {
            let mut activity =
                named(integration, integration.workspace).was(actor, Action::Update, entry.now);
            activity.message = format!(
                "{} sent a test to the integration {}",
                actor.name, integration.name
            );
            payload::activity(&activity)
        }
        EventKind::MonitorResults => results(actor, &integration.name),
        kind @ (EventKind::IntegrationFailing | EventKind::IntegrationDisabled) => {
            trouble::sample(kind, actor.team, integration, entry.now)
        }
        EventKind::Custom | EventKind::Test => {
            json!({"test": true, "integration": integration.name})
        }
    };
    let mut told = Occurrence::new(EventKind::Test, integration.team).saying(
        body,
        json!({"test": true, "event": integration.event.as_str()}),
    );
    told.workspace = integration.workspace;
    told.collection = integration.collection;
    told.monitor = integration.monitor;
    Ok(told)
}

fn results(actor: &Actor, name: &str) -> Value {
    json!({
        "collection_name": "A collection",
        "collection_uid": "",
        "environment_name": "",
        "environment_uid": "",
        "metrics": {
            "errors": 0, "failedTests": 0, "passedTests": 1, "requestCount": 1, "totalLatency": 1, "warnings": 0,
        },
        "monitor_name": format!("A test of {name}"),
        "monitor_uid": "",
        "user_id": actor.user.to_string(),
        "user_name": actor.name,
    })
}
