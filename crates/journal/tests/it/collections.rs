//! Collections: versions, a feed of what changed in them, and backups.

use postern_model::{EventKind, IntegrationOptions, PayloadForm};
use serde_json::json;

use crate::house::{House, told_alike};
use crate::wishes::{document, folder, monitor, request, webhook};

/// Three that listen: to backups, to what happens in collections, and to all that happens, in detail.
async fn with_listeners(house: &mut House) {
    house
        .subscribes("Backups", EventKind::CollectionBackup)
        .await;
    house
        .subscribes("Feed", EventKind::CollectionActivity)
        .await;
    let mut detailed = webhook("Log", EventKind::TeamActivity);
    detailed.options = IntegrationOptions {
        payload: PayloadForm::Detailed,
        ..IntegrationOptions::default()
    };
    house.subscribes_as(detailed).await;
    house.settle().await;
}

#[tokio::test]
async fn a_collection_is_created_changed_and_deleted() {
    let story = told_alike(async |house: &mut House| {
        with_listeners(house).await;
        let items = json!([
            request("Get pet", "https://pets.test/1"),
            request("List pets", "https://pets.test"),
            folder(
                "Orders",
                json!([request("Place order", "https://pets.test/orders")])
            ),
        ]);
        let petstore = house.collection("Petstore", items.clone()).await;
        house.tells("create").await;

        let again = house.replaces(petstore.id, "Petstore", items).await;
        assert_eq!(again, petstore);
        house
            .tells("replace with an equal document, without its ids")
            .await;

        // Each item says which one it was: renamed and moved at once, no name could tell.
        let stored = house.document(petstore.id).await.into_value();
        let mut orders = folder(
            "Orders",
            json!([
                stored["item"][1],
                request("Cancel order", "https://pets.test/orders/1")
            ]),
        );
        orders["id"] = stored["item"][2]["id"].clone();
        let mut renamed = request("Find pet", "https://pets.test/1?fields=all");
        renamed["id"] = stored["item"][0]["id"].clone();
        renamed["response"] = json!([{"name": "Found", "code": 200}]);
        let changed = house
            .replaces(petstore.id, "Pet shop", json!([orders, renamed]))
            .await;
        assert_eq!(changed.version, 2);
        assert_eq!((changed.id, changed.uid()), (petstore.id, petstore.uid()));
        house.tells("replace with several edits").await;

        let deleted = house.journal.delete_collection(&house.mia, petstore.id);
        deleted.await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_deleted_collection_takes_its_monitors_along_and_leaves_its_integrations() {
    let story = told_alike(async |house: &mut House| {
        let petstore = house.collection("Petstore", json!([])).await;
        let mut backups = webhook("Its backups", EventKind::CollectionBackup);
        backups.collection = Some(petstore.id);
        house.subscribes_as(backups).await;
        let mut feed = webhook("Its feed", EventKind::CollectionActivity);
        feed.collection = Some(petstore.id);
        house.subscribes_as(feed).await;
        let here = monitor("Here", house.main, petstore.id);
        let there = monitor("There", house.elsewhere, petstore.id);
        for new in [here, there] {
            let made = house.journal.create_monitor(&house.mia, new).await.unwrap();
            let run = house.journal.request_run(&house.mia, made.id).await;
            run.unwrap();
        }
        house.settle().await;
        let deleted = house.journal.delete_collection(&house.mia, petstore.id);
        deleted.await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_stored_document_says_its_own_id_and_every_item_has_one() {
    for house in crate::house::houses().await {
        let mut new = document("Petstore", json!([request("Get pet", "https://pets.test")]));
        new.set_info("an id of another installation");
        let made = house.journal.create_collection(&house.mia, house.main, new);
        let made = made.await.unwrap();
        let stored = house.document(made.id).await;
        assert_eq!(stored.info_id(), Some(made.id.to_string().as_str()));
        assert!(stored.value()["item"][0]["id"].is_string());
        assert_eq!(
            made.hash,
            postern_model::ContentHash::of(&stored.to_bytes())
        );
    }
}

#[tokio::test]
async fn a_backup_put_back_is_the_same_document() {
    let house = House::sqlite().await;
    house
        .subscribes("Backups", EventKind::CollectionBackup)
        .await;
    let petstore = house
        .collection("Petstore", json!([request("Get pet", "https://pets.test")]))
        .await;
    let backup = crate::house::newest_body(&house, EventKind::CollectionBackup).await;
    let mut restored = postern_collection::Document::from_value(backup).unwrap();
    assert_eq!(restored, house.document(petstore.id).await);

    let made = house
        .journal
        .create_collection(&house.mia, house.main, restored.clone());
    let made = made.await.unwrap();
    assert_ne!(made.id, petstore.id);
    restored.set_info(&made.id.to_string());
    assert_eq!(house.document(made.id).await, restored);
}

#[tokio::test]
async fn a_request_may_be_called_what_no_column_can_hold() {
    let story = told_alike(async |house: &mut House| {
        house
            .subscribes("Feed", EventKind::CollectionActivity)
            .await;
        let petstore = house.collection("Petstore", json!([])).await;
        house.settle().await;
        let items = json!([request("Get\0pet", "https://pets.test/\0")]);
        house.replaces(petstore.id, "Petstore", items).await;
        house.tells("a name with U+0000").await;
        let stored = house.document(petstore.id).await;
        assert_eq!(stored.value()["item"][0]["name"], "Get\0pet");
    });
    insta::assert_snapshot!(story.await.replace('\0', "U+0000"));
}
