//! Collections, versions, environments and the blobs behind them.

use postern_model::{ContentHash, Timestamp, UserId, Version, VersionId, WorkspaceId};
use postern_storage::{CollectionFilter, EnvironmentFilter, PageRequest};
use uuid::Uuid;

use crate::on_both_engines;
use crate::world::{NOW, World};

on_both_engines! {
    async fn a_collection_lives_and_dies(store) {
        let world = World::settle(store, 1).await;
        let mut collection = world.has_collection(store, "Petstore").await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.collections().get(world.team, collection.id).await.unwrap().as_ref(), Some(&collection));
        assert_eq!(
            tx.collections().current_document(world.team, collection.id).await.unwrap().as_deref(),
            Some(b"Petstore".as_slice())
        );

        "Pet store".clone_into(&mut collection.name);
        collection.version = 2;
        collection.hash = tx.blobs().put(b"the second").await.unwrap();
        collection.updated_at = Timestamp(NOW.0 + 1);
        assert!(tx.collections().update(&collection).await.unwrap());
        assert_eq!(
            tx.collections().get_for_update(world.team, collection.id).await.unwrap().as_ref(),
            Some(&collection)
        );
        assert_eq!(
            tx.collections().current_document(world.team, collection.id).await.unwrap().as_deref(),
            Some(b"the second".as_slice())
        );

        assert!(tx.collections().delete(world.team, collection.id).await.unwrap());
        assert!(!tx.collections().delete(world.team, collection.id).await.unwrap());
        assert!(!tx.collections().update(&collection).await.unwrap());
        assert_eq!(tx.collections().get(world.team, collection.id).await.unwrap(), None);
        assert_eq!(tx.collections().current_document(world.team, collection.id).await.unwrap(), None);
    }

    async fn collections_are_listed_by_workspace_and_name_and_in_parts(store) {
        let world = World::settle(store, 1).await;
        for name in ["a", "b", "b", "c"] {
            world.has_collection(store, name).await;
        }
        let mut tx = store.read().await.unwrap();
        let mut names = async |filter: CollectionFilter| -> Vec<String> {
            let found = tx.collections().list(world.team, &filter).await.unwrap();
            found.into_iter().map(|collection| collection.name).collect()
        };
        let all = CollectionFilter::default;
        assert_eq!(names(all()).await, ["a", "b", "b", "c"]);
        assert_eq!(names(CollectionFilter { name: Some("b".to_owned()), ..all() }).await, ["b", "b"]);
        assert_eq!(names(CollectionFilter { limit: Some(2), offset: 1, ..all() }).await, ["b", "b"]);
        assert_eq!(names(CollectionFilter { offset: 3, ..all() }).await, ["c"]);
        assert_eq!(names(CollectionFilter { workspace: Some(world.workspace), ..all() }).await.len(), 4);
        assert_eq!(names(CollectionFilter { workspace: Some(WorkspaceId(Uuid::nil())), ..all() }).await.len(), 0);
    }

    async fn another_team_sees_and_changes_nothing(store) {
        let world = World::settle(store, 1).await;
        let other = World::settle(store, 2).await;
        let collection = world.has_collection(store, "Petstore").await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.collections().get(other.team, collection.id).await.unwrap(), None);
        assert!(tx.collections().list(other.team, &CollectionFilter::default()).await.unwrap().is_empty());
        assert!(!tx.collections().delete(other.team, collection.id).await.unwrap());
        let mut stolen = collection.clone();
        stolen.team = other.team;
        assert!(!tx.collections().update(&stolen).await.unwrap());
        assert_eq!(tx.collections().get(world.team, collection.id).await.unwrap(), Some(collection));
    }

    async fn versions_are_read_newest_first_page_by_page(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let mut tx = store.begin().await.unwrap();
        for number in 1..=5 {
            let version = Version {
                id: VersionId(world.id()),
                collection: collection.id,
                number,
                hash: collection.hash,
                created_by: UserId(1),
                created_at: NOW,
            };
            tx.versions().insert(world.team, &version).await.unwrap();
        }
        let mut numbers = Vec::new();
        let mut page = PageRequest::first(2);
        loop {
            let read = tx.versions().list(world.team, collection.id, page).await.unwrap();
            numbers.push(read.items.iter().map(|version| version.number).collect::<Vec<_>>());
            match read.next {
                Some(next) => page = PageRequest::after(next, 2),
                None => break,
            }
        }
        assert_eq!(numbers, [vec![5, 4], vec![3, 2], vec![1]]);
        let third = tx.versions().get(world.team, collection.id, 3).await.unwrap().unwrap();
        assert_eq!((third.number, third.hash), (3, collection.hash));

        let twice = Version { id: VersionId(world.id()), ..third };
        assert!(tx.versions().insert(world.team, &twice).await.unwrap_err().is_conflict());
    }

    async fn equal_content_is_stored_once_and_comes_back_as_it_was(store) {
        World::settle(store, 1).await;
        let large: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut tx = store.begin().await.unwrap();
        for bytes in [b"".as_slice(), b"{}", &large] {
            let hash = tx.blobs().put(bytes).await.unwrap();
            assert_eq!(hash, tx.blobs().put(bytes).await.unwrap());
            assert_eq!(hash, ContentHash::of(bytes));
            assert!(tx.blobs().get(hash).await.unwrap().unwrap() == bytes);
        }
        assert_eq!(tx.blobs().get(ContentHash::of(b"unknown")).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(store.count("blobs").await, 3);
    }

    async fn an_environment_is_sealed_in_the_table_and_open_outside(store) {
        let world = World::settle(store, 1).await;
        let mut environment = world.environment("Staging");
        let mut tx = store.begin().await.unwrap();
        tx.environments().insert(&environment).await.unwrap();
        assert_eq!(
            tx.environments().get(world.team, environment.id).await.unwrap().as_ref(),
            Some(&environment)
        );
        environment.document["name"] = "Production".into();
        "Production".clone_into(&mut environment.name);
        assert!(tx.environments().update(&environment).await.unwrap());
        let found = tx.environments().list(world.team, &EnvironmentFilter::default()).await.unwrap();
        assert_eq!(found, [environment.clone()]);
        tx.commit().await.unwrap();

        let open = store
            .execute_raw("DELETE FROM environments WHERE CAST(sealed_document AS TEXT) LIKE '%hush%'")
            .await;
        assert_eq!(open, 0, "the table holds an open secret");
        let mut tx = store.begin().await.unwrap();
        assert!(tx.environments().delete(world.team, environment.id).await.unwrap());
        assert!(!tx.environments().delete(world.team, environment.id).await.unwrap());
    }

    async fn a_monitor_loses_its_environment_with_the_environment(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let environment = world.environment("Staging");
        let mut monitor = world.monitor("Nightly", collection.id);
        monitor.environment = Some(environment.id);
        let mut tx = store.begin().await.unwrap();
        tx.environments().insert(&environment).await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        tx.environments().delete(world.team, environment.id).await.unwrap();
        let monitor = tx.monitors().get(world.team, monitor.id).await.unwrap().unwrap();
        assert_eq!(monitor.environment, None);
    }
}
