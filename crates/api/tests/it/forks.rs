//! Forks: made, changed on both sides, brought together.

use serde_json::{Value, json};

use crate::house::{EDITOR, House, VIEWER, houses, text};
use crate::things::petstore;

struct Two {
    source: String,
    fork: String,
}

impl House {
    async fn two(&self) -> Two {
        let made = self
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let source = text(&made["collection"]["uid"]);
        let forked = self
            .post(
                &format!("/collections/fork/{source}"),
                json!({"label": "Mine"}),
            )
            .await
            .ok();
        assert_eq!(forked["collection"]["fork"]["from"], source.as_str());
        assert_eq!(forked["collection"]["name"], "Petstore");
        let fork = text(&forked["collection"]["uid"]);
        Two { source, fork }
    }

    async fn document(&self, uid: &str) -> Value {
        self.get(&format!("/collections/{uid}")).await.ok()["collection"].clone()
    }

    async fn change(&self, uid: &str, change: impl Fn(&mut Value)) {
        let mut document = self.document(uid).await;
        change(&mut document);
        self.put(
            &format!("/collections/{uid}"),
            json!({"collection": document}),
        )
        .await
        .ok();
    }

    async fn is_ahead(&self, fork: &str) -> bool {
        let status = self
            .get(&format!("/collections/{fork}/source-status"))
            .await
            .ok();
        status["collection"][fork]["isSourceAhead"]
            .as_bool()
            .unwrap()
    }

    async fn merge(&self, two: &Two, strategy: &str) -> crate::house::Answer {
        let body = json!({"source": two.fork, "destination": two.source, "strategy": strategy});
        self.post("/collections/merge", body).await
    }
}

fn names(document: &Value) -> Vec<String> {
    document["item"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| text(&it["name"]))
        .collect()
}

#[tokio::test]
async fn what_both_sides_did_comes_together_and_ids_are_kept() {
    for house in houses().await {
        let two = house.two().await;
        let before = house.document(&two.source).await;
        let ids = |document: &Value| {
            (
                text(&document["item"][0]["id"]),
                text(&document["item"][1]["id"]),
            )
        };
        assert_ne!(ids(&before), ids(&house.document(&two.fork).await));
        assert!(!house.is_ahead(&two.fork).await);

        house
            .change(&two.fork, |it| {
                it["item"][1]["name"] = "Show user".into();
                it["item"]
                    .as_array_mut()
                    .unwrap()
                    .push(json!({"name": "Mine", "request": "https://example.com/mine"}));
            })
            .await;
        house
            .change(&two.source, |it| {
                it["item"][1]["request"]["method"] = "HEAD".into();
                it["item"].as_array_mut().unwrap().insert(
                    0,
                    json!({"name": "Theirs", "request": "https://example.com/theirs"}),
                );
            })
            .await;
        assert!(house.is_ahead(&two.fork).await);
        let fork = house.document(&two.fork).await;
        let mine = text(&fork["item"][2]["id"]);

        house
            .put(&format!("/collections/{}/pulls", two.fork), Value::Null)
            .await
            .ok();
        let pulled = house.document(&two.fork).await;
        assert_eq!(names(&pulled), ["Theirs", "Pets", "Show user", "Mine"]);
        assert_eq!(pulled["item"][2]["request"]["method"], "HEAD");
        assert_eq!(
            text(&pulled["item"][3]["id"]),
            mine,
            "what was there keeps its id"
        );
        assert!(!house.is_ahead(&two.fork).await);

        house.merge(&two, "default").await.ok();
        let merged = house.document(&two.source).await;
        assert_eq!(names(&merged), names(&pulled));
        assert_eq!(
            text(&merged["item"][2]["id"]),
            ids(&before).1,
            "what was there keeps its id"
        );
        assert!(!house.is_ahead(&two.fork).await);

        // Again, on top of that: what was new in the fork is known in the source.
        house
            .change(&two.fork, |it| it["item"][3]["name"] = "Still mine".into())
            .await;
        house
            .change(&two.source, |it| {
                it["item"].as_array_mut().unwrap().remove(0);
            })
            .await;
        house.merge(&two, "updateSourceWithDestination").await.ok();
        let expected = ["Pets", "Show user", "Still mine"];
        assert_eq!(names(&house.document(&two.source).await), expected);
        assert_eq!(names(&house.document(&two.fork).await), expected);
        assert!(!house.is_ahead(&two.fork).await);

        house.merge(&two, "deleteSource").await.ok();
        let gone = house.get(&format!("/collections/{}", two.fork)).await;
        assert_eq!(gone.error().0, 404);
    }
}

