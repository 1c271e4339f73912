//! Calls of Postman's API that need a look of their own: environments' patches, globals, tags, copies.

use serde_json::{Value, json};

use crate::house::{EDITOR, House, houses};
use crate::things::{petstore, staging};

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

async fn workspace(house: &House) -> String {
    text(&house.get("/workspaces").await.ok()["workspaces"][0]["id"])
}

#[tokio::test]
async fn an_environment_is_patched_whole_or_not_at_all() {
    for house in houses().await {
        let made = house.post("/environments", staging()).await.ok();
        let path = format!("/environments/{}", text(&made["environment"]["uid"]));
        let patch =
            async |operations: Value| house.call(EDITOR, "PATCH", &path, Some(operations)).await;
        let told = patch(json!([
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
            assert_eq!(patch(bad.clone()).await.error().0, status, "{bad}");
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
