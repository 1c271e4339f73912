//! What a version changed, and how things become again what they were.

use serde_json::{Value, json};

use crate::house::{EDITOR, House, houses, text};
use crate::things::petstore;

async fn shop(house: &House) -> (String, Value) {
    let made = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let path = format!("/collections/{}", text(&made["collection"]["uid"]));
    let shown = house.get(&path).await.ok();
    (path, shown["collection"].clone())
}

async fn document(house: &House, path: &str) -> Value {
    house.get(path).await.ok()["collection"].clone()
}

async fn last_message(house: &House) -> String {
    text(&house.get("/activities?limit=1").await.ok()["activities"][0]["message"])
}

#[tokio::test]
async fn a_version_tells_what_it_changed() {
    for house in houses().await {
        let (path, mut shop) = shop(&house).await;
        let script = |line: &str| json!([{"listen": "test", "script": {"type": "text/javascript", "exec": ["// one", line, "// three"]}}]);
        shop["item"][1]["event"] = script("// two");
        house.put(&path, json!({"collection": shop})).await.ok();
        shop["item"][1]["event"] = script("// 2");
        shop["item"][1]["request"]["url"] = "{{host}}/users/2".into();
        shop["item"][0]["item"].as_array_mut().unwrap().clear();
        house.put(&path, json!({"collection": shop})).await.ok();

        let told = house.get(&format!("{path}/versions/3/changes")).await.ok();
        assert_eq!(
            (&told["from"], &told["version"]["number"]),
            (&json!(2), &json!(3))
        );
        let changes = told["changes"].as_array().unwrap();
        let kinds: Vec<_> = changes
            .iter()
            .map(|it| (text(&it["action"]), text(&it["name"])))
            .collect();
        let is = |action: &str, name: &str| (action.to_owned(), name.to_owned());
        assert_eq!(kinds, [is("update", "Get user"), is("delete", "List pets")]);
        let fields = changes[0]["fields"].as_array().unwrap();
        let script = fields.iter().find(|it| it["path"] == "event.test").unwrap();
        assert_eq!(
            script["diff"],
            "@@ -1,3 +1,3 @@\n // one\n-// two\n+// 2\n // three\n"
        );
        let url = fields
            .iter()
            .find(|it| it["path"] == "request.url")
            .unwrap();
        assert_eq!(
            (&url["old"], &url["new"]),
            (&json!("{{host}}/users/1"), &json!("{{host}}/users/2"))
        );

        let whole = house
            .get(&format!(
                "{path}/versions/3/changes?from=1&item={}",
                text(&shop["item"][1]["id"])
            ))
            .await
            .ok();
        assert_eq!(whole["changes"].as_array().unwrap().len(), 1);
        let first = house.get(&format!("{path}/versions/1/changes")).await.ok();
        assert_eq!((&first["from"], &first["changes"]), (&json!(0), &json!([])));
        for bad in ["versions/3/changes?from=3", "versions/3/changes?from=-1"] {
            assert_eq!(house.get(&format!("{path}/{bad}")).await.error().0, 400);
        }
        assert_eq!(
            house
                .get(&format!("{path}/versions/9/changes"))
                .await
                .error()
                .0,
            404
        );
    }
}

