//! What people do to a delivery: redeliver, release, cancel.

use postern_journal::JournalError;
use postern_model::{DeliveryId, EventKind};
use postern_storage::{DeliveryFilter, PageRequest};
use serde_json::json;

use crate::house::{House, told_alike};

async fn newest(house: &House) -> DeliveryId {
    let mut tx = house.read().await;
    let (filter, page) = (DeliveryFilter::default(), PageRequest::first(1));
    let page = tx.deliveries().list(house.mia.team, &filter, page).await;
    page.unwrap().items[0].delivery.id
}

/// What the verb did, or why it did not.
fn outcome(result: Result<(), JournalError>) -> String {
    match result {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("failed to {error}"),
    }
}

#[tokio::test]
async fn a_delivery_is_cancelled_redelivered_held_and_released() {
    let story = told_alike(async |house: &mut House| {
        let builds = house.subscribes("Builds", EventKind::Custom).await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        journal.publish(&mia, "build", json!({})).await.unwrap();
        let id = newest(house).await;
        house.settle().await;
        let tells = async |house: &mut House, title: &str, result| {
            let title = format!("{title}: {}", outcome(result));
            house.tells(&title).await;
        };

        let result = journal.cancel_delivery(&mia, id).await;
        tells(house, "cancel", result).await;
        let result = journal.cancel_delivery(&mia, id).await;
        tells(house, "cancel again", result).await;
        let result = journal.redeliver(&mia, id).await;
        tells(house, "redeliver", result).await;
        let result = journal.redeliver(&mia, id).await;
        tells(house, "redeliver what is due", result).await;
        let result = journal.release_delivery(&mia, id).await;
        tells(house, "release what is due", result).await;

        journal.pause_integration(&mia, builds.id).await.unwrap();
        house.settle().await;
        let result = journal.release_delivery(&mia, id).await;
        tells(house, "release while paused", result).await;
        let result = journal.redeliver(&mia, id).await;
        tells(house, "redeliver while paused", result).await;
        journal.cancel_delivery(&mia, id).await.unwrap();
        house.settle().await;
        let result = journal.redeliver(&mia, id).await;
        tells(house, "redeliver a cancelled one while paused", result).await;

        journal.delete_integration(&mia, builds.id).await.unwrap();
        house.settle().await;
        let result = journal.redeliver(&mia, id).await;
        tells(house, "redeliver when the integration is gone", result).await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_backup_that_was_asked_for_by_hand_is_not_taken_away_by_a_newer_one() {
    let story = told_alike(async |house: &mut House| {
        house
            .subscribes("Backups", EventKind::CollectionBackup)
            .await;
        let petstore = house.collection("Petstore", json!([])).await;
        let old = newest(house).await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        house.replaces(petstore.id, "Pet shop", json!([])).await;
        house.settle().await;
        journal.redeliver(&mia, old).await.unwrap();
        house.tells("redeliver the old backup").await;
        house.replaces(petstore.id, "Zoo", json!([])).await;
        house.tells("change the collection again").await;
    });
    insta::assert_snapshot!(story.await);
}
