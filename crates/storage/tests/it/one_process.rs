//! One process for each SQLite file.

use std::sync::Arc;

use postern_model::testing::FakeClock;
use postern_storage::testing::{TestStore, sealer};
use postern_storage::{OpenError, Store};

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused_with_a_clear_message() {
    let first = TestStore::sqlite().await;
    let second = Store::open(first.config(), sealer(), Arc::new(FakeClock::default())).await;
    let error = second.unwrap_err();
    assert!(matches!(error, OpenError::InUse { .. }));
    let message = error.to_string();
    assert!(
        message.contains("another Postern server is using this database"),
        "{message}"
    );
    assert!(message.contains("postern.db.lock"), "{message}");
}

#[tokio::test]
async fn the_file_is_free_again_when_the_store_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let config = postern_storage::StoreConfig::sqlite(folder.path().join("postern.db"));
    for _ in 0..2 {
        let store = Store::open(&config, sealer(), Arc::new(FakeClock::default()))
            .await
            .unwrap();
        store.migrate().await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let config = postern_storage::StoreConfig::sqlite("/nowhere/at/all/postern.db");
    let error = Store::open(&config, sealer(), Arc::new(FakeClock::default()))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
}
