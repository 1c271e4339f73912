//! Workspaces, and what lies in them.

use postern_model::EventKind;
use serde_json::json;

use crate::house::{House, told_alike};
use crate::wishes::{environment, monitor, webhook, workspace};

#[tokio::test]
async fn a_workspace_is_created_renamed_and_described() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let made = journal.create_workspace(&mia, workspace("Pets", "")).await;
        let id = made.unwrap().id;
        house.tells("create").await;
        for (title, wanted) in [
            ("update with the same", workspace("Pets", "")),
            ("rename", workspace("Animals", "")),
            ("describe", workspace("Animals", "All of them.")),
            ("rename and describe", workspace("Zoo", "")),
        ] {
            journal.update_workspace(&mia, id, wanted).await.unwrap();
            house.tells(title).await;
        }
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn deleting_a_workspace_tells_of_each_thing_in_it() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house
            .subscribes("Feed", EventKind::CollectionActivity)
            .await;
        let mut narrow = webhook("Its backups", EventKind::CollectionBackup);
        narrow.workspace = Some(house.main);
        house.subscribes_as(narrow).await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let here = house.collection("Petstore", json!([])).await;
        let there = house
            .collection_in(house.elsewhere, "Elsewhere's", json!([]))
            .await;
        let staging = environment("Staging", json!([]));
        let made = journal.create_environment(&mia, house.main, staging).await;
        made.unwrap();
        // One in the workspace that runs what is not, and one that is not and runs what is.
        for (name, place, collection) in [
            ("In it", house.main, there.id),
            ("Outside", house.elsewhere, here.id),
            ("Not touched", house.elsewhere, there.id),
        ] {
            let new = monitor(name, place, collection);
            journal.create_monitor(&mia, new).await.unwrap();
        }
        house.settle().await;
        journal.delete_workspace(&mia, house.main).await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}
