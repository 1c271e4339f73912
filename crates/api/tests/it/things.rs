//! One of everything, made through the door, for tests that need something to act on.

use postern_model::{Clock, HeldReason};
use serde_json::{Value, json};

use crate::house::{ADMIN, House, text};

/// The ids of one of everything.
#[derive(Debug, Clone)]
pub(crate) struct Things {
    pub(crate) workspace: String,
    pub(crate) collection: String,
    /// Another one, and a request in it: what changes it takes no place of a backup of the first.
    pub(crate) other: String,
    pub(crate) request: String,
    /// A folder, and a response of the request.
    pub(crate) folder: String,
    pub(crate) response: String,
    /// A fork of the other.
    pub(crate) fork: String,
    /// One that was deleted.
    pub(crate) deleted: String,
    /// Comments of the admin on the other collection and on the request.
    pub(crate) comment: String,
    pub(crate) item_comment: String,
    pub(crate) user: String,
    pub(crate) environment: String,
    /// A fork of the environment.
    pub(crate) environment_fork: String,
    pub(crate) monitor: String,
    pub(crate) integration: String,
    pub(crate) delivery: String,
    /// A delivery that is held although its integration sends: an attempt under way while it was paused leaves it so.
    pub(crate) held: String,
    pub(crate) run: String,
    pub(crate) replay: String,
    pub(crate) api_key: String,
    pub(crate) invitation: String,
    pub(crate) source: String,
    pub(crate) inbox: String,
    /// One that refreshes the source.
    pub(crate) incoming_hook: String,
    pub(crate) inbox_request: String,
}

