//! What is not allowed is refused with the field that it is about, and nothing is written, not even a body.

use std::fmt::Debug;

use postern_journal::{FirstStart, JournalError, NewIntegration, NewMonitor, NewWorkspace};
use postern_model::{
    ApiKeyId, CollectionId, DeliveryId, EnvironmentId, EventKind, IntegrationId, MonitorId,
    NotifyMode, Role, WorkspaceId, WorkspaceKind,
};
use serde_json::json;
use uuid::Uuid;

use crate::house::{House, document, environment, houses, monitor, webhook};

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
async fn what_is_not_there_is_not_found() {
    for house in houses().await {
        let (j, mia) = (&house.journal, &house.mia);
        let (empty, none) = (document("New", json!([])), environment("New", json!([])));
        let space = || NewWorkspace {
            name: "New".to_owned(),
            kind: WorkspaceKind::Team,
            description: String::new(),
        };
        let hook = || webhook("New", EventKind::CollectionBackup);
        let petstore = house.collection("Petstore", json!([])).await;
        let nightly = || monitor("Nightly", house.main, petstore.id);
        let [w, c, e] = [
            "find the workspace",
            "find the collection",
            "find the environment",
        ];
        let [m, i, d] = [
            "find the monitor",
            "find the integration",
            "find the delivery",
        ];
        let place = WorkspaceId(NOBODY);

        let result = j.create_collection(mia, place, empty.clone());
        refuses(&house, "create_collection", result, w).await;
        let id = CollectionId(NOBODY);
        let result = j.replace_collection(mia, id, empty.clone());
        refuses(&house, "replace_collection", result, c).await;
        let result = j.delete_collection(mia, id);
        refuses(&house, "delete_collection", result, c).await;

        let result = j.create_environment(mia, place, none.clone());
        refuses(&house, "create_environment", result, w).await;
        let id = EnvironmentId(NOBODY);
        let result = j.replace_environment(mia, id, none);
        refuses(&house, "replace_environment", result, e).await;
        let result = j.delete_environment(mia, id);
        refuses(&house, "delete_environment", result, e).await;

        let result = j.update_workspace(mia, place, space());
        refuses(&house, "update_workspace", result, w).await;
        let result = j.delete_workspace(mia, place);
        refuses(&house, "delete_workspace", result, w).await;
        let result = j.delete_api_key(mia, ApiKeyId(NOBODY));
        refuses(&house, "delete_api_key", result, "find the API key").await;

        let id = MonitorId(NOBODY);
        let result = j.replace_monitor(mia, id, nightly());
        refuses(&house, "replace_monitor", result, m).await;
        let result = j.delete_monitor(mia, id);
        refuses(&house, "delete_monitor", result, m).await;
        let result = j.request_run(mia, id);
        refuses(&house, "request_run", result, m).await;

        let id = IntegrationId(NOBODY);
        let result = j.replace_integration(mia, id, hook());
        refuses(&house, "replace_integration", result, i).await;
        let result = j.delete_integration(mia, id);
        refuses(&house, "delete_integration", result, i).await;
        let result = j.pause_integration(mia, id);
        refuses(&house, "pause_integration", result, i).await;
        let result = j.resume_integration(mia, id);
        refuses(&house, "resume_integration", result, i).await;
        let result = j.rotate_secret(mia, id);
        refuses(&house, "rotate_secret", result, i).await;
        let result = j.test_integration(mia, id);
        refuses(&house, "test_integration", result, i).await;

        let id = DeliveryId(NOBODY);
        refuses(&house, "redeliver", j.redeliver(mia, id), d).await;
        let result = j.release_delivery(mia, id);
        refuses(&house, "release_delivery", result, d).await;
        let result = j.cancel_delivery(mia, id);
        refuses(&house, "cancel_delivery", result, d).await;

        // What another team has is not there either.
        let stan = &house.stranger;
        let result = j.replace_collection(stan, petstore.id, empty);
        refuses(&house, "a stranger's replace", result, c).await;
        let result = j.delete_collection(stan, petstore.id);
        refuses(&house, "a stranger's delete", result, c).await;
        let result = j.delete_workspace(stan, house.main);
        refuses(&house, "a stranger's delete", result, w).await;
        let result = j.create_monitor(stan, nightly());
        refuses(&house, "a stranger's monitor", result, w).await;
        let mut narrow = hook();
        narrow.collection = Some(petstore.id);
        let result = j.create_integration(stan, narrow);
        refuses(&house, "a stranger's integration", result, c).await;
    }
}

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
            let space = NewWorkspace {
                name: name.to_owned(),
                kind: WorkspaceKind::Team,
                description: String::new(),
            };
            let words = format!("take workspace.name: {problem}");
            let result = j.create_workspace(mia, space.clone());
            refuses(&house, name, result, &words).await;
            let result = j.update_workspace(mia, house.main, space);
            refuses(&house, name, result, &words).await;
            let words = format!("take apiKey.name: {problem}");
            let result = j.create_api_key(mia, name, Role::Viewer);
            refuses(&house, name, result, &words).await;
            let words = format!("take integration.name: {problem}");
            let result = j.create_integration(mia, webhook(name, EventKind::Custom));
            refuses(&house, name, result, &words).await;
        }
        let described = NewWorkspace {
            name: "Fine".to_owned(),
            kind: WorkspaceKind::Team,
            description: "a\0b".to_owned(),
        };
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

