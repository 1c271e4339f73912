//! An integration that is narrowed to one place hears of nothing else.

use std::collections::BTreeSet;

use postern_model::{EventKind, IntegrationId, PayloadForm};
use postern_storage::{DeliveryFilter, PageRequest};
use serde_json::json;

use crate::house::{House, body, houses};
use crate::wishes::{environment, monitor, request, webhook};

/// The sentences that an integration is told, oldest first.
async fn heard(house: &House, id: IntegrationId) -> Vec<String> {
    let mut tx = house.read().await;
    let filter = DeliveryFilter {
        integration: Some(id),
        ..DeliveryFilter::default()
    };
    let page = PageRequest::first(1_000);
    let page = tx.deliveries().list(house.mia.team, &filter, page).await;
    let mut messages = Vec::new();
    for record in page.unwrap().items.iter().rev() {
        let event = record.delivery.event;
        let body = body(&mut tx, house.mia.team, event, PayloadForm::Standard).await;
        messages.push(body["message"].as_str().unwrap().to_owned());
    }
    messages
}

#[tokio::test]
async fn an_integration_hears_only_of_its_workspace_or_its_collection() {
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let bookstore = house.collection("Bookstore", json!([])).await;
        let toystore = house.collection_in(house.elsewhere, "Toystore", json!([]));
        let toystore = toystore.await;
        let mut narrowed = Vec::new();
        for (event, workspace, collection) in [
            (EventKind::CollectionActivity, Some(house.main), None),
            (EventKind::CollectionActivity, None, Some(petstore.id)),
            (EventKind::TeamActivity, Some(house.elsewhere), None),
            (EventKind::TeamActivity, None, Some(petstore.id)),
        ] {
            let mut new = webhook("Narrow", event);
            (new.workspace, new.collection) = (workspace, collection);
            narrowed.push(house.subscribes_as(new).await.id);
        }
        // Made one after the other: of the making itself, those that came before heard where it was theirs.
        let before = [heard(&house, narrowed[2]).await.len(), 0];

        let items = json!([request("Get it", "https://shop.test")]);
        for (id, name) in [
            (petstore.id, "Petstore"),
            (bookstore.id, "Bookstore"),
            (toystore.id, "Toystore"),
        ] {
            house.replaces(id, name, items.clone()).await;
        }
        let (journal, mia) = (&house.journal, &house.mia);
        for workspace in [house.main, house.elsewhere] {
            let staging = environment("Staging", json!([]));
            let made = journal.create_environment(mia, workspace, staging).await;
            made.unwrap();
        }
        let nightly = monitor("Nightly", house.elsewhere, petstore.id);
        journal.create_monitor(mia, nightly).await.unwrap();

        let created = |name: &str| format!("Mia created the request Get it in {name}");
        assert_eq!(
            heard(&house, narrowed[0]).await,
            [created("Petstore"), created("Bookstore")]
        );
        assert_eq!(heard(&house, narrowed[1]).await, [created("Petstore")]);
        assert_eq!(
            heard(&house, narrowed[2]).await[before[0]..],
            [
                created("Toystore"),
                "Mia created the environment Staging".to_owned(),
                "Mia created the monitor Nightly".to_owned(),
            ]
        );
        assert_eq!(heard(&house, narrowed[3]).await, [created("Petstore")]);
    }
}

#[tokio::test]
async fn results_go_to_those_that_name_the_monitor_its_collection_or_its_workspace() {
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let bookstore = house.collection("Bookstore", json!([])).await;
        let (journal, mia) = (&house.journal, &house.mia);
        let mut monitors = Vec::new();
        for (name, workspace, collection) in [
            ("Pets", house.main, petstore.id),
            ("Pets from elsewhere", house.elsewhere, petstore.id),
            ("Books", house.main, bookstore.id),
        ] {
            let new = monitor(name, workspace, collection);
            monitors.push(journal.create_monitor(mia, new).await.unwrap());
        }
        let mut integrations = Vec::new();
        for (name, workspace, collection, monitor) in [
            ("one", None, None, Some(monitors[0].id)),
            ("pets", None, Some(petstore.id), None),
            ("main", Some(house.main), None, None),
            ("all", None, None, None),
            ("both", Some(house.main), Some(petstore.id), None),
        ] {
            let mut new = webhook(name, EventKind::MonitorResults);
            (new.workspace, new.collection, new.monitor) = (workspace, collection, monitor);
            integrations.push(house.subscribes_as(new).await);
        }
        for (at, told) in [
            (0, vec!["all", "both", "main", "one", "pets"]),
            (1, vec!["all", "pets"]),
            (2, vec!["all", "main"]),
        ] {
            let before = house.waiting(&integrations).await;
            crate::runs::ends(&house, monitors[at].id, postern_model::RunStatus::Success).await;
            let after = house.waiting(&integrations).await;
            let names: BTreeSet<&str> = integrations
                .iter()
                .zip(before.iter().zip(&after))
                .filter(|(_, (before, after))| after > before)
                .map(|(integration, _)| integration.name.as_str())
                .collect();
            assert_eq!(names.into_iter().collect::<Vec<_>>(), told);
        }
    }
}
