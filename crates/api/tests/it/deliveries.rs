//! Deliveries: what is owed, and what can be done about it.

use serde_json::json;

use crate::house::{Answer, EDITOR, House, assert_each_snapshot, houses, shown};
use crate::things::petstore;

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
        assert_each_snapshot!(shown(house.get(&format!("/deliveries/{delivery}")).await), @r#"
        200 {
          "delivery": {
            "id": "[id]",
            "eventId": "[id]",
            "event": "custom",
            "type": "build.finished",
            "integrationId": "[id]",
            "integrationName": "Builds",
            "status": "scheduled",
            "attemptCount": 0,
            "nextAttemptAt": "[time]",
            "createdAt": "[time]",
            "updatedAt": "[time]"
          },
          "event": {
            "id": "[id]",
            "kind": "custom",
            "type": "build.finished",
            "createdAt": "[time]",
            "payload": {
              "number": 7
            }
          },
          "attempts": []
        }
        "#);
        assert_each_snapshot!(shown(house.get("/deliveries").await), @r#"
        200 {
          "deliveries": [
            {
              "id": "[id]",
              "eventId": "[id]",
              "event": "custom",
              "type": "build.finished",
              "integrationId": "[id]",
              "integrationName": "Builds",
              "status": "scheduled",
              "attemptCount": 0,
              "nextAttemptAt": "[time]",
              "createdAt": "[time]",
              "updatedAt": "[time]"
            }
          ],
          "meta": {
            "limit": 25
          }
        }
        "#);
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
        assert_each_snapshot!(shown(cancelled), @r#"
        200 {
          "delivery": {
            "id": "[id]",
            "eventId": "[id]",
            "event": "custom",
            "type": "build.finished",
            "integrationId": "[id]",
            "integrationName": "Builds",
            "status": "cancelled",
            "reason": "Edi",
            "attemptCount": 0,
            "createdAt": "[time]",
            "updatedAt": "[time]"
          }
        }
        "#);
        let again = house.act(format!("{path}/cancel")).await;
        assert_eq!(again.error(), (409, "conflictError".to_owned()));
        let redelivered = house.act(format!("{path}/redeliver")).await.ok();
        assert_eq!(redelivered["delivery"]["status"], "scheduled");
        assert_eq!(redelivered["delivery"]["id"], json!(delivery));
    }
}

#[tokio::test]
async fn a_delivery_is_not_released_while_its_integration_is_paused() {
    for house in houses().await {
        let (integration, delivery) = house.owing().await;
        let path = format!("/deliveries/{delivery}");
        let not_held = house.act(format!("{path}/release")).await;
        assert_eq!(not_held.error(), (409, "conflictError".to_owned()));
        house
            .act(format!("/integrations/{integration}/pause"))
            .await
            .ok();
        assert_eq!(house.get(&path).await.ok()["delivery"]["status"], "held");
        let paused = house.act(format!("{path}/release")).await;
        assert_eq!(paused.error(), (409, "conflictError".to_owned()));
        house
            .act(format!("/integrations/{integration}/resume"))
            .await
            .ok();
        assert_eq!(
            house.get(&path).await.ok()["delivery"]["status"],
            "scheduled"
        );
    }
}

#[tokio::test]
async fn a_delivery_that_was_left_held_is_released() {
    for house in houses().await {
        let things = house.furnished().await;
        let path = format!("/deliveries/{}", things.held);
        assert_eq!(house.get(&path).await.ok()["delivery"]["status"], "held");
        let released = house.act(format!("{path}/release")).await.ok();
        assert_eq!(released["delivery"]["status"], "scheduled");
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
        let list = |status: &str| {
            let path = format!("/integrations/{id}/deliveries?status={status}");
            let house = &house;
            async move { house.get(&path).await.ok()["deliveries"].clone() }
        };
        assert_eq!(list("cancelled").await.as_array().unwrap().len(), 1);
        let waiting = list("scheduled").await;
        assert_eq!(waiting.as_array().unwrap().len(), 1);
        let newest = waiting[0]["id"].as_str().unwrap();
        let whole = house.get(&format!("/deliveries/{newest}")).await.ok();
        assert_eq!(
            whole["event"]["payload"],
            house.get(&format!("/collections/{uid}")).await.ok()
        );
    }
}
