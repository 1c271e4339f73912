//! What of an integration is not allowed.

use postern_journal::{JournalError, NewIntegration};
use postern_model::{EventKind, MonitorId, NotifyMode};
use serde_json::json;

use super::NOBODY;
use crate::house::{House, houses};
use crate::wishes::webhook;

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
