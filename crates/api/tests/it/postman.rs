//! Calls of Postman's API that need a look of their own: environments' patches, globals, tags, copies.

use serde_json::{Value, json};

use crate::house::{EDITOR, House, houses, text};
use crate::things::{petstore, staging};

async fn workspace(house: &House) -> String {
    text(&house.get("/workspaces").await.ok()["workspaces"][0]["id"])
}

#[tokio::test]
async fn an_environment_is_patched_whole_or_not_at_all() {
    for house in houses().await {
        let made = house.post("/environments", staging()).await.ok();
        let path = format!("/environments/{}", text(&made["environment"]["uid"]));
        let change =
            async |operations: Value| house.call(EDITOR, "PATCH", &path, Some(operations)).await;
        let told = change(json!([
            {"op": "replace", "path": "/values/0/value", "value": "https://new.example"},
            {"op": "add", "path": "/values/-", "value": {"key": "port", "value": "80", "type": "default", "enabled": true}},
            {"op": "replace", "path": "/name", "value": "Stage"}
        ])).await.ok();
        assert_eq!(told["environment"]["name"], "Stage");
        assert_eq!(
            told["environment"]["values"][0]["value"],
            "https://new.example"
        );
        assert_eq!(told["environment"]["values"][2]["key"], "port");
        // The secret is kept, and still masked.
        assert_eq!(told["environment"]["values"][1]["value"], "••••••••");
        for (bad, status) in [
            (json!([]), 400),
            (json!({"op": "replace"}), 400),
            (
                json!([{"op": "replace", "path": "/owner", "value": 1}]),
                400,
            ),
            (
                json!([{"op": "replace", "path": "/values/9/value", "value": "x"}]),
                400,
            ),
            (
                json!([{"op": "move", "from": "/values/0", "path": "/values/1"}]),
                400,
            ),
            (
                json!([{"op": "replace", "path": "/name", "value": "X"}, {"op": "remove", "path": "/values/9"}]),
                400,
            ),
            (json!([{"op": "replace", "path": "/name", "value": 5}]), 400),
        ] {
            assert_eq!(change(bad.clone()).await.error().0, status, "{bad}");
        }
        let after = house.get(&path).await.ok();
        assert_eq!(
            after["environment"]["values"],
            told["environment"]["values"]
        );
        assert_eq!(after["environment"]["name"], "Stage");
    }
}

#[tokio::test]
async fn a_workspace_has_global_variables_and_hides_their_secrets() {
    for house in houses().await {
        let path = format!("/workspaces/{}/global-variables", workspace(&house).await);
        assert_eq!(house.get(&path).await.ok(), json!({"values": []}));
        let values = json!({"values": [{"key": "a", "value": "1", "enabled": true}, {"key": "t", "value": "s3cr3t", "type": "secret"}]});
        let told = house.put(&path, values).await;
        assert!(!told.text.contains("s3cr3t"));
        let mut told = told.ok();
        told["values"][0]["value"] = "2".into();
        house.put(&path, told).await.ok();
        let after = house.get(&path).await.ok();
        assert_eq!(after["values"][0]["value"], "2");
        assert_eq!(after["values"][1]["value"], "••••••••");
        let told = house.get("/activities?model=globals").await.ok();
        assert_eq!(told["activities"].as_array().unwrap().len(), 2);
        assert!(
            text(&told["activities"][0]["message"])
                .starts_with("Edi updated the global variables of "),
            "{told}"
        );
        assert_eq!(
            house
                .put(&path, json!({"values": [{"key": 5}]}))
                .await
                .error()
                .0,
            400
        );
    }
}

