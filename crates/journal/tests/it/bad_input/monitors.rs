//! What of a monitor is not allowed.

use postern_journal::NewMonitor;
use postern_model::{CollectionId, EnvironmentId};
use serde_json::json;

use super::NOBODY;
use crate::house::houses;
use crate::wishes::monitor;

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
