//! Integrations: made, changed, switched and deleted, and what that does to what waits for them.

use postern_journal::{NewIntegration, NewSecret, Trouble};
use postern_model::{EventKind, Integration, IntegrationId, IntegrationOptions, PayloadForm};
use postern_storage::SendState;
use serde_json::json;

use crate::house::{House, houses, told_alike};
use crate::wishes::{monitor, request, webhook};

/// The integration as it is stored: every verb must answer just that.
async fn stored(house: &House, id: IntegrationId) -> Integration {
    let mut tx = house.read().await;
    tx.integrations()
        .get(house.mia.team, id)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn an_integration_for_backups_lives_from_its_first_backups_to_its_end() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house.collection("Petstore", json!([])).await;
        house
            .collection_in(house.elsewhere, "Bookstore", json!([]))
            .await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());

        let new = webhook("Backups", EventKind::CollectionBackup);
        let made = journal.create_integration(&mia, new.clone()).await.unwrap();
        let id = made.id;
        assert_eq!(stored(house, id).await, made);
        house.tells("create").await;

        let same = journal.replace_integration(&mia, id, new.clone()).await;
        assert_eq!(stored(house, id).await, same.unwrap());
        house.tells("replace with an equal one").await;

        let mut renamed = new.clone();
        renamed.name = "Copies".to_owned();
        let changed = journal.replace_integration(&mia, id, renamed.clone()).await;
        assert_eq!(stored(house, id).await, changed.unwrap());
        house.tells("rename").await;

        let mut moved = renamed.clone();
        moved.config.url = "https://example.org/other".to_owned();
        moved.options.payload = PayloadForm::Detailed;
        let changed = journal.replace_integration(&mia, id, moved.clone()).await;
        assert_eq!(stored(house, id).await, changed.unwrap());
        house.tells("send elsewhere, in detail").await;

        let mut narrowed = moved.clone();
        narrowed.workspace = Some(house.elsewhere);
        let changed = journal.replace_integration(&mia, id, narrowed).await;
        assert_eq!(stored(house, id).await, changed.unwrap());
        house
            .tells("narrow to a workspace: what is in it is backed up")
            .await;

        let rotated = journal
            .rotate_secret(&mia, id, NewSecret::default())
            .await
            .unwrap();
        assert_eq!(stored(house, id).await, rotated);
        house.tells("rotate the secret").await;

        journal.delete_integration(&mia, id).await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(Box::pin(story).await);
}