#[tokio::test]
async fn tags_find_what_has_them() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = text(&made["collection"]["uid"]);
        let (collection, workspace) = (format!("/collections/{uid}/tags"), workspace(&house).await);
        let tags = |slugs: &[&str]| json!({"tags": slugs.iter().map(|slug| json!({"slug": slug})).collect::<Vec<_>>()});
        house.put(&collection, tags(&["pets", "demo"])).await.ok();
        house
            .put(&format!("/workspaces/{workspace}/tags"), tags(&["demo"]))
            .await
            .ok();
        assert_eq!(house.get(&collection).await.ok(), tags(&["pets", "demo"]));
        let all = house.get("/tags/demo/entities").await.ok();
        assert_eq!(all["meta"]["count"], 2);
        let one = house
            .get("/tags/demo/entities?entityType=collection")
            .await
            .ok();
        assert_eq!(
            one["data"]["entities"],
            json!([{"entityId": uid, "entityType": "collection"}])
        );
        let page = house.get("/tags/demo/entities?limit=1").await.ok();
        let rest = house
            .get(&format!(
                "/tags/demo/entities?limit=1&cursor={}",
                text(&page["meta"]["nextCursor"])
            ))
            .await
            .ok();
        assert_eq!(
            (
                rest["meta"]["count"].clone(),
                rest["meta"].get("nextCursor")
            ),
            (json!(1), None)
        );
        house.put(&collection, tags(&[])).await.ok();
        assert_eq!(
            house.get("/tags/pets/entities").await.ok()["meta"]["count"],
            0
        );
        for bad in [
            tags(&["a", "b"]),
            tags(&["Pets"]),
            tags(&["pets", "pets"]),
            tags(&["aa", "bb", "cc", "dd", "ee", "ff"]),
            tags(&["x y"]),
            tags(&["end-"]),
        ] {
            assert_eq!(
                house.put(&collection, bad.clone()).await.error().0,
                400,
                "{bad}"
            );
        }
    }
}

#[tokio::test]
async fn a_copy_has_ids_of_its_own() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = text(&made["collection"]["uid"]);
        let place = workspace(&house).await;
        let task = house
            .post(
                &format!("/collections/{uid}/duplicates"),
                json!({"workspace": place, "suffix": " (2)"}),
            )
            .await;
        assert_eq!(task.status, 202);
        let task = task.ok();
        assert_eq!(task["task"]["status"], "completed");
        let again = house
            .get(&format!(
                "/collection-duplicate-tasks/{}",
                text(&task["task"]["id"])
            ))
            .await
            .ok();
        assert_eq!(again, task);
        let copy = text(&task["task"]["details"]["resources"][0]["id"]);
        let (old, new) = (
            house.get(&format!("/collections/{uid}")).await.ok(),
            house.get(&format!("/collections/{copy}")).await.ok(),
        );
        assert_eq!(new["collection"]["info"]["name"], "Petstore (2)");
        assert_eq!(
            new["collection"]["item"][1]["x-unknown"],
            json!({"kept": 1.50})
        );
        assert_ne!(
            new["collection"]["item"][0]["id"],
            old["collection"]["item"][0]["id"]
        );
        assert_eq!(
            house
                .post(
                    &format!("/collections/{uid}/duplicates"),
                    json!({"workspace": "nowhere"})
                )
                .await
                .error()
                .0,
            400
        );
        assert_eq!(
            house
                .get(&format!("/collection-duplicate-tasks/{place}"))
                .await
                .error()
                .0,
            404
        );
    }
}

