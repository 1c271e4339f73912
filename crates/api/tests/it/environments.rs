//! Environments in Postman's shapes, and what they keep to themselves.

use serde_json::json;

use crate::house::{House, assert_each_snapshot, houses, shown};
use crate::things::staging;

#[tokio::test]
async fn environments_are_made_read_replaced_and_deleted() {
    for house in houses().await {
        let made = house.post("/environments", staging()).await;
        let uid = made.json()["environment"]["uid"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_each_snapshot!(shown(made), @r#"
        200 {
          "environment": {
            "id": "[id]",
            "name": "Staging",
            "uid": "10000002-[id]"
          }
        }
        "#);
        let path = format!("/environments/{uid}");
        assert_each_snapshot!(shown(house.get(&path).await), @r#"
        200 {
          "environment": {
            "id": "[id]",
            "uid": "10000002-[id]",
            "name": "Staging",
            "owner": "10000002",
            "createdAt": "[time]",
            "updatedAt": "[time]",
            "values": [
              {
                "key": "host",
                "value": "https://staging.example",
                "type": "default",
                "enabled": true
              },
              {
                "key": "token",
                "value": "••••••••",
                "type": "secret",
                "enabled": true
              }
            ],
            "isPublic": false
          }
        }
        "#);
        assert_each_snapshot!(shown(house.get("/environments").await), @r#"
        200 {
          "environments": [
            {
              "id": "[id]",
              "name": "Staging",
              "createdAt": "[time]",
              "updatedAt": "[time]",
              "owner": "10000002",
              "uid": "10000002-[id]",
              "isPublic": false
            }
          ]
        }
        "#);
        assert_each_snapshot!(shown(house.put(&path, json!({"environment": {"name": "Live", "values": []}})).await), @r#"
        200 {
          "environment": {
            "id": "[id]",
            "name": "Live",
            "uid": "10000002-[id]"
          }
        }
        "#);
        assert_each_snapshot!(shown(house.delete(&path).await), @r#"
        200 {
          "environment": {
            "id": "[id]",
            "uid": "10000002-[id]"
          }
        }
        "#);
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn a_secret_that_comes_back_as_its_mask_keeps_its_value() {
    for house in houses().await {
        let made = house.post("/environments", staging()).await.ok();
        let uid = made["environment"]["uid"].as_str().unwrap();
        let path = format!("/environments/{uid}");
        let mut read = house.get(&path).await.ok();
        assert!(!read.to_string().contains("t0ps3cret"));
        read["environment"]["values"][0]["value"] = json!("https://live.example");
        house.put(&path, read).await.ok();
        let id = uid.split_once('-').unwrap().1.parse().unwrap();
        let mut tx = house.store.read().await.unwrap();
        let stored = tx
            .environments()
            .get(house.team, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            stored.document["values"][0]["value"],
            "https://live.example"
        );
        assert_eq!(stored.document["values"][1]["value"], "t0ps3cret");
    }
}

#[tokio::test]
async fn a_mask_where_no_secret_is_stored_is_refused() {
    let house = House::sqlite().await;
    let mut body = staging();
    body["environment"]["values"][1]["value"] = json!("••••••••");
    let answer = house.post("/environments", body).await;
    assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
    assert!(
        answer.message().starts_with("environment.values[1].value"),
        "{}",
        answer.message()
    );
}
