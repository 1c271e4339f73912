//! What correctness rests on: a verb that can't write all that it owes has written nothing, and wakes nobody.

use postern_journal::{Actor, Journal, JournalError};
use postern_model::{EventKind, Role};
use serde_json::json;

use crate::house::{House, houses};
use crate::wishes::{environment, monitor, request};

/// Whether the deliveries' bell has been rung since the last look.
async fn rung(house: &House) -> bool {
    let bell = house.bells.deliveries.bell().listen();
    let soon = std::time::Duration::from_millis(1);
    tokio::time::timeout(soon, bell).await.is_ok()
}

#[tokio::test]
async fn a_verb_that_fails_at_its_last_step_has_left_nothing() {
    for mut house in houses().await {
        for event in [EventKind::CollectionBackup, EventKind::TeamActivity] {
            house.subscribes("Listens", event).await;
        }
        let petstore = house.collection("Petstore", json!([])).await;
        house.settle().await;
        rung(&house).await;
        let rows = house.rows().await;

        // Deliveries are what a verb writes last.
        let away = "ALTER TABLE deliveries RENAME TO deliveries_away";
        house.store.execute_raw(away).await;
        let (journal, mia) = (&house.journal, &house.mia);
        let items = json!([request("Get pet", "https://pets.test")]);
        let changed = crate::wishes::document("Pet shop", items);
        let replaced = journal.replace_collection(mia, petstore.id, changed.clone(), None);
        let error = replaced
            .await
            .expect_err("there is no table for deliveries");
        assert!(matches!(error, JournalError::Storage(_)), "{error:?}");
        journal
            .create_collection(mia, house.main, changed)
            .await
            .expect_err("there is no table for deliveries");
        journal
            .delete_workspace(mia, house.main)
            .await
            .expect_err("there is no table for deliveries");
        let back = "ALTER TABLE deliveries_away RENAME TO deliveries";
        house.store.execute_raw(back).await;

        assert!(!rung(&house).await);
        assert_eq!(house.rows().await, rows);
        assert_eq!(house.effects().await, "");
    }
}

#[tokio::test]
async fn the_bell_rings_where_something_is_due_and_only_there() {
    for house in houses().await {
        let (journal, mia) = (&house.journal, &house.mia);
        assert!(rung(&house).await, "the stranger's integrations were told");
        house.collection("Unheard", json!([])).await;
        assert!(!rung(&house).await, "nobody listens");
        let backups = house.subscribes("A", EventKind::CollectionBackup).await;
        assert!(rung(&house).await, "the first backup is due");
        journal.pause_integration(mia, backups.id).await.unwrap();
        assert!(rung(&house).await, "what is known of it is not so any more");
        journal
            .resume_integration(mia, backups.id, None)
            .await
            .unwrap();
        assert!(rung(&house).await, "what was held is due");
    }
}

#[tokio::test]
async fn two_changes_at_once_are_two_versions() {
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let changes = (0..8).map(|number| {
            let name = format!("Petstore {number}");
            let document = crate::wishes::document(&name, json!([]));
            let replaced =
                house
                    .journal
                    .replace_collection(&house.mia, petstore.id, document, None);
            async { replaced.await.unwrap().version }
        });
        let mut numbers = futures_util::future::join_all(changes).await;
        numbers.sort_unstable();
        assert_eq!(numbers, (2..10).collect::<Vec<i64>>());
    }
}

/// Does the same eight times at once: once it is done, and then the thing is not there. One activity tells it.
async fn happens_once<V: Future<Output = Result<(), JournalError>>>(
    house: &mut House,
    told: &str,
    verb: impl Fn(Journal, Actor) -> V,
) {
    house.settle().await;
    let verbs = (0..8).map(|_| verb(house.journal.clone(), house.mia.clone()));
    let results = futures_util::future::join_all(verbs).await;
    let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1, "{told}: {refused:?}");
    for error in refused.into_iter().filter_map(Result::err) {
        assert!(
            matches!(error, JournalError::NotFound { .. }),
            "{told}: {error}"
        );
    }
    let effects = house.effects().await;
    let told = format!("{told:?}");
    let lines = effects.lines();
    let times = lines.filter(|it| it.starts_with("+ activity") && it.contains(&told));
    assert_eq!(times.count(), 1, "{effects}");
}

#[tokio::test]
async fn what_many_delete_at_once_is_deleted_and_told_once() {
    for mut house in houses().await {
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let petstore = house.collection("Petstore", json!([])).await.id;
        let nightly = monitor("Nightly", house.elsewhere, petstore);
        let nightly = journal.create_monitor(&mia, nightly).await.unwrap().id;
        let staging = environment("Staging", json!([]));
        let staging = journal.create_environment(&mia, house.main, staging).await;
        let staging = staging.unwrap().id;
        let key = journal
            .create_api_key(&mia, postern_journal::NewKey::new("CI", Role::Viewer))
            .await;
        let key = key.unwrap().0.id;
        let log = house.subscribes("Log", EventKind::TeamActivity).await.id;

        happens_once(
            &mut house,
            "Mia deleted the API key CI",
            |journal, mia| async move { journal.delete_api_key(&mia, key).await },
        )
        .await;
        happens_once(
            &mut house,
            "Mia deleted the environment Staging",
            |journal, mia| async move { journal.delete_environment(&mia, staging).await },
        )
        .await;
        happens_once(
            &mut house,
            "Mia deleted the monitor Nightly",
            |journal, mia| async move { journal.delete_monitor(&mia, nightly).await },
        )
        .await;
        happens_once(
            &mut house,
            "Mia deleted the integration Log",
            |journal, mia| async move { journal.delete_integration(&mia, log).await },
        )
        .await;
        // With a collection in it.
        let main = house.main;
        happens_once(
            &mut house,
            "Mia deleted the workspace Main",
            |journal, mia| async move { journal.delete_workspace(&mia, main).await },
        )
        .await;
    }
}
