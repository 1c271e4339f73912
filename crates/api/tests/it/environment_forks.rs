//! Forks of environments: made, changed on both sides, brought together.

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, EDITOR, House, VIEWER, houses, text};

struct Two {
    source: String,
    fork: String,
}

fn document(values: &[(&str, &str)]) -> Value {
    let values: Vec<Value> = values
        .iter()
        .map(|(key, value)| json!({"key": key, "value": value, "type": "default", "enabled": true}))
        .collect();
    json!({"environment": {"name": "Staging", "values": values}})
}

impl House {
    async fn forked(&self, values: &[(&str, &str)]) -> Two {
        let made = self.post("/environments", document(values)).await.ok();
        let source = text(&made["environment"]["uid"]);
        let path = format!("/environments/{source}/forks");
        let forked = self.post(&path, json!({"forkName": "Mine"})).await.ok();
        assert_eq!(forked["environment"]["name"], "Staging");
        assert_eq!(forked["environment"]["forkName"], "Mine");
        let fork = text(&forked["environment"]["uid"]);
        assert_ne!(source, fork);
        Two { source, fork }
    }

    async fn becomes(&self, uid: &str, values: &[(&str, &str)]) {
        let path = format!("/environments/{uid}");
        self.put(&path, document(values)).await.ok();
    }

    async fn variables(&self, uid: &str) -> Vec<(String, String)> {
        let shown = self.get(&format!("/environments/{uid}")).await.ok();
        let values = shown["environment"]["values"].as_array().unwrap().clone();
        let pairs = values
            .iter()
            .map(|it| (text(&it["key"]), text(&it["value"])));
        pairs.collect()
    }

    async fn pulled(&self, two: &Two) -> Answer {
        let path = format!("/environments/{}/pulls", two.fork);
        self.post(&path, json!({"source": two.source})).await
    }

    async fn merged(&self, two: &Two, goes: bool) -> Answer {
        let path = format!("/environments/{}/merges", two.source);
        let body = json!({"source": two.fork, "deleteSource": goes});
        self.post(&path, body).await
    }
}