/// A small collection.
pub(crate) fn petstore() -> Value {
    json!({
        "info": {
            "name": "Petstore",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [
            {"name": "Pets", "item": [
                {"name": "List pets", "request": {"method": "GET", "url": "{{host}}/pets"}},
            ]},
            {"name": "Get user", "request": {"method": "GET", "url": "{{host}}/users/1"}, "x-unknown": {"kept": 1.50}},
        ],
    })
}

/// An environment with a secret.
pub(crate) fn staging() -> Value {
    json!({"environment": {"name": "Staging", "values": [
        {"key": "host", "value": "https://staging.example", "type": "default", "enabled": true},
        {"key": "token", "value": "t0ps3cret", "type": "secret", "enabled": true},
    ]}})
}

/// A monitor of this collection.
pub(crate) fn every_hour(collection: &str) -> Value {
    json!({"monitor": {
        "name": "Hourly", "collection": collection,
        "schedule": {"cron": "0 * * * *", "timezone": "Europe/Paris"},
    }})
}

/// A backup of everything.
pub(crate) fn backup() -> Value {
    json!({"integration": {
        "name": "Backup to Box", "connector": "webhooks", "event": "collection_backup",
        "config": {"url": "https://example.com/hook", "headers": {"X-Token": "s3cr3t"}},
    }})
}

impl House {
    /// Makes one of everything.
    pub(crate) async fn furnished(&self) -> Things {
        let workspaces = self.get("/workspaces").await.ok();
        let collection = self
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let collection = text(&collection["collection"]["uid"]);
        let environment = self.post("/environments", staging()).await.ok();
        let monitor = self.post("/monitors", every_hour(&collection)).await.ok();
        let monitor = text(&monitor["monitor"]["uid"]);
        let run = self
            .post(&format!("/monitors/{monitor}/run?async=true"), Value::Null)
            .await
            .ok();
        let integration = self.post("/integrations", backup()).await.ok();
        let integration = text(&integration["integration"]["id"]);
        let deliveries = self
            .get(&format!("/integrations/{integration}/deliveries"))
            .await
            .ok();
        let other = self
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let other = text(&other["collection"]["uid"]);
        let fork = format!("/collections/fork/{other}");
        let fork = self.post(&fork, json!({"label": "Mine"})).await.ok();
        let fork = text(&fork["collection"]["uid"]);
        let deleted = self
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let deleted = text(&deleted["collection"]["uid"]);
        self.call(ADMIN, "DELETE", &format!("/collections/{deleted}"), None)
            .await
            .ok();
        let shown = self.get(&format!("/collections/{other}")).await.ok();
        let request = text(&shown["collection"]["item"][1]["id"]);
        let folder = text(&shown["collection"]["item"][0]["id"]);
        let path = format!("/collections/{other}/responses?request={request}");
        let response = self.post(&path, json!({"name": "OK"})).await.ok();
        let response = text(&response["model_id"]);
        let mut comments = Vec::new();
        for place in ["", &format!("/requests/{request}")] {
            let path = format!("/collections/{other}{place}/comments");
            let body = json!({"body": "Nice"});
            let said = self.call(ADMIN, "POST", &path, Some(body)).await.ok();
            comments.push(said["data"]["id"].to_string());
        }
        let held = self.held_delivery().await;
        let replay = self.post("/replays", json!({"replay": {}})).await.ok();
        let replay = text(&replay["replay"]["id"]);
        let keys = self.call(ADMIN, "GET", "/api-keys", None).await.ok();
        let keys = keys["apiKeys"].as_array().unwrap();
        let viewer = keys.iter().find(|key| key["role"] == "viewer").unwrap();
        let source = json!({"source": {"name": "Docs", "type": "postman", "apiKey": "k3y"}});
        let source = self.post("/sources", source).await.ok();
        let source = text(&source["source"]["id"]);
        let hook = json!({"incomingHook": {"name": "On push", "kind": "gitlab", "source": source}});
        let hook = self.post("/incoming-hooks", hook).await.ok();
        let (inbox, inbox_request) = self.inbox_with_a_request().await;
        let invitation = json!({"invitation": {"role": "viewer"}});
        let invited = self.call(ADMIN, "POST", "/invitations", Some(invitation));
        let invited = invited.await.ok();
        let environment = text(&environment["environment"]["uid"]);
        let forks = format!("/environments/{environment}/forks");
        let forked = self.post(&forks, json!({"forkName": "Mine"})).await.ok();
        Things {
            workspace: text(&workspaces["workspaces"][0]["id"]),
            collection,
            other,
            request,
            folder,
            response,
            fork,
            deleted,
            comment: comments[0].clone(),
            item_comment: comments[1].clone(),
            user: "10000002".to_owned(),
            environment,
            environment_fork: text(&forked["environment"]["uid"]),
            monitor,
            integration,
            delivery: text(&deliveries["deliveries"][0]["id"]),
            held,
            replay,
            run: text(&run["run"]["info"]["jobId"]),
            api_key: text(&viewer["id"]),
            source,
            inbox,
            incoming_hook: text(&hook["incomingHook"]["id"]),
            inbox_request,
            invitation: text(&invited["invitation"]["id"]),
        }
    }

    /// An inbox, and what has come to it.
    async fn inbox_with_a_request(&self) -> (String, String) {
        let made = self.post("/inboxes", json!({"inbox": {}})).await.ok();
        let inbox = text(&made["inbox"]["id"]);
        let request = http::Request::builder()
            .method("POST")
            .uri(text(&made["inbox"]["url"]));
        let sent = self
            .send(request.body(axum::body::Body::from("{}")).unwrap())
            .await;
        assert_eq!(sent.status, 200, "{sent:?}");
        let listed = self.get(&format!("/inboxes/{inbox}/requests")).await.ok();
        (inbox, text(&listed["requests"][0]["id"]))
    }

    async fn held_delivery(&self) -> String {
        let made = self
            .post(
                "/integrations",
                json!({"integration": {"name": "Builds", "event": "custom", "config": {"url": "https://example.com"}}}),
            )
            .await
            .ok();
        let id = made["integration"]["id"].as_str().unwrap();
        self.post(
            "/events",
            json!({"event": {"type": "build.started", "payload": {}}}),
        )
        .await
        .ok();
        let mut tx = self.store.begin().await.unwrap();
        let integration = id.parse().unwrap();
        tx.deliveries()
            .hold(self.team, integration, HeldReason::Paused, self.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let list = self
            .get(&format!("/integrations/{id}/deliveries"))
            .await
            .ok();
        list["deliveries"][0]["id"].as_str().unwrap().to_owned()
    }
}
