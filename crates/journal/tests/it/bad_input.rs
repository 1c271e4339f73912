//! What is not allowed is refused with the field that it is about, and nothing is written, not even a body.

mod integrations;
mod missing;
mod monitors;

use std::fmt::Debug;

use postern_journal::{FirstStart, JournalError};
use postern_model::{EventKind, Role};
use serde_json::json;
use uuid::Uuid;

use crate::house::{House, houses};
use crate::wishes::{document, environment, webhook, workspace};

/// Checks that a verb was refused, in these words, and that no table has another number of rows.
async fn refuses<T: Debug>(
    house: &House,
    what: &str,
    result: impl Future<Output = Result<T, JournalError>>,
    words: &str,
) {
    let before = house.rows().await;
    let error = result.await.expect_err(what);
    assert_eq!(error.to_string(), words, "{what}");
    assert_eq!(house.rows().await, before, "{what}");
}

const NOBODY: Uuid = Uuid::from_u128(7);

#[tokio::test]
async fn names_types_and_keys_that_are_not_allowed_are_refused() {
    let long = "é".repeat(256);
    for house in houses().await {
        let (j, mia) = (&house.journal, &house.mia);
        for (name, problem) in [
            ("", "a name can't be empty"),
            (" \t", "a name can't be empty"),
            (long.as_str(), "a name has at most 255 characters"),
            ("a\0b", "it can't hold the character U+0000"),
        ] {
            let space = workspace(name, "");
            let words = format!("take workspace.name: {problem}");
            let result = j.create_workspace(mia, space.clone());
            refuses(&house, name, result, &words).await;
            let result = j.update_workspace(mia, house.main, space);
            refuses(&house, name, result, &words).await;
            let words = format!("take apiKey.name: {problem}");
            let result = j.create_api_key(mia, postern_journal::NewKey::new(name, Role::Viewer));
            refuses(&house, name, result, &words).await;
            let words = format!("take integration.name: {problem}");
            let result = j.create_integration(mia, webhook(name, EventKind::Custom));
            refuses(&house, name, result, &words).await;
        }
        let described = workspace("Fine", "a\0b");
        let words = "take workspace.description: it can't hold the character U+0000";
        let result = j.create_workspace(mia, described);
        refuses(&house, "a description", result, words).await;
        let words = "take collection.info.name: it can't hold the character U+0000";
        let result = j.create_collection(mia, house.main, document("a\0b", json!([])));
        refuses(&house, "a collection", result, words).await;
        let words = "take environment.name: it can't hold the character U+0000";
        let result = j.create_environment(mia, house.main, environment("a\0b", json!([])));
        refuses(&house, "an environment", result, words).await;
        let types = "take event.type: a type is 1 to 128 letters, digits and . _ - / : such as build.finished";
        for kind in ["", "a b", "größe", "build.*", &"a".repeat(129)] {
            let result = j.publish(mia, kind, json!({}));
            refuses(&house, kind, result, types).await;
        }
        let result = j.publish(mia, "big", json!("x".repeat(1024 * 1024)));
        let words = "take event.payload: a payload has at most 1 MiB";
        refuses(&house, "a payload too large", result, words).await;
        let wanted = FirstStart {
            key: Some("x".repeat(31)),
            ..FirstStart::default()
        };
        let words = "take the first API key: it needs 32 characters or more";
        refuses(&house, "a short key", j.first_start(&wanted), words).await;
    }
}