#[tokio::test]
async fn a_monitor_that_could_never_run_is_refused() {
    type Change = fn(&mut NewMonitor);
    let table: [(Change, &str); 8] = [
        (
            |it| it.name.clear(),
            "take monitor.name: a name can't be empty",
        ),
        (
            |it| "often".clone_into(&mut it.cron),
            "take monitor.schedule: ",
        ),
        (
            |it| "* * *".clone_into(&mut it.cron),
            "take monitor.schedule: ",
        ),
        (
            |it| "0 0 31 2 *".clone_into(&mut it.cron),
            "take monitor.schedule: ",
        ),
        (
            |it| "Mars/Base".clone_into(&mut it.timezone),
            "take monitor.schedule: ",
        ),
        (
            |it| it.options.retry_attempts = 3,
            "take monitor.retry.attempts: a failed run is tried again 0 to 2 times",
        ),
        (
            |it| it.collection = CollectionId(NOBODY),
            "find the collection",
        ),
        (
            |it| it.environment = Some(EnvironmentId(NOBODY)),
            "find the environment",
        ),
    ];
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let new = monitor("Nightly", house.main, petstore.id);
        let (journal, mia) = (&house.journal, &house.mia);
        let made = journal.create_monitor(mia, new.clone()).await.unwrap();
        for (change, words) in table {
            let mut bad = new.clone();
            change(&mut bad);
            let before = house.rows().await;
            let created = journal.create_monitor(mia, bad.clone()).await;
            let replaced = journal.replace_monitor(mia, made.id, bad).await;
            for result in [created, replaced] {
                let error = result.expect_err(words).to_string();
                assert!(error.starts_with(words), "{error}\n{words}");
            }
            assert_eq!(house.rows().await, before, "{words}");
        }
        let mut tx = house.read().await;
        let kept = tx.monitors().get(mia.team, made.id).await.unwrap();
        assert_eq!(kept, Some(made));
    }
}

#[tokio::test]
async fn an_integration_that_could_never_send_or_hear_is_refused() {
    type Change = fn(&mut NewIntegration, &House);
    let table: [(Change, &str); 16] = [
        (
            |it, _| "carrier pigeon".clone_into(&mut it.connector),
            "integration.connector",
        ),
        (|it, _| it.event = EventKind::Test, "integration.event"),
        (|it, _| it.config.url.clear(), "integration.config.url"),
        (
            |it, _| "ftp://x.test".clone_into(&mut it.config.url),
            "integration.config.url",
        ),
        (
            |it, _| "/hook".clone_into(&mut it.config.url),
            "integration.config.url",
        ),
        (
            |it, _| drop(it.config.headers.insert("a b".to_owned(), json!("c"))),
            "integration.config.headers",
        ),
        (
            |it, _| drop(it.config.headers.insert("A".to_owned(), json!("b\r\nC: d"))),
            "integration.config.headers",
        ),
        (
            |it, _| (it.options.notify, it.options.from) = (NotifyMode::Failures, 0),
            "integration.options",
        ),
        (
            |it, _| (it.options.notify, it.options.limit) = (NotifyMode::Failures, Some(0)),
            "integration.options",
        ),
        (
            |it, _| it.options.timeout = 0,
            "integration.options.timeout",
        ),
        (
            |it, _| it.options.timeout = 121,
            "integration.options.timeout",
        ),
        (
            |it, _| it.options.types = vec!["a b".to_owned()],
            "integration.options.types",
        ),
        (
            |it, _| it.options.types = vec!["a".to_owned(); 101],
            "integration.options.types",
        ),
        (
            |it, house| (it.event, it.workspace) = (EventKind::Custom, Some(house.main)),
            "integration.event",
        ),
        (
            |it, house| it.workspace = Some(house.elsewhere),
            "integration.collection",
        ),
        (
            |it, _| it.monitor = Some(MonitorId(NOBODY)),
            "integration.monitor",
        ),
    ];
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let mut new = webhook("Backups", EventKind::CollectionBackup);
        new.collection = Some(petstore.id);
        let made = house.subscribes_as(new.clone()).await;
        let (journal, mia) = (&house.journal, &house.mia);
        for (at, (change, field)) in table.into_iter().enumerate() {
            let mut bad = new.clone();
            change(&mut bad, &house);
            let before = house.rows().await;
            let created = journal.create_integration(mia, bad.clone()).await;
            let replaced = journal.replace_integration(mia, made.id, bad).await;
            for result in [created, replaced] {
                let Err(JournalError::Invalid { field: said, .. }) = result else {
                    panic!("{at} {field}: {result:?}");
                };
                assert_eq!(said, field, "{at}");
            }
            assert_eq!(house.rows().await, before, "{at} {field}");
        }
        let mut tx = house.read().await;
        let kept = tx.integrations().get(mia.team, made.id).await.unwrap();
        assert_eq!(kept, Some(made));
    }
}
