//! Integrations and the team's own events.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{Answer, EDITOR, House, houses, redacted};
use crate::things::{backup, petstore};

fn shown(answer: Answer) -> String {
    let status = answer.status.as_u16();
    let body = serde_json::to_string_pretty(&redacted(answer.json())).unwrap();
    format!("{status} {body}")
}

#[tokio::test]
async fn integrations_are_made_read_changed_and_deleted() {
    for house in houses().await {
        let made = house.post("/integrations", backup()).await;
        let id = made.json()["integration"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(
            made.json()["integration"]["secret"]
                .as_str()
                .unwrap()
                .starts_with("whsec_")
        );
        assert_snapshot!(shown(made), @"");
        let path = format!("/integrations/{id}");
        let read = house.get(&path).await;
        assert!(!read.text.contains("s3cr3t") && !read.text.contains("whsec_"));
        assert_snapshot!(shown(read), @"");
        assert_eq!(
            house.get("/integrations").await.ok()["integrations"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            house.get("/integrations?event=custom").await.ok()["integrations"],
            json!([])
        );
        let mut replacement = backup();
        replacement["integration"]["name"] = json!("Backup to Crate");
        replacement["integration"]["config"]["headers"]["X-Token"] = json!("••••••••");
        replacement["integration"]["options"] = json!({"payload": "detailed"});
        let replaced = house.put(&path, replacement).await.ok();
        assert_eq!(replaced["integration"]["name"], "Backup to Crate");
        assert_eq!(replaced["integration"]["options"]["payload"], "detailed");
        assert_eq!(house.stored_header(&id).await, "s3cr3t");
        assert_snapshot!(shown(house.delete(&path).await), @"");
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
    }
}

impl House {
    async fn stored_header(&self, integration: &str) -> String {
        let mut tx = self.store.read().await.unwrap();
        let found = tx
            .integrations()
            .get(self.team, integration.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        found.config.headers["X-Token"].as_str().unwrap().to_owned()
    }

    async fn integrated(&self, body: Value) -> String {
        self.post("/integrations", body).await.ok()["integration"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

#[tokio::test]
async fn a_patch_changes_only_what_it_names() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let path = format!("/integrations/{id}");
        let before = house.get(&path).await.ok();
        let patch = json!({"integration": {"options": {"timeout": 5}, "config": {"url": "https://example.org/new"}}});
        let after = house.call(EDITOR, "PATCH", &path, Some(patch)).await.ok();
        let mut expected = before;
        expected["integration"]["options"]["timeout"] = json!(5);
        expected["integration"]["config"]["url"] = json!("https://example.org/new");
        assert_eq!(after, expected);
        assert_eq!(house.stored_header(&id).await, "s3cr3t");
    }
}

#[tokio::test]
async fn integrations_pause_hold_and_resume() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let call =
            |verb: &'static str| house.call_owned("POST", format!("/integrations/{id}/{verb}"));
        assert_eq!(call("pause").await.ok()["integration"]["status"], "paused");
        house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let held = house
            .get(&format!("/integrations/{id}/deliveries?status=held"))
            .await
            .ok();
        assert_eq!(held["deliveries"].as_array().unwrap().len(), 1);
        assert_eq!(held["deliveries"][0]["reason"], "paused");
        assert_eq!(call("resume").await.ok()["integration"]["status"], "active");
        let due = house
            .get(&format!("/integrations/{id}/deliveries?status=scheduled"))
            .await
            .ok();
        assert_eq!(due["deliveries"].as_array().unwrap().len(), 1);
    }
}

impl House {
    async fn call_owned(&self, method: &str, path: String) -> Answer {
        self.call(EDITOR, method, &path, None).await
    }
}

#[tokio::test]
async fn a_test_event_is_a_delivery_of_its_own() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let answer = house
            .call(EDITOR, "POST", &format!("/integrations/{id}/test"), None)
            .await;
        assert_snapshot!(shown(answer), @"");
    }
}

#[tokio::test]
async fn a_rotated_secret_is_shown_once_and_differs_from_the_one_before() {
    for house in houses().await {
        let made = house.post("/integrations", backup()).await.ok();
        let id = made["integration"]["id"].as_str().unwrap();
        let rotated = house
            .call(
                EDITOR,
                "POST",
                &format!("/integrations/{id}/rotate-secret"),
                None,
            )
            .await
            .ok();
        let secret = &rotated["integration"]["secret"];
        assert!(secret.as_str().unwrap().starts_with("whsec_"));
        assert_ne!(secret, &made["integration"]["secret"]);
        let mut tx = house.store.read().await.unwrap();
        let stored = tx
            .integrations()
            .get(house.team, id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let valid: Vec<_> = stored
            .secrets
            .iter()
            .map(|it| Value::from(it.secret.clone()))
            .collect();
        assert_eq!(
            valid,
            [secret.clone(), made["integration"]["secret"].clone()]
        );
    }
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_with_the_field_named() {
    let house = House::sqlite().await;
    let id = house.integrated(backup()).await;
    let before = house.state().await;
    let mut told = String::new();
    for (path, value) in [
        ("/event", json!("party")),
        ("/event", json!("test")),
        ("/connector", json!("pigeons")),
        ("/config/url", json!("ftp://example.com")),
        ("/config/url", json!("not a url")),
        ("/config/header", json!({})),
        ("/config/headers", json!({"bad name": "x"})),
        ("/config/headers", json!({"X-Token": "line\nbreak"})),
        (
            "/config/headers",
            json!({"X-Token": "••••••••", "X-Other": "••••••••"}),
        ),
        ("/options", json!({"timeout": 0})),
        ("/options", json!({"timeout": 121})),
        ("/options", json!({"from": 0})),
        ("/options", json!({"notify": "sometimes"})),
        ("/options", json!({"colour": "blue"})),
        ("/unknown", json!(1)),
    ] {
        let mut body = backup();
        let (parent, field) = path.rsplit_once('/').unwrap();
        body["integration"].pointer_mut(parent).unwrap()[field] = value.clone();
        let made = house.post("/integrations", body.clone()).await;
        assert_eq!(made.error().0, 400, "{path} {value}");
        let replaced = house.put(&format!("/integrations/{id}"), body).await;
        assert_eq!(replaced.error().0, 400, "{path} {value}");
        told.push_str(&format!("{path} {value}: {}\n", made.message()));
    }
    assert_snapshot!(told, @"");
    assert_eq!(house.state().await, before);
}

#[tokio::test]
async fn an_event_of_the_teams_own_goes_to_the_integrations_that_ask_for_its_type() {
    for house in houses().await {
        let asks = |types: Value| {
            json!({"integration": {
                "name": "Builds", "event": "custom", "config": {"url": "https://example.com"}, "options": {"types": types},
            }})
        };
        let builds = house.integrated(asks(json!(["build.*"]))).await;
        let deploys = house.integrated(asks(json!(["deploy.*"]))).await;
        let body =
            json!({"event": {"type": "build.finished", "payload": {"number": 7, "ratio": 1.50}}});
        let answer = house.post("/events", body).await;
        assert_snapshot!(shown(answer), @"");
        let to_builds = house
            .get(&format!("/integrations/{builds}/deliveries"))
            .await
            .ok();
        assert_eq!(to_builds["deliveries"].as_array().unwrap().len(), 1);
        assert_eq!(to_builds["deliveries"][0]["type"], "build.finished");
        let to_deploys = house
            .get(&format!("/integrations/{deploys}/deliveries"))
            .await
            .ok();
        assert_eq!(to_deploys["deliveries"], json!([]));
    }
}
