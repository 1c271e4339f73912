//! Folders, requests and saved responses, one at a time; and two writers at once.
#![expect(
    clippy::too_many_lines,
    reason = "one story each, told from its beginning to its end"
)]

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

use crate::house::{EDITOR, House, houses, text};
use crate::things::petstore;

async fn shop(house: &House) -> (String, Value) {
    let made = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let uid = text(&made["collection"]["uid"]);
    let shown = house.get(&format!("/collections/{uid}")).await.ok();
    (uid, shown["collection"].clone())
}

#[tokio::test]
async fn an_item_is_added_shown_changed_and_deleted() {
    for house in houses().await {
        let (uid, shop) = shop(&house).await;
        let pets = text(&shop["item"][0]["id"]);
        let collection = format!("/collections/{uid}");

        let folder = house
            .post(
                &format!("{collection}/folders"),
                json!({"name": "Dogs", "folder": pets}),
            )
            .await
            .ok();
        let dogs = text(&folder["model_id"]);
        assert_eq!(folder["data"]["folder"], pets);
        assert_eq!(
            folder["meta"],
            json!({"model": "folder", "action": "create"})
        );
        assert_eq!(folder["revision"], 2);

        let request = house
            .post(
                &format!("{collection}/requests?folder={dogs}"),
                json!({"name": "Bark", "method": "POST", "url": "{{host}}/bark", "dataMode": "raw", "rawModeData": "wau",
                    "headerData": [{"key": "X-Loud", "value": "yes"}]}),
            )
            .await
            .ok();
        let bark = text(&request["model_id"]);
        let shown = house
            .get(&format!("{collection}/requests/{bark}"))
            .await
            .ok();
        assert_eq!(shown["data"]["rawModeData"], "wau");
        assert_eq!(shown["data"]["folder"], dogs);
        assert_eq!(
            shown["data"]["headerData"],
            json!([{"key": "X-Loud", "value": "yes"}])
        );

        let response = house
            .post(
                &format!("{collection}/responses?request={bark}"),
                json!({"name": "Echo", "responseCode": {"code": 200, "name": "OK"}, "text": "wau"}),
            )
            .await
            .ok();
        let echo = text(&response["model_id"]);
        assert_eq!(response["data"]["request"], bark);

        // By its uid, and only what is named.
        let owner = uid.split_once('-').unwrap().0.to_owned();
        let changed = house
            .put(
                &format!("{collection}/requests/{owner}-{bark}"),
                json!({"name": "Bark twice"}),
            )
            .await
            .ok();
        assert_eq!(changed["data"]["rawModeData"], "wau");
        let document = house.get(&collection).await.ok();
        let item = &document["collection"]["item"][0]["item"][1]["item"][0];
        assert_eq!(item["name"], "Bark twice");
        assert_eq!(
            item["request"]["body"],
            json!({"mode": "raw", "raw": "wau"})
        );
        assert_eq!(item["response"][0]["name"], "Echo");
        assert_eq!(
            document["collection"]["item"][1]["x-unknown"],
            json!({"kept": 1.50})
        );

        let whole = house
            .get(&format!("{collection}/folders/{pets}?populate=true"))
            .await
            .ok();
        assert_eq!(
            whole["data"]["folders"][0]["requests"][0]["responses"][0]["id"],
            echo
        );
        let ids = house
            .get(&format!("{collection}/folders/{pets}?ids=true&uid=true"))
            .await
            .ok();
        assert_eq!(
            ids["data"]["folders_order"],
            json!([format!("{owner}-{dogs}")])
        );
        assert_eq!(ids["data"].get("name"), None);

        let gone = house
            .call(
                EDITOR,
                "DELETE",
                &format!("{collection}/folders/{dogs}"),
                None,
            )
            .await
            .ok();
        assert_eq!(gone["data"]["id"], dogs);
        for path in [
            format!("requests/{bark}"),
            format!("responses/{echo}"),
            format!("folders/{dogs}"),
        ] {
            let (status, name) = house.get(&format!("{collection}/{path}")).await.error();
            assert_eq!(
                (status, name.as_str()),
                (404, "instanceNotFoundError"),
                "{path}"
            );
        }
        let told = house.get("/activities").await.ok();
        let messages: Vec<&str> = told["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert!(messages[0].contains("deleted the"), "{messages:?}");
        assert!(
            messages
                .iter()
                .any(|it| it.contains("renamed the request Bark to Bark twice in Petstore")),
            "{messages:?}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_nothing_changes() {
    for house in houses().await {
        let (uid, shop) = shop(&house).await;
        let collection = format!("/collections/{uid}");
        let pets = text(&shop["item"][0]["id"]);
        for (method, path, body, expected) in [
            (
                "POST",
                "responses".to_owned(),
                json!({"name": "x"}),
                (400, "paramMissingError"),
            ),
            (
                "POST",
                "responses?request=nowhere".to_owned(),
                json!({"name": "x"}),
                (404, "instanceNotFoundError"),
            ),
            (
                "POST",
                "requests?folder=nowhere".to_owned(),
                json!({"name": "x"}),
                (404, "instanceNotFoundError"),
            ),
            (
                "POST",
                "requests".to_owned(),
                json!({"name": "x".repeat(10_000)}),
                (400, "invalidParamsError"),
            ),
            (
                "POST",
                "requests".to_owned(),
                json!({"name": ["x"]}),
                (400, "malformedRequestError"),
            ),
            (
                "POST",
                "mocks".to_owned(),
                json!({"name": "x"}),
                (404, "instanceNotFoundError"),
            ),
            (
                "PUT",
                format!("requests/{pets}"),
                json!({"name": "x"}),
                (404, "instanceNotFoundError"),
            ),
        ] {
            let answer = house
                .call(EDITOR, method, &format!("{collection}/{path}"), Some(body))
                .await;
            let (status, name) = answer.error();
            assert_eq!(
                (status, name.as_str()),
                expected,
                "{method} {path}: {}",
                answer.text
            );
        }
        let after = house.get(&collection).await.ok();
        assert_eq!(after["collection"], shop);
    }
}

#[tokio::test]
async fn who_says_what_was_seen_overwrites_nobody() {
    for house in houses().await {
        let (uid, shop) = shop(&house).await;
        let path = format!("/collections/{uid}");
        let seen = house.get(&path).await;
        assert_eq!(seen.headers["etag"], "\"1\"");
        let id = text(&shop["item"][1]["id"]);
        for (method, path, body) in [
            ("PUT", path.clone(), json!({"collection": petstore()})),
            (
                "PATCH",
                path.clone(),
                json!({"collection": {"info": {"name": "Mine"}}}),
            ),
            (
                "PUT",
                format!("{path}/requests/{id}"),
                json!({"name": "Mine"}),
            ),
            ("DELETE", format!("{path}/requests/{id}"), Value::Null),
        ] {
            let send = |etag: &'static str| {
                let request = Request::builder()
                    .method(method)
                    .uri(format!("/api{path}"))
                    .header("x-api-key", EDITOR)
                    .header("if-match", etag);
                house.send(request.body(Body::from(body.to_string())).unwrap())
            };
            let (status, name) = send("\"7\"").await.error();
            assert_eq!(
                (status, name.as_str()),
                (412, "preconditionFailedError"),
                "{method}"
            );
            let (status, _) = send("yesterday").await.error();
            assert_eq!(status, 400);
        }
        let patched = Request::builder()
            .method("PATCH")
            .uri(format!("/api{path}"))
            .header("x-api-key", EDITOR)
            .header("if-match", "\"1\"");
        let change = json!({"collection": {"info": {"name": "Pets", "description": "All of them"}, "auth": {"type": "noauth"},
            "variable": [{"key": "host", "value": "a"}, {"key": "port", "value": 1}]}});
        let changed = house
            .send(patched.body(Body::from(change.to_string())).unwrap())
            .await;
        assert_eq!(changed.headers["etag"], "\"2\"");
        assert_eq!(changed.ok()["collection"]["name"], "Pets");
        let again =
            json!({"collection": {"variable": [{"key": "host", "value": "b"}], "auth": null}});
        house.call(EDITOR, "PATCH", &path, Some(again)).await.ok();
        let after = house.get(&path).await.ok();
        assert_eq!(after["collection"]["info"]["description"], "All of them");
        assert_eq!(
            after["collection"]["variable"],
            json!([{"key": "host", "value": "b"}, {"key": "port", "value": 1}])
        );
        assert_eq!(after["collection"].get("auth"), None);
        assert_eq!(after["collection"]["item"], shop["item"]);
        let tree = house.get(&format!("{path}?model=minimal")).await.ok();
        assert_eq!(
            tree["collection"]["item"][0]["item"][0]["name"],
            "List pets"
        );
        assert_eq!(
            tree["collection"]["item"][0]["item"][0].get("request"),
            None
        );
    }
}