#[tokio::test]
async fn what_is_due_is_held_while_an_integration_is_switched_off() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        let builds = house.subscribes("Builds", EventKind::Custom).await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let publish = async |kind: &str| {
            journal
                .publish(&mia, kind, json!({"ok": true}))
                .await
                .unwrap();
        };
        publish("before.the.pause").await;
        house.settle().await;

        let paused = journal.pause_integration(&mia, builds.id).await.unwrap();
        assert_eq!(stored(house, builds.id).await, paused);
        house.tells("pause").await;
        let again = journal.pause_integration(&mia, builds.id).await.unwrap();
        assert_eq!(again, paused);
        house.tells("pause again").await;
        publish("while.paused").await;
        house.tells("publish").await;
        let active = journal
            .resume_integration(&mia, builds.id, None)
            .await
            .unwrap();
        assert_eq!(stored(house, builds.id).await, active);
        house.tells("resume").await;
        journal
            .resume_integration(&mia, builds.id, None)
            .await
            .unwrap();
        house.tells("resume again").await;

        let tx = house.store.begin().await.unwrap();
        let gone = Trouble::Disabled {
            reason: "its receiver is gone".to_owned(),
        };
        let off = [(active.clone(), gone)];
        let disabled = journal.integrations_in_trouble(tx, &off);
        disabled.await.unwrap();
        house.tells("Postern disables it").await;
        publish("while.disabled").await;
        house.tells("publish").await;
        let active = journal
            .resume_integration(&mia, builds.id, None)
            .await
            .unwrap();
        assert_eq!(stored(house, builds.id).await, active);
        house.tells("resume").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_test_goes_to_one_integration_and_looks_like_its_events() {
    let story = told_alike(async |house: &mut House| {
        let items = json!([request("Get pet", "https://pets.test")]);
        let petstore = house.collection("Petstore", items).await;
        let nightly = monitor("Nightly", house.main, petstore.id);
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let nightly = journal.create_monitor(&mia, nightly).await.unwrap();
        let mut named = webhook("Its backups", EventKind::CollectionBackup);
        named.collection = Some(petstore.id);
        let mut results = webhook("Its results", EventKind::MonitorResults);
        results.monitor = Some(nightly.id);
        results.options.payload = PayloadForm::Detailed;
        for new in [
            named,
            webhook("All backups", EventKind::CollectionBackup),
            results,
            webhook("Feed", EventKind::CollectionActivity),
            webhook("Log", EventKind::TeamActivity),
            webhook("Builds", EventKind::Custom),
        ] {
            let integration = house.subscribes_as(new).await;
            house.settle().await;
            journal
                .test_integration(&mia, integration.id)
                .await
                .unwrap();
            house.tells(&integration.name).await;
        }
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn another_address_and_a_resumption_forget_what_the_old_receiver_answered() {
    for house in houses().await {
        let new = webhook("Builds", EventKind::Custom);
        let made = house.subscribes_as(new.clone()).await;
        let (team, mia) = (house.mia.team, &house.mia);
        let failing = SendState {
            first_gone_at: Some(made.created_at),
            failing_since: Some(made.created_at),
            failed_attempts: 7,
            not_before: Some(made.created_at),
            noticed: 0,
        };
        let fail = async || {
            let mut tx = house.store.begin().await.unwrap();
            let mut integrations = tx.integrations();
            let set = integrations.set_send_state(team, made.id, &failing);
            set.await.unwrap();
            tx.commit().await.unwrap();
        };
        let state = |it: &Integration| SendState {
            first_gone_at: it.first_gone_at,
            failing_since: it.failing_since,
            failed_attempts: it.failed_attempts,
            not_before: it.not_before,
            noticed: 0,
        };

        fail().await;
        let renamed = NewIntegration {
            name: "Renamed".to_owned(),
            ..new.clone()
        };
        let kept = house.journal.replace_integration(mia, made.id, renamed);
        assert_eq!(state(&kept.await.unwrap()), failing);
        assert_eq!(state(&stored(&house, made.id).await), failing);

        let mut moved = new;
        moved.config.url = "https://example.org".to_owned();
        let moved = house.journal.replace_integration(mia, made.id, moved);
        assert_eq!(state(&moved.await.unwrap()), SendState::default());
        assert_eq!(state(&stored(&house, made.id).await), SendState::default());

        fail().await;
        house.journal.pause_integration(mia, made.id).await.unwrap();
        let resumed = house.journal.resume_integration(mia, made.id, None).await;
        assert_eq!(state(&resumed.unwrap()), SendState::default());
    }
}

#[tokio::test]
async fn a_replaced_secret_signs_for_a_day_more_and_five_are_the_most() {
    let house = House::sqlite().await;
    let made = house.subscribes("Builds", EventKind::Custom).await;
    let first = made.secrets[0].secret.clone();
    let rotate = async || {
        let rotated = house
            .journal
            .rotate_secret(&house.mia, made.id, NewSecret::default())
            .await;
        rotated.unwrap()
    };
    let now = rotate().await;
    assert_eq!(now.secrets.len(), 2);
    assert_ne!(now.secrets[0].secret, first);
    assert_eq!(now.secrets[0].not_after, None);
    let day = std::time::Duration::from_hours(24);
    assert_eq!(now.secrets[1].secret, first);
    assert_eq!(now.secrets[1].not_after, Some(now.updated_at + day));

    for _ in 0..9 {
        house.store.clock.advance(std::time::Duration::from_mins(1));
        assert!(rotate().await.secrets.len() <= 5);
    }
    house.store.clock.advance(day);
    assert_eq!(rotate().await.secrets.len(), 2, "the others have ended");
}

#[tokio::test]
async fn a_detailed_body_is_written_only_where_somebody_wants_it() {
    let house = House::sqlite().await;
    let count = async || {
        let mut tx = house.read().await;
        let page = postern_storage::PageRequest::first(1);
        let events = tx.events().list(house.mia.team, None, page).await.unwrap();
        events.items[0].detailed
    };
    house.subscribes("Log", EventKind::TeamActivity).await;
    assert!(!count().await);
    let mut detailed = webhook("In detail", EventKind::TeamActivity);
    detailed.options = IntegrationOptions {
        payload: PayloadForm::Detailed,
        ..IntegrationOptions::default()
    };
    house.subscribes_as(detailed).await;
    assert!(count().await);
}
