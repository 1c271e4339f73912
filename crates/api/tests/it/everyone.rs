//! Every operation of the description, with no key, a wrong key, each role and another team's key.

use std::cmp::Reverse;

use crate::calls::{GoodCall, all};
use crate::house::{ADMIN, Answer, EDITOR, House, STRANGER, VIEWER, houses};

const WRONG: &str = "pk-nobody-has-this-key-00000000000";

impl House {
    async fn make(&self, key: &str, call: &GoodCall) -> Answer {
        let body = call.body.clone();
        self.call(key, &call.method, &call.path, body).await
    }
}

fn rank(role: &str) -> usize {
    ["viewer", "editor", "admin"]
        .iter()
        .position(|it| *it == role)
        .unwrap_or_else(|| panic!("no such role: {role:?}"))
}

#[tokio::test]
async fn nobody_gets_in_without_a_valid_key() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        for call in all(&things) {
            for key in ["", WRONG] {
                let answer = house.make(key, &call).await;
                if call.is_a_door() {
                    assert!(
                        [401, 404].contains(&answer.error().0),
                        "{call:?}: {answer:?}"
                    );
                } else if call.role.is_none() {
                    assert!(answer.status.is_success(), "{call:?}: {answer:?}");
                } else {
                    assert_eq!(
                        answer.error(),
                        (401, "AuthenticationError".to_owned()),
                        "{call:?}"
                    );
                }
            }
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn a_role_that_is_too_low_is_refused_and_changes_nothing() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        let mut refused = 0;
        for call in all(&things) {
            let Some(needed) = &call.role else { continue };
            for (key, role) in [(VIEWER, "viewer"), (EDITOR, "editor")] {
                if rank(role) < rank(needed) {
                    let answer = house.make(key, &call).await;
                    assert_eq!(
                        answer.error(),
                        (403, "forbiddenError".to_owned()),
                        "{call:?}"
                    );
                    refused += 1;
                }
            }
        }
        assert!(refused > 20, "only {refused} calls need more than a viewer");
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn each_role_may_make_the_calls_that_are_described_as_its_own() {
    for (key, role) in [(VIEWER, "viewer"), (EDITOR, "editor"), (ADMIN, "admin")] {
        for house in houses().await {
            let things = house.furnished().await;
            let mut calls = all(&things);
            // What is deleted can't be read afterwards, and what names a thing goes before the thing.
            let order = ["/collections", "/workspaces"];
            calls.sort_by_key(|call| {
                let named = order.iter().position(|it| call.pattern.starts_with(it));
                let depth = call.pattern.split('/').count();
                let last = named.map_or(0, |at| at + 1);
                (call.method == "DELETE").then_some((last, Reverse(depth)))
            });
            for call in calls {
                let Some(needed) = &call.role else { continue };
                // These have tests of their own.
                if rank(role) < rank(needed) || call.is_personal() {
                    continue;
                }
                // By now the editor's workspace may be the admin's alone, and somebody else's.
                if call.pattern == "/workspaces/{id}/roles" && role == "editor" {
                    continue;
                }
                let answer = house.make(key, &call).await;
                let status = answer.status.as_u16();
                assert!(
                    ![401, 403, 404, 405].contains(&status) && status < 500,
                    "{role} {call:?}: {answer:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn things_of_another_team_are_not_there() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        for call in all(&things) {
            if call.role.is_none() {
                continue;
            }
            if call.names_a_thing() {
                let answer = house.make(STRANGER, &call).await;
                assert_eq!(
                    answer.error(),
                    (404, "instanceNotFoundError".to_owned()),
                    "{call:?}"
                );
            } else if call.method == "GET" {
                let seen = house.make(STRANGER, &call).await.ok().to_string();
                for id in [
                    &things.collection,
                    &things.integration,
                    &things.delivery,
                    &things.workspace,
                ] {
                    assert!(
                        !seen.contains(id.as_str()),
                        "{call:?} shows {id} to another team"
                    );
                }
            }
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn keys_are_taken_from_all_three_places() {
    let house = House::sqlite().await;
    for (header, value, query) in [
        ("x-api-key", ADMIN.to_owned(), String::new()),
        ("authorization", format!("Bearer {ADMIN}"), String::new()),
        ("x-nothing", String::new(), format!("?apikey={ADMIN}")),
    ] {
        let request = http::Request::builder()
            .uri(format!("/api/me{query}"))
            .header(header, value)
            .body(axum::body::Body::empty())
            .unwrap();
        assert_eq!(house.send(request).await.ok()["user"]["username"], "ada");
    }
}

#[tokio::test]
async fn a_key_may_do_no_more_than_its_user() {
    let house = House::sqlite().await;
    let mut tx = house.store.begin().await.unwrap();
    let user = postern_model::UserId(10_000_001);
    tx.memberships()
        .put(
            house.team,
            user,
            postern_model::Role::Viewer,
            postern_model::Timestamp(0),
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let answer = house.call(ADMIN, "GET", "/api-keys", None).await;
    assert_eq!(answer.error(), (403, "forbiddenError".to_owned()));
}
