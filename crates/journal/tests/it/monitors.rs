//! Monitors: each change is told as what it was, and only a new schedule moves the next run.

use postern_journal::NewMonitor;
use postern_model::{EventKind, MonitorOptions};
use serde_json::json;

use crate::house::{House, houses, told_alike};
use crate::wishes::monitor;

#[tokio::test]
async fn a_monitor_is_created_renamed_paused_resumed_changed_and_deleted() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        let petstore = house.collection("Petstore", json!([])).await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());

        let new = monitor("Nightly", house.main, petstore.id);
        let id = journal.create_monitor(&mia, new.clone()).await.unwrap().id;
        house.tells("create").await;

        let same = journal.replace_monitor(&mia, id, new.clone());
        same.await.unwrap();
        house.tells("replace with an equal one").await;

        let renamed = NewMonitor {
            name: "Morning".to_owned(),
            ..new
        };
        let changed = journal.replace_monitor(&mia, id, renamed.clone());
        changed.await.unwrap();
        house.tells("rename").await;

        for (title, active) in [("pause", false), ("resume", true)] {
            let switched = NewMonitor {
                active,
                ..renamed.clone()
            };
            let changed = journal.replace_monitor(&mia, id, switched);
            changed.await.unwrap();
            house.tells(title).await;
        }

        let all = NewMonitor {
            name: "Weekly".to_owned(),
            active: false,
            cron: "30 6 * * MON".to_owned(),
            options: MonitorOptions {
                retry_attempts: 2,
                ..MonitorOptions::default()
            },
            ..renamed
        };
        journal.replace_monitor(&mia, id, all).await.unwrap();
        house.tells("rename, pause and change at once").await;

        journal.request_run(&mia, id).await.unwrap();
        house.tells("ask for a run, though it is paused").await;

        journal.delete_monitor(&mia, id).await.unwrap();
        house.tells("delete, with a run that has not begun").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn only_another_schedule_moves_the_next_run() {
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let new = monitor("Nightly", house.main, petstore.id);
        let (journal, mia) = (&house.journal, &house.mia);
        let made = journal.create_monitor(mia, new.clone()).await.unwrap();

        // As if the worker had set it: any time that the schedule would not give.
        let mut tx = house.store.begin().await.unwrap();
        let mut due = made.clone();
        due.next_due_at = Some(postern_model::Timestamp(1));
        tx.monitors().update(&due).await.unwrap();
        tx.commit().await.unwrap();

        let renamed = NewMonitor {
            name: "Morning".to_owned(),
            ..new.clone()
        };
        let kept = journal.replace_monitor(mia, made.id, renamed).await;
        assert_eq!(kept.unwrap().next_due_at, due.next_due_at);

        let elsewhere = NewMonitor {
            timezone: "Asia/Tokyo".to_owned(),
            ..new
        };
        let moved = journal.replace_monitor(mia, made.id, elsewhere).await;
        let moved = moved.unwrap().next_due_at.unwrap();
        assert!(moved > made.created_at);
        assert_ne!(Some(moved), made.next_due_at);
    }
}

#[tokio::test]
async fn a_schedule_that_comes_once_in_four_years_is_taken() {
    let house = House::sqlite().await;
    let petstore = house.collection("Petstore", json!([])).await;
    let mut leap = monitor("Leap day", house.main, petstore.id);
    "0 9 29 2 *".clone_into(&mut leap.cron);
    let made = house.journal.create_monitor(&house.mia, leap).await;
    let due = made.unwrap().next_due_at.unwrap().to_rfc3339();
    assert_eq!(due, "2028-02-29T08:00:00.000Z");
}