#[tokio::test]
async fn items_go_elsewhere_all_or_none() {
    for house in houses().await {
        let one = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let two = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let (one, two) = (
            text(&one["collection"]["uid"]),
            text(&two["collection"]["uid"]),
        );
        let show = async |uid: &str| {
            house.get(&format!("/collections/{uid}")).await.ok()["collection"]["item"].clone()
        };
        let first = show(&one).await;
        let owner = one.split_once('-').unwrap().0.to_owned();
        let (pets, list, user) = (
            text(&first[0]["id"]),
            text(&first[0]["item"][0]["id"]),
            text(&first[1]["id"]),
        );
        let send = async |what: &str, body: Value| {
            house
                .post(&format!("/collection-{what}-transfers"), body)
                .await
        };

        // Within the collection: the user goes before the list, into the folder.
        let told = send("requests", json!({"ids": [format!("{owner}-{user}")], "mode": "move",
            "target": {"id": format!("{owner}-{pets}"), "model": "folder"}, "location": {"position": "before", "id": list, "model": "request"}})).await.ok();
        assert_eq!(told["ids"], json!([format!("{owner}-{user}")]));
        let now = show(&one).await;
        assert_eq!(now[0]["item"][0], first[1]);
        assert_eq!(now.as_array().unwrap().len(), 1);

        // A copy into the other one, at its beginning.
        let told = send("folders", json!({"ids": [pets], "mode": "copy", "target": {"id": two, "model": "collection"}, "location": {"position": "start"}})).await.ok();
        let copied = show(&two).await;
        assert_eq!(copied[0]["name"], "Pets");
        assert_eq!(
            told["ids"][0],
            format!("{owner}-{}", text(&copied[0]["id"]))
        );
        assert_ne!(copied[0]["id"], now[0]["id"]);
        assert_ne!(copied[0]["item"][0]["id"], now[0]["item"][0]["id"]);
        assert_eq!(show(&one).await, now);

        // Two of them moved into the other one, in their order.
        send("requests", json!({"ids": [list, user], "mode": "move", "target": {"id": two, "model": "collection"}, "location": {"position": "start"}})).await.ok();
        let moved = show(&two).await;
        assert_eq!(
            (&moved[0]["id"], &moved[1]["id"]),
            (&json!(list), &json!(user))
        );
        assert_eq!(show(&one).await[0]["item"], json!([]));
        let told = house.get("/activities?limit=4").await.ok();
        let said: Vec<String> = told["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| text(&it["message"]))
            .collect();
        assert!(
            said.iter()
                .any(|it| it.starts_with("Edi deleted the request List pets")),
            "{said:?}"
        );

        let before = (show(&one).await, show(&two).await);
        for (what, body, status) in [
            (
                "folders",
                json!({"ids": [pets], "mode": "move", "target": {"id": pets, "model": "folder"}, "location": {"position": "end"}}),
                400,
            ),
            (
                "requests",
                json!({"ids": [list, "nowhere"], "mode": "move", "target": {"id": one, "model": "collection"}, "location": {"position": "end"}}),
                404,
            ),
            (
                "responses",
                json!({"ids": [list], "mode": "move", "target": {"id": one, "model": "collection"}, "location": {"position": "end"}}),
                400,
            ),
            (
                "requests",
                json!({"ids": [], "mode": "move", "target": {"id": one, "model": "collection"}, "location": {"position": "end"}}),
                400,
            ),
            (
                "requests",
                json!({"ids": [list], "mode": "steal", "target": {"id": one, "model": "collection"}, "location": {"position": "end"}}),
                400,
            ),
            (
                "requests",
                json!({"ids": [list], "mode": "move", "target": {"id": one, "model": "collection"}, "location": {"position": "before"}}),
                400,
            ),
        ] {
            assert_eq!(send(what, body.clone()).await.error().0, status, "{body}");
        }
        assert_eq!((show(&one).await, show(&two).await), before);
    }
}

#[tokio::test]
async fn things_are_put_into_another_workspace() {
    for house in houses().await {
        let from = workspace(&house).await;
        let to = house
            .post(
                "/workspaces",
                json!({"workspace": {"name": "Elsewhere", "type": "team"}}),
            )
            .await
            .ok();
        let to = text(&to["workspace"]["id"]);
        let collection = text(
            &house
                .post(
                    &format!("/collections?workspace={from}"),
                    json!({"collection": petstore()}),
                )
                .await
                .ok()["collection"]["uid"],
        );
        let environment = text(
            &house
                .post(&format!("/environments?workspace={from}"), staging())
                .await
                .ok()["environment"]["uid"],
        );
        let monitor = text(
            &house
                .post(
                    &format!("/monitors?workspace={from}"),
                    crate::things::every_hour(&collection),
                )
                .await
                .ok()["monitor"]["uid"],
        );
        for (kind, id) in [
            ("collection", &collection),
            ("environment", &environment),
            ("monitor", &monitor),
        ] {
            let body = json!({"id": id, "type": kind, "to": to});
            let told = house
                .post(
                    &format!("/workspaces/{from}/element-transfers"),
                    body.clone(),
                )
                .await
                .ok();
            assert_eq!(
                told["workspace"]["elementTransfers"],
                json!({"type": kind, "id": id, "from": from, "to": to})
            );
            let again = house
                .post(&format!("/workspaces/{from}/element-transfers"), body)
                .await;
            assert_eq!(again.error().0, 400, "it is not there any more");
            let said = house.get("/activities?limit=1").await.ok();
            assert!(
                text(&said["activities"][0]["message"]).ends_with("to the workspace Elsewhere"),
                "{said}"
            );
        }
        let there = house.get(&format!("/workspaces/{to}")).await.ok();
        for (list, id) in [
            ("collections", &collection),
            ("environments", &environment),
            ("monitors", &monitor),
        ] {
            assert_eq!(there["workspace"][list][0]["uid"], *id);
        }
    }
}

#[tokio::test]
async fn people_talk_about_collections_and_what_is_in_them() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = text(&made["collection"]["uid"]);
        let shown = house.get(&format!("/collections/{uid}")).await.ok();
        let request = text(&shown["collection"]["item"][1]["id"]);
        let (whole, one) = (
            format!("/collections/{uid}/comments"),
            format!("/collections/{uid}/requests/{request}/comments"),
        );
        let first = house.post(&one, json!({"body": "Why one?"})).await;
        assert_eq!(first.status, 201);
        let first = first.ok();
        let thread = first["data"]["threadId"].clone();
        assert_eq!(thread, first["data"]["id"]);
        let answer = house
            .call(
                crate::house::ADMIN,
                "POST",
                &one,
                Some(json!({"body": "It is the first.", "threadId": thread})),
            )
            .await
            .ok();
        assert_eq!(answer["data"]["threadId"], thread);
        assert_eq!(
            house.get(&whole).await.ok()["data"],
            json!([]),
            "it is about the request"
        );
        let said = house.get(&one).await.ok();
        assert_eq!(
            (&said["data"][1]["body"], &said["data"][1]["status"]),
            (&json!("It is the first."), &json!("Open"))
        );
        house
            .post(&format!("/comments-resolutions/{thread}"), Value::Null)
            .await;
        assert_eq!(house.get(&one).await.ok()["data"][0]["status"], "Resolved");

        let mine = format!("{one}/{thread}");
        house
            .put(&mine, json!({"body": "Why only one?"}))
            .await
            .ok();
        assert_eq!(
            house.get(&one).await.ok()["data"][0]["body"],
            "Why only one?"
        );
        let theirs = format!("{one}/{}", answer["data"]["id"]);
        assert_eq!(
            house.put(&theirs, json!({"body": "No!"})).await.error().0,
            409
        );
        assert_eq!(
            house.call(EDITOR, "DELETE", &theirs, None).await.error().0,
            409
        );
        for (path, body, status) in [
            (one.clone(), json!({"body": " "}), 400),
            (one.clone(), json!({"body": "x".repeat(10_001)}), 400),
            (one.clone(), json!({"body": "x", "threadId": 5}), 404),
            (whole.clone(), json!({"body": "x", "threadId": thread}), 404),
            (
                format!("/collections/{uid}/folders/{request}/comments"),
                json!({"body": "x"}),
                404,
            ),
        ] {
            assert_eq!(
                house.post(&path, body.clone()).await.error().0,
                status,
                "{path} {body}"
            );
        }
        let gone = house.call(EDITOR, "DELETE", &mine, None).await;
        assert_eq!(gone.status, 204);
        assert_eq!(
            house.get(&one).await.ok()["data"],
            json!([]),
            "the whole thread"
        );
        assert_eq!(
            house.get("/activities?limit=1").await.ok()["activities"][0]["action"],
            "create"
        );
    }
}

