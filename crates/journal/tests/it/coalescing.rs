//! Backups coalesce: of one collection, only the newest waits for a receiver.

use postern_model::{CollectionId, DeliveryState, EventKind, IntegrationId, PayloadForm};
use postern_storage::{DeliveryFilter, PageRequest};
use serde_json::json;

use crate::house::{House, body, houses};
use crate::wishes::{request, webhook};

/// The names of the documents that wait for an integration, oldest first.
async fn waiting(house: &House, integration: IntegrationId) -> Vec<String> {
    let mut tx = house.read().await;
    let filter = DeliveryFilter {
        integration: Some(integration),
        ..DeliveryFilter::default()
    };
    let page = PageRequest::first(1_000);
    let page = tx.deliveries().list(house.mia.team, &filter, page).await;
    let mut names = Vec::new();
    for record in page.unwrap().items.iter().rev() {
        if record.delivery.state.is_final() {
            continue;
        }
        let event = record.delivery.event;
        let body = body(&mut tx, house.mia.team, event, PayloadForm::Standard).await;
        let name = body.pointer("/collection/info/name").unwrap();
        names.push(name.as_str().unwrap().to_owned());
    }
    names
}

async fn changes(house: &House, id: CollectionId, names: &[&str]) {
    for name in names {
        house.replaces(id, name, json!([])).await;
    }
}

#[tokio::test]
async fn two_changes_while_a_receiver_is_down_leave_one_backup_the_newest() {
    for house in houses().await {
        let backups = house.subscribes("A", EventKind::CollectionBackup).await;
        let others = house.subscribes("B", EventKind::CollectionBackup).await;
        let petstore = house.collection("Petstore 1", json!([])).await;
        let bookstore = house.collection("Bookstore 1", json!([])).await;
        changes(&house, petstore.id, &["Petstore 2", "Petstore 3"]).await;
        for integration in [backups.id, others.id] {
            assert_eq!(
                waiting(&house, integration).await,
                ["Bookstore 1", "Petstore 3"],
                "one for each collection and each integration"
            );
        }
        changes(&house, bookstore.id, &["Bookstore 2"]).await;
        assert_eq!(
            waiting(&house, backups.id).await,
            ["Petstore 3", "Bookstore 2"]
        );
    }
}

#[tokio::test]
async fn what_is_held_coalesces_too() {
    for house in houses().await {
        let backups = house.subscribes("A", EventKind::CollectionBackup).await;
        let paused = house.journal.pause_integration(&house.mia, backups.id);
        paused.await.unwrap();
        let petstore = house.collection("Petstore 1", json!([])).await;
        changes(&house, petstore.id, &["Petstore 2", "Petstore 3"]).await;
        assert_eq!(waiting(&house, backups.id).await, ["Petstore 3"]);
        let resumed = house
            .journal
            .resume_integration(&house.mia, backups.id, None);
        resumed.await.unwrap();
        changes(&house, petstore.id, &["Petstore 4"]).await;
        assert_eq!(waiting(&house, backups.id).await, ["Petstore 4"]);
    }
}

#[tokio::test]
async fn activities_never_coalesce() {
    for house in houses().await {
        let feed = house.subscribes("Feed", EventKind::CollectionActivity);
        let feed = feed.await;
        let petstore = house.collection("Petstore", json!([])).await;
        for number in 0..3 {
            let url = format!("https://pets.test/{number}");
            let items = json!([request("Get pet", &url)]);
            house.replaces(petstore.id, "Petstore", items).await;
        }
        let mut tx = house.read().await;
        let mut deliveries = tx.deliveries();
        let waiting = deliveries.count_waiting(house.mia.team, feed.id).await;
        assert_eq!(waiting.unwrap(), (4, 0));
    }
}

#[tokio::test]
async fn a_wider_integration_gets_the_backups_that_it_lacked_and_no_second_of_those_it_waits_for() {
    for house in houses().await {
        house.collection("Petstore", json!([])).await;
        house
            .collection_in(house.elsewhere, "Bookstore", json!([]))
            .await;
        let mut narrow = webhook("A", EventKind::CollectionBackup);
        narrow.workspace = Some(house.main);
        let made = house.subscribes_as(narrow.clone()).await;
        assert_eq!(waiting(&house, made.id).await, ["Petstore"]);
        narrow.workspace = None;
        let (journal, mia) = (&house.journal, &house.mia);
        let wide = journal.replace_integration(mia, made.id, narrow).await;
        wide.unwrap();
        assert_eq!(waiting(&house, made.id).await, ["Petstore", "Bookstore"]);

        let mut tx = house.read().await;
        let (filter, page) = (DeliveryFilter::default(), PageRequest::first(10));
        let all = tx.deliveries().list(mia.team, &filter, page).await;
        let cancelled =
            all.unwrap()
                .items
                .into_iter()
                .filter_map(|record| match record.delivery.state {
                    DeliveryState::Cancelled { by } => Some(by),
                    _ => None,
                });
        assert_eq!(cancelled.collect::<Vec<_>>(), ["a newer backup"]);
    }
}
