//! The unit of work: all or nothing, and one state for who reads.

use crate::on_both_engines;
use crate::world::World;

on_both_engines! {
    async fn what_is_not_committed_never_was(store) {
        let world = World::settle(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let hash = tx.blobs().put(b"{}").await.unwrap();
        let collection = world.collection("Petstore", hash);
        tx.collections().insert(&collection).await.unwrap();
        assert!(tx.collections().get(world.team, collection.id).await.unwrap().is_some());
        drop(tx);

        let mut tx = store.read().await.unwrap();
        assert!(tx.collections().get(world.team, collection.id).await.unwrap().is_none());
        assert!(tx.blobs().get(hash).await.unwrap().is_none());
    }

    async fn an_error_in_the_middle_undoes_what_came_before(store) {
        let world = World::settle(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        tx.settings().set("first", "1").await.unwrap();
        let error = tx.teams().insert(&world.team()).await.unwrap_err();
        assert!(error.is_conflict(), "{error}");
        drop(tx);
        assert_eq!(store.read().await.unwrap().settings().get("first").await.unwrap(), None);
    }

    async fn who_reads_sees_one_state_from_beginning_to_end(store) {
        World::settle(store, 1).await;
        let mut reader = store.read().await.unwrap();
        assert_eq!(reader.teams().list().await.unwrap().len(), 1);
        World::settle(store, 2).await;
        assert_eq!(reader.teams().list().await.unwrap().len(), 1);
        drop(reader);
        assert_eq!(store.read().await.unwrap().teams().list().await.unwrap().len(), 2);
    }

    async fn who_reads_can_not_write(store) {
        let mut tx = store.read().await.unwrap();
        tx.settings().set("x", "1").await.unwrap_err();
    }

    async fn units_of_work_that_write_at_once_all_arrive(store) {
        World::settle(store, 1).await;
        let writers = (0..8).map(|number| {
            let store = store.store();
            tokio::task::spawn_local(async move {
                for step in 0..5 {
                    let mut tx = store.begin().await.unwrap();
                    tx.settings().set(&format!("{number}.{step}"), "1").await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        });
        tokio::task::LocalSet::new().run_until(async move {
            for writer in writers {
                writer.await.unwrap();
            }
        }).await;
        assert_eq!(store.count("settings").await, 40);
    }

    async fn a_message_reaches_other_nodes_after_the_commit(store) {
        let Some(mut listener) = store.listen("deliveries").await.unwrap() else {
            return; // SQLite: there is no other node
        };
        let mut tx = store.begin().await.unwrap();
        tx.notify("deliveries", "undone").await.unwrap();
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        tx.notify("deliveries", "done").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(listener.recv().await.unwrap(), "done");
    }
}
