//! Bodies for tests: such as the integration's events have.

use postern_collection::Document;
use postern_model::{Action, EventKind, Integration, Model};
use serde_json::{Value, json};

use crate::activity::of_thing;
use crate::entry::Entry;
use crate::fan_out::Occurrence;
use crate::{Actor, JournalError, payload};

/// A test of this integration. A backup's test carries the named collection as it is.
pub(super) async fn occurrence(
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
            payload::backup(document.into_value())
        }
        EventKind::CollectionActivity | EventKind::TeamActivity => {
            let thing = (
                Model::Integration,
                integration.name.as_str(),
                integration.id.to_string(),
            );
            let mut activity = of_thing(
                actor,
                Action::Update,
                thing,
                integration.workspace,
                entry.now,
            );
            activity.message = format!(
                "{} sent a test to the integration {}",
                actor.name, integration.name
            );
            payload::activity(&activity)
        }
        EventKind::MonitorResults => results(actor, &integration.name),
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
