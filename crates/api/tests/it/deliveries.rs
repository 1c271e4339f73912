//! Deliveries: what is owed, and what can be done about it.

use insta::assert_snapshot;
use serde_json::json;

use crate::house::{Answer, EDITOR, House, houses, redacted};
use crate::things::petstore;

fn shown(answer: Answer) -> String {
    let status = answer.status.as_u16();
    let body = serde_json::to_string_pretty(&redacted(answer.json())).unwrap();
    format!("{status} {body}")
}

impl House {
    async fn act(&self, path: String) -> Answer {
        self.call(EDITOR, "POST", &path, None).await
    }

    /// An integration for custom events and one delivery that it owes.
    async fn owing(&self) -> (String, String) {
        let body = json!({"integration": {"name": "Builds", "event": "custom", "config": {"url": "https://example.com"}}});
        let made = self.post("/integrations", body).await.ok();
        let integration = made["integration"]["id"].as_str().unwrap().to_owned();
        self.post(
            "/events",
            json!({"event": {"type": "build.finished", "payload": {"number": 7}}}),
        )
        .await
        .ok();
        let list = self
            .get(&format!("/integrations/{integration}/deliveries"))
            .await
            .ok();
        (
            integration,
            list["deliveries"][0]["id"].as_str().unwrap().to_owned(),
        )
    }
}

#[tokio::test]
async fn a_delivery_is_shown_with_its_event_its_attempts_and_the_time_of_the_next() {
    for house in houses().await {
        let (_, delivery) = house.owing().await;
        assert_snapshot!(shown(house.get(&format!("/deliveries/{delivery}")).await), @"");
        assert_snapshot!(shown(house.get("/deliveries").await), @"");
        assert_eq!(
            house.get("/deliveries?event=monitor_results").await.ok()["deliveries"],
            json!([])
        );
    }
}

#[tokio::test]
async fn a_delivery_is_cancelled_once_and_redelivered_after() {
    for house in houses().await {
        let (_, delivery) = house.owing().await;
        let path = format!("/deliveries/{delivery}");
        let cancelled = house.act(format!("{path}/cancel")).await;
        assert_snapshot!(shown(cancelled), @"");
        let again = house.act(format!("{path}/cancel")).await;
        assert_eq!(again.error(), (409, "conflictError".to_owned()));
        let redelivered = house.act(format!("{path}/redeliver")).await.ok();
        assert_eq!(redelivered["delivery"]["status"], "scheduled");
        assert_eq!(redelivered["delivery"]["id"], json!(delivery));
    }
}

#[tokio::test]
async fn a_held_delivery_is_released_when_its_integration_sends_again() {
    for house in houses().await {
        let (integration, delivery) = house.owing().await;
        house
            .act(format!("/integrations/{integration}/pause"))
            .await
            .ok();
        let path = format!("/deliveries/{delivery}");
        assert_eq!(house.get(&path).await.ok()["delivery"]["status"], "held");
        let released = house.act(format!("{path}/release")).await;
        assert_eq!(
            released.error(),
            (409, "conflictError".to_owned()),
            "its integration is paused"
        );
        house
            .act(format!("/integrations/{integration}/resume"))
            .await
            .ok();
        assert_eq!(
            house.act(format!("{path}/release")).await.ok()["delivery"]["status"],
            "scheduled"
        );
    }
}

#[tokio::test]
async fn only_the_newest_backup_of_a_collection_waits() {
    for house in houses().await {
        let made = house
            .post("/integrations", crate::things::backup())
            .await
            .ok();
        let id = made["integration"]["id"].as_str().unwrap().to_owned();
        let collection = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = collection["collection"]["uid"].as_str().unwrap();
        let mut document = petstore();
        document["info"]["name"] = json!("Newest");
        house
            .put(
                &format!("/collections/{uid}"),
                json!({"collection": document}),
            )
            .await
            .ok();
        let list = house
            .get(&format!("/integrations/{id}/deliveries"))
            .await
            .ok();
        let states: Vec<_> = list["deliveries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["status"].as_str().unwrap())
            .collect();
        assert_eq!(states, ["scheduled", "cancelled"]);
        let newest = list["deliveries"][0]["id"].as_str().unwrap();
        let whole = house.get(&format!("/deliveries/{newest}")).await.ok();
        assert_eq!(
            whole["event"]["payload"],
            house.get(&format!("/collections/{uid}")).await.ok()
        );
    }
}