#[tokio::test]
async fn a_collection_becomes_what_it_was() {
    for house in houses().await {
        let (path, first) = shop(&house).await;
        let mut changed = first.clone();
        changed["info"]["name"] = "Zoo".into();
        changed["item"].as_array_mut().unwrap().remove(0);
        house.put(&path, json!({"collection": changed})).await.ok();
        let restored = house
            .post(
                &format!("{path}/restore"),
                json!({"restore": {"version": 1}}),
            )
            .await;
        assert_eq!(restored.headers["etag"], "\"3\"");
        assert_eq!(restored.ok()["collection"]["name"], "Petstore");
        assert_eq!(document(&house, &path).await, first);
        assert_eq!(
            last_message(&house).await,
            "Edi restored the collection Petstore to version 1"
        );
        // What it is already changes nothing.
        let again = house
            .post(
                &format!("{path}/restore"),
                json!({"restore": {"version": 1}}),
            )
            .await;
        assert_eq!(again.headers["etag"], "\"3\"");
        for (body, status) in [
            (json!({"restore": {"version": 9}}), 404),
            (json!({"restore": {}}), 400),
            (
                json!({"restore": {"version": 1, "request": "nowhere"}}),
                404,
            ),
            (
                json!({"restore": {"version": 1, "request": "a", "folder": "b"}}),
                400,
            ),
        ] {
            assert_eq!(
                house
                    .post(&format!("{path}/restore"), body.clone())
                    .await
                    .error()
                    .0,
                status,
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn an_item_becomes_what_it_was_and_nothing_else() {
    for house in houses().await {
        let (path, first) = shop(&house).await;
        let (pets, list, user) = (
            &first["item"][0]["id"],
            &first["item"][0]["item"][0]["id"],
            &first["item"][1]["id"],
        );
        let (pets, list, user) = (text(pets), text(list), text(user));
        house
            .put(
                &format!("{path}/requests/{user}"),
                json!({"name": "A user"}),
            )
            .await
            .ok();
        house
            .call(EDITOR, "DELETE", &format!("{path}/requests/{list}"), None)
            .await
            .ok();
        house
            .post(
                &format!("{path}/restore"),
                json!({"restore": {"version": 1, "request": list}}),
            )
            .await
            .ok();
        let now = document(&house, &path).await;
        assert_eq!(now["item"][0], first["item"][0]);
        assert_eq!(now["item"][1]["name"], "A user");
        assert_eq!(
            last_message(&house).await,
            "Edi restored the request List pets in Petstore to version 1"
        );
        // With its folder.
        house
            .call(EDITOR, "DELETE", &format!("{path}/folders/{pets}"), None)
            .await
            .ok();
        house
            .post(
                &format!("{path}/restore"),
                json!({"restore": {"version": 1, "folder": pets}}),
            )
            .await
            .ok();
        assert_eq!(document(&house, &path).await["item"][0], first["item"][0]);
        // Without it: at the end.
        house
            .call(EDITOR, "DELETE", &format!("{path}/folders/{pets}"), None)
            .await
            .ok();
        house
            .post(
                &format!("{path}/restore"),
                json!({"restore": {"version": 1, "request": list}}),
            )
            .await
            .ok();
        assert_eq!(
            document(&house, &path).await["item"][1],
            first["item"][0]["item"][0]
        );
    }
}

#[tokio::test]
async fn a_deleted_collection_comes_back_with_its_versions() {
    for house in houses().await {
        let (path, first) = shop(&house).await;
        let uid = path.rsplit('/').next().unwrap().to_owned();
        let mut changed = first.clone();
        changed["info"]["name"] = "Zoo".into();
        house.put(&path, json!({"collection": changed})).await.ok();
        house.call(EDITOR, "DELETE", &path, None).await.ok();
        assert_eq!(house.get(&path).await.error().0, 404);
        let deleted = house.get("/deleted-collections").await.ok();
        assert_eq!(deleted["collections"][0]["uid"], uid);
        assert_eq!(
            (
                &deleted["collections"][0]["name"],
                &deleted["collections"][0]["version"]
            ),
            (&json!("Zoo"), &json!(2))
        );

        let back = house
            .post(&format!("/deleted-collections/{uid}/restore"), Value::Null)
            .await
            .ok();
        assert_eq!(back["collection"]["uid"], uid);
        assert_eq!(document(&house, &path).await, changed);
        let versions = house.get(&format!("{path}/versions")).await.ok();
        assert_eq!(versions["versions"].as_array().unwrap().len(), 2);
        assert_eq!(
            house.get("/deleted-collections").await.ok()["collections"],
            json!([])
        );
        let again = house
            .post(&format!("/deleted-collections/{uid}/restore"), Value::Null)
            .await;
        assert_eq!(again.error(), (404, "instanceNotFoundError".to_owned()));
        assert_eq!(
            last_message(&house).await,
            "Edi restored the collection Zoo to version 2"
        );
    }
}

#[tokio::test]
async fn a_backup_that_is_posted_makes_the_collection_again_with_its_ids() {
    for house in houses().await {
        let (path, first) = shop(&house).await;
        let uid = path.rsplit('/').next().unwrap().to_owned();
        // While it is there, another one is made.
        let other = house
            .post("/collections", json!({"collection": first}))
            .await
            .ok();
        assert_ne!(other["collection"]["uid"], uid);
        house.call(EDITOR, "DELETE", &path, None).await.ok();
        let mut backup = first.clone();
        backup["info"]["description"] = "From the backup".into();
        let back = house
            .post("/collections", json!({"collection": backup}))
            .await
            .ok();
        assert_eq!(back["collection"]["uid"], uid);
        assert_eq!(document(&house, &path).await, backup);
        let versions = house.get(&format!("{path}/versions")).await.ok();
        assert_eq!(
            versions["versions"].as_array().unwrap().len(),
            2,
            "its old version is there as well"
        );
        // Of a collection that this team never had.
        let id = "3f0d7c1a-5b1e-4a55-9d7e-0a1b2c3d4e5f";
        backup["info"]["_postman_id"] = id.into();
        let new = house
            .post("/collections", json!({"collection": backup}))
            .await
            .ok();
        assert_eq!(new["collection"]["id"], id);
        assert_eq!(
            document(&house, &format!("/collections/{id}")).await,
            backup
        );
    }
}

#[tokio::test]
async fn the_changelog_folds_what_one_person_does_to_one_thing() {
    for house in houses().await {
        let (path, first) = shop(&house).await;
        let user = text(&first["item"][1]["id"]);
        let put = async |url: &str| {
            house.clock.advance(std::time::Duration::from_mins(10));
            house
                .put(&format!("{path}/requests/{user}"), json!({"url": url}))
                .await
                .ok();
        };
        for number in 0..5 {
            put(&format!("https://example.com/{number}")).await;
        }
        house
            .call(
                crate::house::ADMIN,
                "PUT",
                &format!("{path}/requests/{user}"),
                Some(json!({"method": "POST"})),
            )
            .await
            .ok();
        put("https://example.com/5").await;
        house.clock.advance(std::time::Duration::from_mins(61));
        put("https://example.com/6").await;

        let told = house.get(&format!("{path}/changelog?limit=3")).await.ok();
        let entries = told["changelog"].as_array().unwrap();
        let counts: Vec<_> = entries
            .iter()
            .map(|it| {
                (
                    it["count"].clone(),
                    it["version"].clone(),
                    it["fromVersion"].clone(),
                )
            })
            .collect();
        let is = |count: i64, version: i64, from: i64| (json!(count), json!(version), json!(from));
        // On PostgreSQL its own clock counts, by which no hour passes.
        if house.store.engine() == postern_storage::EngineKind::Sqlite {
            assert_eq!(counts, [is(1, 9, 8), is(1, 8, 7), is(1, 7, 6)]);
            let cursor = text(&told["meta"]["nextCursor"]);
            let rest = house
                .get(&format!("{path}/changelog?cursor={cursor}"))
                .await
                .ok();
            let entries = rest["changelog"].as_array().unwrap();
            assert_eq!(
                (&entries[0]["count"], &entries[0]["fromVersion"]),
                (&json!(5), &json!(1))
            );
            assert_eq!(entries[0]["fields"], json!(["request.url"]));
            assert_eq!(entries[1]["action"], "create");
            assert_eq!(rest["meta"].get("nextCursor"), None);
        } else {
            assert_eq!(counts[..2], [is(2, 9, 7), is(1, 7, 6)]);
        }
        let mine = house
            .get("/activities?user=10000003&model=request")
            .await
            .ok();
        let all = mine["activities"].as_array().unwrap();
        assert!(
            all.iter()
                .all(|it| it["user"]["id"] == 10_000_003 && it["model"] == "request"),
            "{mine}"
        );
        assert_eq!(
            house.get("/activities?model=spaceship").await.error().0,
            400
        );
    }
}