#[tokio::test]
async fn an_update_that_prefers_to_be_asynchronous_is_a_task() {
    let house = House::sqlite().await;
    let made = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let uid = made["collection"]["uid"].as_str().unwrap();
    let mut changed = petstore();
    changed["info"]["name"] = "Pets".into();
    let request = http::Request::builder()
        .method("PUT")
        .uri(format!("/api/collections/{uid}"))
        .header("x-api-key", EDITOR)
        .header("prefer", "wait=5, respond-async")
        .body(axum::body::Body::from(
            json!({"collection": changed}).to_string(),
        ))
        .unwrap();
    let answer = house.send(request).await;
    assert_eq!(answer.status.as_u16(), 202);
    let task = answer.json()["task"].clone();
    assert_eq!(task["status"], "successful");
    let path = format!("/collection-updates-tasks/{}", task["id"].as_str().unwrap());
    assert_eq!(house.get(&path).await.ok(), task);
    let shown = house.get(&format!("/collections/{uid}")).await.ok();
    assert_eq!(shown["collection"]["info"]["name"], "Pets");
}

#[tokio::test]
async fn what_postman_has_and_postern_has_not_is_not_found() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let collection = text(&made["collection"]["uid"]);
        let workspace = workspace(&house).await;
        for (method, path) in [
            ("GET", "/mocks".to_owned()),
            ("POST", "/apis".to_owned()),
            ("GET", "/pan".to_owned()),
            ("GET", format!("/collections/{collection}/pull-requests")),
            ("POST", format!("/collections/{collection}/pull-requests")),
            ("PUT", format!("/collections/{collection}/generations")),
            ("GET", format!("/workspaces/{workspace}/feature-flags")),
        ] {
            let body = (method != "GET").then(|| json!({}));
            let answer = house.call(EDITOR, method, &path, body).await;
            let told = answer.error();
            assert_eq!(
                (told.0, told.1.as_str()),
                (404, "instanceNotFoundError"),
                "{method} {path}"
            );
        }
        // What is there, but not in this way, is told apart.
        let there = format!("/collections/{collection}/requests");
        assert_eq!(house.get(&there).await.error().0, 405);
    }
}
