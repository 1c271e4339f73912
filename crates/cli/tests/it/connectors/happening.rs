//! What integrations tell: collections that change, monitors that run.

use postern_egress::testing::{Answer, Receiver};
use serde_json::{Value, json};

use crate::server::Server;

/// A collection that was saved.
pub(super) struct Collection {
    pub(super) uid: String,
    name: String,
}

fn document(name: &str, text: &str) -> Value {
    json!({"collection": {
        "info": {
            "name": name,
            "description": text,
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{"name": "Größe 🦊", "request": {"method": "GET", "url": "https://example.com/{{path}}?a=b%20c"}}],
    }})
}

impl Collection {
    /// Saves the first version of a collection.
    pub(super) async fn save(server: &Server, name: &str, text: &str) -> Self {
        let made = server.post("/api/collections", &document(name, text)).await;
        Self {
            uid: made["collection"]["uid"]
                .as_str()
                .expect("a uid")
                .to_owned(),
            name: name.to_owned(),
        }
    }

    /// Saves its next version.
    pub(super) async fn save_again(&self, server: &Server, text: &str) {
        let path = format!("/api/collections/{}", self.uid);
        server.put(&path, &document(&self.name, text)).await;
    }
}

/// What a delivery's backup is as a file.
pub(super) fn file(delivery: &Value) -> String {
    let document = &delivery["event"]["payload"]["collection"];
    assert!(document["item"][0]["name"] == "Größe 🦊", "{delivery}");
    format!("{}\n", serde_json::to_string_pretty(document).unwrap())
}

/// A monitor of an API that answers as it is told.
pub(super) struct Monitor {
    pub(super) uid: String,
    api: Receiver,
}

impl Monitor {
    /// A monitor with this name.
    pub(super) async fn watch(server: &Server, name: &str) -> Self {
        let api = Receiver::start();
        let collection = json!({"collection": {
            "info": {
                "name": "Shop",
                "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
            },
            "item": [{
                "name": "Ask",
                "request": {"method": "GET", "url": api.url("/")},
                "event": [{"listen": "test", "script": {"exec": [
                    "pm.test('answers 200', () => pm.response.to.have.status(200));",
                ]}}],
            }],
        }});
        let made = server.post("/api/collections", &collection).await;
        let monitor = json!({"monitor": {
            "name": name,
            "collection": made["collection"]["uid"],
            "schedule": {"cron": "0 0 1 1 *", "timezone": "UTC"},
        }});
        let made = server.post("/api/monitors", &monitor).await;
        Self {
            uid: made["monitor"]["uid"].as_str().expect("a uid").to_owned(),
            api,
        }
    }

    /// Runs it to its end, with an API that works or does not.
    pub(super) async fn run(&self, server: &Server, works: bool) {
        self.api
            .answer(Answer::status(if works { 200 } else { 500 }));
        let path = format!("/api/monitors/{}/run", self.uid);
        let ran = server.post(&path, &Value::Null).await;
        let status = if works { "success" } else { "failure" };
        let shown = server
            .get(&format!(
                "/api/runs/{}",
                ran["run"]["info"]["jobId"].as_str().unwrap()
            ))
            .await;
        assert_eq!(shown["run"]["info"]["status"], status, "{shown}");
    }
}
