//! What the demo begins with: a collection, an environment, a monitor, and integrations of all four kinds.

use anyhow::Context as _;
use serde_json::{Value, json};

use super::inbox::Inbox;
use crate::client::Client;

/// The sample collection.
const COLLECTION: &str = include_str!("assets/bookshop.collection.json");

/// The uids of what was made.
pub(super) struct Furnished {
    pub(super) collection: String,
    pub(super) monitor: String,
}

/// Makes it all through the API.
pub(super) async fn furnish(
    caller: &Client,
    inbox: &Inbox,
    bookshop: &str,
    inbox_at: &str,
) -> anyhow::Result<Furnished> {
    let team = json!({
        "name": "Team feed", "connector": "webhooks", "event": "team_activity",
        "config": {"url": format!("{inbox_at}/team")},
    });
    integrate(caller, inbox, "/team", team).await?;
    let environment = json!({"environment": {"name": "This machine", "values": [
        {"key": "baseUrl", "value": bookshop, "type": "default", "enabled": true},
        {"key": "user", "value": "mia", "type": "default", "enabled": true},
        {"key": "password", "value": "open sesame", "type": "secret", "enabled": true},
    ]}});
    let environment = uid(
        &caller.post("/api/environments", &environment).await?,
        "environment",
    )?;
    let document: Value = serde_json::from_str(COLLECTION).context("read the sample collection")?;
    let collection = uid(
        &caller
            .post("/api/collections", &json!({ "collection": document }))
            .await?,
        "collection",
    )?;
    let monitor = json!({"monitor": {
        "name": "Bookshop, every minute", "collection": collection, "environment": environment,
        "schedule": {"cron": "* * * * *", "timezone": "UTC"},
    }});
    let monitor = uid(&caller.post("/api/monitors", &monitor).await?, "monitor")?;
    for (path, integration) in [
        (
            "/backup",
            json!({
                "name": "Backup", "event": "collection_backup", "collection": collection,
            }),
        ),
        (
            "/activity",
            json!({
                "name": "Bookshop feed", "event": "collection_activity", "collection": collection,
            }),
        ),
        (
            "/results",
            json!({
                "name": "Every result", "event": "monitor_results", "monitor": monitor,
            }),
        ),
        (
            "/alerts",
            json!({
                "name": "Alerts", "event": "monitor_results", "monitor": monitor,
                "options": {"notify": "failures", "from": 1, "limit": 3},
            }),
        ),
    ] {
        let mut integration = integration;
        integration["connector"] = "webhooks".into();
        integration["config"] = json!({"url": format!("{inbox_at}{path}")});
        integrate(caller, inbox, path, integration).await?;
    }
    Ok(Furnished {
        collection,
        monitor,
    })
}

async fn integrate(
    caller: &Client,
    inbox: &Inbox,
    path: &str,
    integration: Value,
) -> anyhow::Result<()> {
    let name = integration["name"].as_str().unwrap_or_default().to_owned();
    let made = caller
        .post("/api/integrations", &json!({ "integration": integration }))
        .await?;
    let secret = made["integration"]["secret"]
        .as_str()
        .context("read the signing secret")?;
    inbox.expect(path, &name, secret);
    Ok(())
}

fn uid(answer: &Value, what: &str) -> anyhow::Result<String> {
    let uid = answer[what]["uid"].as_str();
    uid.map(str::to_owned)
        .with_context(|| format!("read the uid of the {what} from {answer}"))
}
