//! Postman's resources: each endpoint's good answer, as Postman's clients read it.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, House, houses, redacted};
use crate::things::{petstore, staging};

/// The status and the body, with ids and times as words.
fn shown(answer: Answer) -> String {
    let status = answer.status.as_u16();
    let body = serde_json::to_string_pretty(&redacted(answer.json())).unwrap();
    format!("{status} {body}")
}

#[tokio::test]
async fn me_tells_the_user_the_team_and_the_role_of_the_key() {
    for house in houses().await {
        let mut me = house.call(ADMIN, "GET", "/me", None).await.ok();
        assert!(me["user"]["teamId"].is_u64());
        me["user"]["teamId"] = json!(0);
        assert_snapshot!(serde_json::to_string_pretty(&me).unwrap(), @r#"
        {
          "user": {
            "id": 10000001,
            "username": "ada",
            "email": "ada@example.com",
            "fullName": "Ada",
            "isPublic": false,
            "teamId": 0,
            "teamName": "One",
            "teamDomain": "one",
            "roles": [
              "admin"
            ]
          },
          "operations": []
        }
        "#);
    }
}

#[tokio::test]
async fn workspaces_are_made_read_changed_and_deleted() {
    for house in houses().await {
        let body =
            json!({"workspace": {"name": "Payments", "type": "private", "description": "Cards"}});
        let made = house.post("/workspaces", body).await;
        let id = made.json()["workspace"]["id"].as_str().unwrap().to_owned();
        assert_snapshot!(shown(made), @"");
        let path = format!("/workspaces/{id}");
        house
            .post(
                &format!("/collections?workspace={id}"),
                json!({"collection": petstore()}),
            )
            .await
            .ok();
        house
            .post(&format!("/environments?workspace={id}"), staging())
            .await
            .ok();
        assert_snapshot!(shown(house.get(&path).await), @"");
        assert_snapshot!(shown(house.get("/workspaces").await), @"");
        assert_snapshot!(shown(house.get("/workspaces?type=private").await), @"");
        let change = json!({"workspace": {"name": "Cards"}});
        assert_snapshot!(shown(house.put(&path, change).await), @"");
        assert_eq!(
            house.get(&path).await.ok()["workspace"]["description"],
            "Cards"
        );
        let refused = house.call(ADMIN, "DELETE", &path, None).await;
        assert_snapshot!(shown(refused), @"");
        let empty = house
            .post(
                "/workspaces",
                json!({"workspace": {"name": "Empty", "type": "team"}}),
            )
            .await
            .ok();
        let empty = format!("/workspaces/{}", empty["workspace"]["id"].as_str().unwrap());
        assert_snapshot!(shown(house.call(ADMIN, "DELETE", &empty, None).await), @"");
        assert_eq!(house.get(&empty).await.status.as_u16(), 404);
    }
}

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
        assert_snapshot!(shown(made), @"");
        let path = format!("/collections/{uid}");
        assert_snapshot!(shown(house.get(&path).await), @"");
        assert_snapshot!(shown(house.get("/collections").await), @"");
        let mut changed = house.get(&path).await.ok();
        changed["collection"]["info"]["name"] = json!("Pet shop");
        assert_snapshot!(shown(house.put(&path, changed).await), @"");
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
        assert_snapshot!(shown(house.get(&format!("{path}/versions")).await), @"");
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
        assert_snapshot!(shown(house.delete(&path).await), @"");
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

#[tokio::test]
async fn environments_are_made_read_replaced_and_deleted() {
    for house in houses().await {
        let made = house.post("/environments", staging()).await;
        let uid = made.json()["environment"]["uid"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_snapshot!(shown(made), @"");
        let path = format!("/environments/{uid}");
        assert_snapshot!(shown(house.get(&path).await), @"");
        assert_snapshot!(shown(house.get("/environments").await), @"");
        assert_snapshot!(shown(house.put(&path, json!({"environment": {"name": "Live", "values": []}})).await), @"");
        assert_snapshot!(shown(house.delete(&path).await), @"");
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

#[tokio::test]
async fn activities_tell_what_was_done_in_both_shapes() {
    for house in houses().await {
        house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let list = house.get("/activities?limit=2").await;
        assert_snapshot!(shown(list), @"");
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
        assert_snapshot!(serde_json::to_string_pretty(&redacted(feed)).unwrap(), @"");
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