fn pairs(values: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = values.iter();
    pairs
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn both_sides_get_what_the_other_has_changed() {
    for house in houses().await {
        let two = house.forked(&[("host", "a"), ("port", "1")]).await;
        house
            .becomes(&two.source, &[("host", "a"), ("port", "2")])
            .await;
        house
            .becomes(&two.fork, &[("host", "b"), ("port", "1"), ("mine", "m")])
            .await;
        let answer = house.pulled(&two).await.ok();
        assert_eq!(answer["environment"]["uid"], two.fork.as_str());
        let both = pairs(&[("host", "b"), ("port", "2"), ("mine", "m")]);
        assert_eq!(house.variables(&two.fork).await, both);
        let at_source = house.variables(&two.source).await;
        assert_eq!(at_source, pairs(&[("host", "a"), ("port", "2")]));

        let answer = house.merged(&two, false).await.ok();
        assert_eq!(answer["environment"]["uid"], two.source.as_str());
        assert_eq!(house.variables(&two.source).await, both);

        // What was merged is no change any more: each side can change it again.
        house
            .becomes(&two.source, &[("host", "c"), ("port", "2"), ("mine", "m")])
            .await;
        house.pulled(&two).await.ok();
        let mine = house.variables(&two.fork).await;
        assert_eq!(mine, pairs(&[("host", "c"), ("port", "2"), ("mine", "m")]));

        house.merged(&two, true).await.ok();
        let gone = house.get(&format!("/environments/{}", two.fork)).await;
        assert_eq!(gone.error().0, 404);
        let path = format!("/environments/{}/forks", two.source);
        assert_eq!(house.get(&path).await.ok()["meta"]["total"], 0);
    }
}

#[tokio::test]
async fn a_conflict_names_the_variable_and_changes_nothing() {
    for house in houses().await {
        let two = house.forked(&[("host", "a"), ("token", "t0")]).await;
        let theirs = [("host", "b"), ("token", "t1")];
        let ours = [("host", "a"), ("token", "t2"), ("new", "n")];
        house.becomes(&two.source, &theirs).await;
        house.becomes(&two.fork, &ours).await;
        for answer in [house.pulled(&two).await, house.merged(&two, true).await] {
            let (status, name) = answer.error();
            assert_eq!((status, name.as_str()), (409, "conflictError"));
            let conflicts = &answer.json()["error"]["details"]["conflicts"];
            assert_eq!(
                *conflicts,
                json!([{
                    "model": "variable", "id": "token", "name": "token",
                    "problem": "value is different on both sides",
                }])
            );
        }
        assert_eq!(house.variables(&two.source).await, pairs(&theirs));
        assert_eq!(house.variables(&two.fork).await, pairs(&ours));
    }
}

#[tokio::test]
async fn secrets_come_along_and_are_not_shown() {
    for house in houses().await {
        let with = |value: &str| {
            json!({"environment": {"name": "Staging", "values": [
                {"key": "token", "value": value, "type": "secret", "enabled": true},
            ]}})
        };
        let made = house.post("/environments", with("s3cret-1")).await.ok();
        let source = text(&made["environment"]["uid"]);
        let path = format!("/environments/{source}/forks");
        let viewer = house
            .call(VIEWER, "POST", &path, Some(json!({"forkName": "Mine"})))
            .await;
        assert_eq!(viewer.error().0, 403);
        let forked = house.post(&path, json!({"forkName": "Mine"})).await.ok();
        let fork = text(&forked["environment"]["uid"]);
        let two = Two { source, fork };
        let path = format!("/environments/{}", two.source);
        house.put(&path, with("s3cret-2")).await.ok();
        house.pulled(&two).await.ok();
        // The mask at one side and a value at the other are not taken for a change.
        house.merged(&two, false).await.ok();
        for uid in [&two.source, &two.fork] {
            let shown = house.get(&format!("/environments/{uid}")).await.ok();
            assert!(!shown.to_string().contains("s3cret"), "{shown}");
        }
        let mut tx = house.store.read().await.unwrap();
        let id = two.fork.split_once('-').unwrap().1.parse().unwrap();
        let kept = tx
            .environments()
            .get(house.team, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(kept.document["values"][0]["value"], "s3cret-2");
    }
}

#[tokio::test]
async fn forks_are_listed_and_what_is_wrong_is_told() {
    for house in houses().await {
        let two = house.forked(&[("host", "a")]).await;
        house.clock.advance(std::time::Duration::from_mins(1));
        let path = format!("/environments/{}/forks", two.source);
        let second = json!({"forkName": "Second"});
        house.call(ADMIN, "POST", &path, Some(second)).await.ok();
        let listed = house.get(&format!("{path}?limit=1")).await.ok();
        assert_eq!(listed["data"][0]["forkName"], "Mine");
        assert_eq!(listed["data"][0]["forkId"], two.fork.as_str());
        assert_eq!(listed["meta"]["total"], 2);
        let next = text(&listed["meta"]["nextCursor"]);
        let rest = house
            .get(&format!("{path}?limit=1&cursor={next}"))
            .await
            .ok();
        assert_eq!(rest["data"][0]["forkName"], "Second");
        let turned = house.get(&format!("{path}?direction=desc")).await.ok();
        assert_eq!(turned["data"][0]["forkName"], "Second");

        let merges = format!("/environments/{}/merges", two.source);
        let pulls = format!("/environments/{}/pulls", two.fork);
        for (method, path, body, status) in [
            ("POST", &path, json!({}), 400),
            ("POST", &path, json!({"forkName": ""}), 400),
            ("POST", &merges, json!({}), 400),
            ("POST", &merges, json!({"source": two.source}), 400),
            ("POST", &pulls, json!({}), 400),
            ("POST", &pulls, json!({"source": two.fork}), 400),
        ] {
            let answer = house.call(EDITOR, method, path, Some(body.clone())).await;
            assert_eq!(answer.error().0, status, "{method} {path} {body}");
        }
        let no_fork = format!("/environments/{}/pulls", two.source);
        let answer = house.post(&no_fork, json!({"source": two.fork})).await;
        assert_eq!(answer.error().0, 404);
        let source = format!("/environments/{}", two.source);
        house.delete(&source).await.ok();
        assert_eq!(house.pulled(&two).await.error().0, 400);
        assert_eq!(house.variables(&two.fork).await, pairs(&[("host", "a")]));
    }
}
