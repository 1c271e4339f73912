//! What was done, in both shapes, page by page.

use serde_json::{Value, json};

use crate::house::{assert_each_snapshot, houses, redacted, shown};
use crate::things::petstore;

#[tokio::test]
async fn activities_tell_what_was_done_in_both_shapes() {
    for house in houses().await {
        house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let list = house.get("/activities?limit=2").await;
        assert_each_snapshot!(shown(list), @r#"
        200 {
          "activities": [
            {
              "id": "[id]",
              "message": "Edi created the collection Petstore",
              "action": "create",
              "model": "collection",
              "modelName": "Petstore",
              "modelUid": "10000002-[id]",
              "workspace": "[id]",
              "collectionUid": "10000002-[id]",
              "collectionName": "Petstore",
              "user": {
                "id": 10000002,
                "name": "Edi"
              },
              "version": 1,
              "createdAt": "[time]"
            }
          ],
          "meta": {
            "limit": 2
          }
        }
        "#);
        let workspace = house.get("/workspaces").await.ok()["workspaces"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut feed = house
            .get(&format!("/workspaces/{workspace}/activities?limit=1"))
            .await
            .ok();
        assert!(feed["data"][0]["id"].is_u64());
        feed["data"][0]["id"] = json!(0);
        assert_each_snapshot!(serde_json::to_string_pretty(&redacted(feed)).unwrap(), @r#"
        {
          "data": [
            {
              "id": 0,
              "workspaceId": "[id]",
              "action": "create",
              "elementType": "collection",
              "elementId": "10000002-[id]",
              "elementName": "Petstore",
              "trigger": "create",
              "user": {
                "id": 10000002,
                "name": "Edi"
              },
              "createdAt": "[time]",
              "updatedAt": "[time]"
            }
          ],
          "meta": {
            "limit": 1
          }
        }
        "#);
    }
}

#[tokio::test]
async fn pages_of_the_feed_follow_each_other_without_gap_or_repeat() {
    for house in houses().await {
        let collection = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = collection["collection"]["uid"].as_str().unwrap().to_owned();
        for number in 0..4 {
            let mut document = petstore();
            document["info"]["name"] = json!(format!("Petstore {number}"));
            house
                .put(
                    &format!("/collections/{uid}"),
                    json!({"collection": document}),
                )
                .await
                .ok();
        }
        let ids = |page: &Value| -> Vec<String> {
            let list = page["activities"].as_array().unwrap();
            list.iter()
                .map(|it| it["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let all = ids(&house.get("/activities?limit=100").await.ok());
        assert!(all.len() >= 5);
        let mut read = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = house
                .get(&format!("/activities?limit=2&cursor={cursor}"))
                .await
                .ok();
            read.extend(ids(&page));
            match page["meta"]["nextCursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(read, all);
    }
}
