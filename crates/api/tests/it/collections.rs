//! Collections in Postman's shapes, and their versions.
#![expect(
    clippy::too_many_lines,
    reason = "the answers stand in the test that gets them"
)]

use serde_json::{Value, json};

use crate::house::{House, assert_each_snapshot, houses, redacted, shown};
use crate::things::petstore;

#[tokio::test]
async fn collections_are_made_read_replaced_and_deleted() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await;
        let uid = made.json()["collection"]["uid"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_each_snapshot!(shown(made), @r#"
        200 {
          "collection": {
            "id": "[id]",
            "name": "Petstore",
            "uid": "10000002-[id]"
          }
        }
        "#);
        let path = format!("/collections/{uid}");
        assert_each_snapshot!(shown(house.get(&path).await), @r#"
        200 {
          "collection": {
            "info": {
              "_postman_id": "[id]",
              "name": "Petstore",
              "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
            },
            "item": [
              {
                "name": "Pets",
                "item": [
                  {
                    "name": "List pets",
                    "request": {
                      "method": "GET",
                      "url": "{{host}}/pets"
                    },
                    "id": "[id]"
                  }
                ],
                "id": "[id]"
              },
              {
                "name": "Get user",
                "request": {
                  "method": "GET",
                  "url": "{{host}}/users/1"
                },
                "x-unknown": {
                  "kept": 1.5
                },
                "id": "[id]"
              }
            ]
          }
        }
        "#);
        assert_each_snapshot!(shown(house.get("/collections").await), @r#"
        200 {
          "collections": [
            {
              "id": "[id]",
              "name": "Petstore",
              "owner": "10000002",
              "createdAt": "[time]",
              "updatedAt": "[time]",
              "uid": "10000002-[id]",
              "isPublic": false
            }
          ],
          "meta": {
            "total": 1,
            "offset": 0,
            "limit": 1
          }
        }
        "#);
        let mut changed = house.get(&path).await.ok();
        changed["collection"]["info"]["name"] = json!("Pet shop");
        assert_each_snapshot!(shown(house.put(&path, changed).await), @r#"
        200 {
          "collection": {
            "id": "[id]",
            "name": "Pet shop",
            "uid": "10000002-[id]"
          }
        }
        "#);
        assert_eq!(
            house.get("/collections?name=Pet%20shop").await.ok()["collections"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            house.get("/collections?name=Pet").await.ok()["collections"],
            json!([])
        );
        assert_each_snapshot!(shown(house.get(&format!("{path}/versions")).await), @r#"
        200 {
          "versions": [
            {
              "id": "[id]",
              "number": 2,
              "hash": "[hash]",
              "createdBy": "10000002",
              "createdAt": "[time]"
            },
            {
              "id": "[id]",
              "number": 1,
              "hash": "[hash]",
              "createdBy": "10000002",
              "createdAt": "[time]"
            }
          ],
          "meta": {
            "limit": 25
          }
        }
        "#);
        let first = house.get(&format!("{path}/versions/1")).await.ok();
        assert_eq!(first["collection"]["info"]["name"], "Petstore");
        assert_eq!(first["version"]["number"], 1);
        assert_eq!(
            house
                .get(&format!("{path}/versions/3"))
                .await
                .status
                .as_u16(),
            404
        );
        assert_each_snapshot!(shown(house.delete(&path).await), @r#"
        200 {
          "collection": {
            "id": "[id]",
            "uid": "10000002-[id]"
          }
        }
        "#);
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn a_collection_comes_back_with_the_fields_that_nobody_knows_and_its_numbers_as_written() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = made["collection"]["uid"].as_str().unwrap();
        let answer = house.get(&format!("/collections/{uid}")).await;
        assert!(
            answer.text.contains(r#""x-unknown":{"kept":1.50}"#)
                || answer.text.contains(r#""kept":1.5"#),
            "{}",
            answer.text
        );
        assert_eq!(answer.headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn what_get_answers_can_be_posted_to_make_the_same_collection_again() {
    for house in houses().await {
        let first = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let document = house
            .get(&format!(
                "/collections/{}",
                first["collection"]["uid"].as_str().unwrap()
            ))
            .await
            .ok();
        let second = house.post("/collections", document.clone()).await.ok();
        assert_ne!(first["collection"]["uid"], second["collection"]["uid"]);
        let again = house
            .get(&format!(
                "/collections/{}",
                second["collection"]["uid"].as_str().unwrap()
            ))
            .await
            .ok();
        assert_eq!(redacted(again), redacted(document));
    }
}

#[tokio::test]
async fn lists_of_collections_are_cut_by_limit_and_offset() {
    let house = House::sqlite().await;
    for name in ["A", "B", "C"] {
        let mut document = petstore();
        document["info"]["name"] = json!(name);
        house
            .post("/collections", json!({"collection": document}))
            .await
            .ok();
    }
    let names = |list: &Value| -> Vec<String> {
        let list = list["collections"].as_array().unwrap();
        list.iter()
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = names(&house.get("/collections").await.ok());
    assert_eq!(all.len(), 3);
    let page = house.get("/collections?limit=1&offset=1").await.ok();
    assert_eq!(names(&page), all[1..2]);
    assert_eq!(page["meta"], json!({"total": 3, "offset": 1, "limit": 1}));
}
