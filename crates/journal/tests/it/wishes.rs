//! What people ask of the journal, as usual: each test changes what it is about.

use postern_collection::{Document, EnvironmentDocument};
use postern_journal::{NewIntegration, NewMonitor, NewWorkspace};
use postern_model::{
    CollectionId, EventKind, IntegrationConfig, IntegrationOptions, MonitorOptions, WorkspaceId,
    WorkspaceKind,
};
use serde_json::{Value, json};

/// A workspace for the team.
pub(crate) fn workspace(name: &str, description: &str) -> NewWorkspace {
    NewWorkspace {
        name: name.to_owned(),
        kind: WorkspaceKind::Team,
        description: description.to_owned(),
    }
}

/// A webhook for all events of a kind.
pub(crate) fn webhook(name: &str, event: EventKind) -> NewIntegration {
    NewIntegration {
        name: name.to_owned(),
        connector: "webhooks".to_owned(),
        event,
        workspace: None,
        collection: None,
        monitor: None,
        config: IntegrationConfig::to("https://example.com/hook"),
        options: IntegrationOptions::default(),
        secret: None,
    }
}

/// A monitor that runs a collection each morning.
pub(crate) fn monitor(name: &str, workspace: WorkspaceId, collection: CollectionId) -> NewMonitor {
    NewMonitor {
        workspace,
        name: name.to_owned(),
        collection,
        environment: None,
        active: true,
        cron: "0 9 * * *".to_owned(),
        timezone: "Europe/Berlin".to_owned(),
        options: MonitorOptions::default(),
    }
}

pub(crate) fn document(name: &str, items: Value) -> Document {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let info = json!({"name": name, "schema": schema});
    Document::from_value(Value::from_iter([("info", info), ("item", items)])).unwrap()
}

pub(crate) fn environment(name: &str, values: Value) -> EnvironmentDocument {
    EnvironmentDocument::from_value(Value::from_iter([
        ("name", name.into()),
        ("values", values),
    ]))
    .unwrap()
}

/// A request, as it stands in an export: without an id.
pub(crate) fn request(name: &str, url: &str) -> Value {
    json!({"name": name, "request": {"method": "GET", "url": {"raw": url}}})
}

pub(crate) fn folder(name: &str, items: Value) -> Value {
    Value::from_iter([("name", name.into()), ("item", items)])
}
