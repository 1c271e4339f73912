//! Environments: their variables are nobody's business, so the feed tells that they changed and not how.

use postern_model::EventKind;
use serde_json::json;

use crate::house::{House, told_alike};
use crate::wishes::{environment, monitor};

#[tokio::test]
async fn an_environment_is_created_renamed_changed_and_deleted() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let base = json!([{"key": "base", "value": "https://pets.test", "enabled": true}]);

        let new = environment("Staging", base.clone());
        let made = journal.create_environment(&mia, house.main, new).await;
        let id = made.unwrap().id;
        house.tells("create").await;

        let same = environment("Staging", base.clone());
        journal.replace_environment(&mia, id, same).await.unwrap();
        house.tells("replace with an equal one").await;

        let renamed = environment("Production", base);
        journal
            .replace_environment(&mia, id, renamed)
            .await
            .unwrap();
        house.tells("rename").await;

        let token = json!([{"key": "token", "value": "very secret", "type": "secret"}]);
        let changed = environment("Production", token.clone());
        journal
            .replace_environment(&mia, id, changed)
            .await
            .unwrap();
        house.tells("change its variables").await;

        let both = environment("Live", json!([]));
        journal.replace_environment(&mia, id, both).await.unwrap();
        house.tells("change both").await;

        journal.delete_environment(&mia, id).await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_monitor_outlives_its_environment() {
    let story = told_alike(async |house: &mut House| {
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let petstore = house.collection("Petstore", json!([])).await;
        let staging = environment("Staging", json!([]));
        let staging = journal.create_environment(&mia, house.main, staging).await;
        let staging = staging.unwrap().id;
        let mut nightly = monitor("Nightly", house.main, petstore.id);
        nightly.environment = Some(staging);
        journal.create_monitor(&mia, nightly).await.unwrap();
        house.settle().await;
        journal.delete_environment(&mia, staging).await.unwrap();
        house.tells("delete the environment of a monitor").await;
    });
    insta::assert_snapshot!(story.await);
}
