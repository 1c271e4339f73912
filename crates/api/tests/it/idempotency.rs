//! A POST with an `Idempotency-Key` that is sent twice is done once.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use std::time::Duration;

use crate::calls::all;
use crate::house::{ADMIN, Answer, EDITOR, House, STRANGER, VIEWER, houses, text};
use crate::things::{backup, petstore};

impl House {
    async fn post_once(
        &self,
        key: &str,
        path: &str,
        idempotency_key: &str,
        body: &Value,
    ) -> Answer {
        let request = Request::post(format!("/api{path}"))
            .header("x-api-key", key)
            .header("idempotency-key", idempotency_key)
            .body(if body.is_null() {
                Body::empty()
            } else {
                Body::from(body.to_string())
            })
            .unwrap();
        self.send(request).await
    }
}

#[tokio::test]
async fn every_post_is_done_once_and_answered_twice_the_same() {
    for house in houses().await {
        let things = house.furnished().await;
        for call in all(&things)
            .into_iter()
            .filter(|call| call.method == "POST" && !call.is_a_door())
        {
            let body = call.body.clone().unwrap_or_default();
            let first = house
                .post_once(ADMIN, &call.path, &call.pattern, &body)
                .await;
            assert!(first.status.is_success(), "{call:?}: {}", first.text);
            assert!(!first.headers.contains_key("idempotency-replayed"));
            let state = house.state().await;
            let second = house
                .post_once(ADMIN, &call.path, &call.pattern, &body)
                .await;
            assert_eq!(
                (second.status, &second.text),
                (first.status, &first.text),
                "{call:?}"
            );
            assert_eq!(second.headers["idempotency-replayed"], "true");
            assert_eq!(
                second.headers.get("content-type"),
                first.headers.get("content-type")
            );
            assert_eq!(house.state().await, state, "{call:?} was done twice");
        }
    }
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused() {
    for house in houses().await {
        let things = house.furnished().await;
        house
            .post_once(
                EDITOR,
                "/collections",
                "k",
                &json!({"collection": petstore()}),
            )
            .await
            .ok();
        let before = house.state().await;
        let mut other = petstore();
        other["info"]["name"] = json!("Other");
        let elsewhere = format!("/collections?workspace={}", things.workspace);
        for (key, path, body) in [
            (EDITOR, "/collections", json!({"collection": other})),
            (
                EDITOR,
                elsewhere.as_str(),
                json!({"collection": petstore()}),
            ),
            (EDITOR, "/integrations", backup()),
            (VIEWER, "/collections", json!({"collection": petstore()})),
        ] {
            let answer = house.post_once(key, path, "k", &body).await;
            assert_eq!(
                answer.error(),
                (422, "idempotencyKeyReusedError".to_owned()),
                "{path}"
            );
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn two_teams_may_use_the_same_key() {
    let house = House::sqlite().await;
    for key in [EDITOR, STRANGER] {
        house
            .post_once(key, "/collections", "k", &json!({"collection": petstore()}))
            .await
            .ok();
        let list = house.call(key, "GET", "/collections", None).await.ok();
        assert_eq!(list["collections"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_key_for_some_workspaces_is_not_given_the_answer_of_one_for_all() {
    for house in houses().await {
        let workspace = text(&house.get("/workspaces").await.ok()["workspaces"][0]["id"]);
        let key = json!({"apiKey": {"name": "Few", "role": "editor", "workspaces": [workspace]}});
        let few = house.post("/me/api-keys", key).await.ok();
        let few = text(&few["apiKey"]["key"]);
        let body = json!({"collection": petstore()});
        let whole = house.post_once(EDITOR, "/collections", "same", &body).await;
        whole.ok();
        let answer = house.post_once(&few, "/collections", "same", &body).await;
        assert_eq!(
            answer.error(),
            (422, "idempotencyKeyReusedError".to_owned())
        );
    }
}

#[tokio::test]
async fn a_call_that_failed_leaves_its_key_free() {
    for house in houses().await {
        let bad = house
            .post_once(EDITOR, "/collections", "k", &json!({"collection": 5}))
            .await;
        assert_eq!(bad.status.as_u16(), 400);
        house
            .post_once(
                EDITOR,
                "/collections",
                "k",
                &json!({"collection": petstore()}),
            )
            .await
            .ok();
    }
}

#[tokio::test]
async fn duplicates_at_the_same_time_are_done_once() {
    for house in houses().await {
        let body = json!({"collection": petstore()});
        let call = || house.post_once(EDITOR, "/collections", "k", &body);
        let answers: [Answer; 4] = tokio::join!(call(), call(), call(), call()).into();
        let done = answers.iter().filter(|it| it.status.is_success()).count();
        assert!(done >= 1);
        for answer in answers.iter().filter(|it| !it.status.is_success()) {
            assert_eq!(answer.error(), (409, "idempotencyKeyBusyError".to_owned()));
        }
        let list = house.get("/collections").await.ok();
        assert_eq!(list["collections"].as_array().unwrap().len(), 1);
        house
            .post_once(EDITOR, "/collections", "k", &body)
            .await
            .ok();
        let list = house.get("/collections").await.ok();
        assert_eq!(list["collections"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn answers_are_kept_for_a_day() {
    for house in houses().await {
        let body = json!({"collection": petstore()});
        let first = house
            .post_once(EDITOR, "/collections", "k", &body)
            .await
            .ok();
        house.clock.advance(Duration::from_hours(23));
        assert_eq!(
            house
                .post_once(EDITOR, "/collections", "k", &body)
                .await
                .ok(),
            first
        );
        house.clock.advance(Duration::from_hours(2));
        assert_ne!(
            house
                .post_once(EDITOR, "/collections", "k", &body)
                .await
                .ok(),
            first
        );
    }
}

#[tokio::test]
async fn keys_that_cannot_be_are_refused() {
    let house = House::sqlite().await;
    for key in ["", &"k".repeat(256)] {
        let answer = house
            .post_once(
                EDITOR,
                "/collections",
                key,
                &json!({"collection": petstore()}),
            )
            .await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
    }
}