#[tokio::test]
async fn merging_while_the_source_went_on_leaves_the_rest_to_the_next_pull() {
    for house in houses().await {
        let two = house.two().await;
        house
            .change(&two.source, |it| it["item"][0]["name"] = "All pets".into())
            .await;
        house
            .change(&two.fork, |it| it["item"][1]["name"] = "Show user".into())
            .await;
        house.merge(&two, "default").await.ok();
        assert_eq!(
            names(&house.document(&two.source).await),
            ["All pets", "Show user"]
        );
        assert_eq!(
            names(&house.document(&two.fork).await),
            ["Pets", "Show user"]
        );
        assert!(house.is_ahead(&two.fork).await);
        let body = json!({"source": two.source, "destination": two.fork, "strategy": "default"});
        let task = house.put("/collection-merges", body).await.ok();
        assert_eq!(task["task"]["status"], "successful");
        assert_eq!(
            names(&house.document(&two.fork).await),
            ["All pets", "Show user"]
        );
        assert!(!house.is_ahead(&two.fork).await);
    }
}

#[tokio::test]
async fn a_conflict_is_told_and_changes_nothing() {
    for house in houses().await {
        let two = house.two().await;
        house
            .change(&two.source, |it| it["item"][1]["name"] = "Theirs".into())
            .await;
        house
            .change(&two.fork, |it| it["item"][1]["name"] = "Mine".into())
            .await;
        let before = (
            house.document(&two.source).await,
            house.document(&two.fork).await,
        );
        for answer in [
            house.merge(&two, "default").await,
            house
                .put(&format!("/collections/{}/pulls", two.fork), Value::Null)
                .await,
        ] {
            assert_eq!(answer.error(), (409, "conflictError".to_owned()));
            let conflicts = &answer.json()["error"]["details"]["conflicts"];
            assert_eq!(conflicts[0]["problem"], "name is different on both sides");
        }
        assert_eq!(
            (
                house.document(&two.source).await,
                house.document(&two.fork).await
            ),
            before
        );
    }
}

#[tokio::test]
async fn forks_are_listed_for_who_may_see_them() {
    for house in houses().await {
        let two = house.two().await;
        let path = format!("/collections/{}/forks", two.source);
        let listed = house.call(VIEWER, "GET", &path, None).await.ok();
        assert_eq!(listed["meta"]["total"], 1);
        assert_eq!(
            listed["data"][0],
            json!({"forkId": two.fork, "forkName": "Mine", "createdAt": listed["data"][0]["createdAt"], "createdBy": "Edi"})
        );
        let own = house
            .get("/collections/collection-forks?direction=desc")
            .await
            .ok();
        assert_eq!(own["data"][0]["sourceId"], two.source.as_str());
        let collections = house.get("/collections").await.ok();
        let of = |uid: &str| {
            collections["collections"]
                .as_array()
                .unwrap()
                .iter()
                .find(|it| it["uid"] == uid)
                .unwrap()["fork"]
                .clone()
        };
        assert_eq!(of(&two.fork)["label"], "Mine");
        assert_eq!(of(&two.source), Value::Null);
        for (method, path, body) in [
            (
                "POST",
                format!("/collections/fork/{}", two.source),
                json!({}),
            ),
            (
                "POST",
                format!("/collections/fork/{}", two.source),
                json!({"label": ""}),
            ),
            (
                "POST",
                "/collections/merge".to_owned(),
                json!({"source": two.source, "destination": two.source}),
            ),
            (
                "POST",
                "/collections/merge".to_owned(),
                json!({"source": two.fork, "destination": two.source, "strategy": "hope"}),
            ),
            ("GET", format!("{path}?direction=up"), Value::Null),
        ] {
            let answer = house.call(EDITOR, method, &path, Some(body)).await;
            assert_eq!(answer.error().0, 400, "{method} {path}");
        }
        assert_eq!(
            house
                .put(&format!("/collections/{}/pulls", two.source), Value::Null)
                .await
                .error()
                .0,
            404
        );
        // A fork whose source is gone has nothing to take and nowhere to go.
        house
            .delete(&format!("/collections/{}", two.source))
            .await
            .ok();
        assert!(!house.is_ahead(&two.fork).await);
        assert_eq!(
            house
                .put(&format!("/collections/{}/pulls", two.fork), Value::Null)
                .await
                .error()
                .0,
            404
        );
        house.document(&two.fork).await;
    }
}
