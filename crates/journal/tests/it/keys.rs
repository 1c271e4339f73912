//! API keys, and the first start that makes the first one.

use postern_journal::{Bells, FirstStart, Journal};
use postern_model::testing::SeededRandom;
use postern_model::{ContentHash, EventKind, Role};
use postern_storage::testing::engines;

use crate::house::{House, told_alike};

#[tokio::test]
async fn a_key_is_told_by_its_name_and_kept_as_a_hash() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let (record, key) = journal
            .create_api_key(&mia, postern_journal::NewKey::new("CI", Role::Editor))
            .await
            .unwrap();
        assert_eq!(record.hash, ContentHash::of(key.as_bytes()));
        assert_eq!((key.len(), &key[..8]), (4 + 48, record.prefix.as_str()));
        house.tells("create").await;

        journal.delete_api_key(&mia, record.id).await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn two_keys_are_never_the_same() {
    let house = House::sqlite().await;
    let mut keys = Vec::new();
    for _ in 0..2 {
        let made = house
            .journal
            .create_api_key(&house.mia, postern_journal::NewKey::new("CI", Role::Viewer));
        keys.push(made.await.unwrap().1);
    }
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn the_first_start_happens_once_and_gives_the_admin_the_key() {
    for store in engines().await {
        let random = std::sync::Arc::new(SeededRandom::default());
        let journal = Journal::new(store.store(), Bells::default(), random);
        let wanted = FirstStart {
            key: Some("a key of more than thirty-two characters".to_owned()),
            ..FirstStart::default()
        };
        let founded = journal.first_start(&wanted).await.unwrap().unwrap();
        assert_eq!(journal.first_start(&wanted).await.unwrap(), None);

        let mut tx = store.read().await.unwrap();
        let keys = tx.api_keys().list(founded.admin.team).await.unwrap();
        let hash = ContentHash::of(wanted.key.unwrap().as_bytes());
        assert_eq!(
            keys.iter()
                .map(|key| (key.hash, key.role))
                .collect::<Vec<_>>(),
            [(hash, Role::Admin)]
        );
        let workspaces = tx.workspaces().list(founded.admin.team).await.unwrap();
        assert_eq!(workspaces.len(), 1);
        assert_eq!(workspaces[0].id, founded.workspace);
    }
}
