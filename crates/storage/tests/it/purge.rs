//! Retention: what is old goes, and nothing else.

use std::time::Duration;

use postern_model::{
    ContentHash, EventKind, Outcome, RunDetail, RunStatus, Timestamp, UserId, Version, VersionId,
};
use postern_storage::testing::TestStore;
use postern_storage::{Ending, IdempotencyKey, Next, Packed};

use crate::on_both_engines;
use crate::world::{NOW, World, all_due, finish, says};

const LATER: Timestamp = Timestamp(NOW.0 + 1000);

async fn purge_orphans(store: &TestStore, before: Timestamp, limit: u32) -> u64 {
    let (mut all, mut after) = (0, None);
    loop {
        let mut tx = store.begin().await.unwrap();
        let (deleted, next) = tx.purge().orphan_blobs(after, before, limit).await.unwrap();
        tx.commit().await.unwrap();
        all += deleted;
        match next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

on_both_engines! {
    async fn old_deliveries_go_with_their_attempts_in_batches(store) {
        let world = World::settle(store, 1).await;
        let mut deliveries = Vec::new();
        for _ in 0..3 {
            deliveries.push(world.has_delivery(store).await);
        }
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        for (due, at) in all_due(&mut tx, owner, NOW).await.into_iter().zip([NOW, LATER]) {
            let attempt = world.attempt(&due, Outcome::Succeeded);
            finish(&mut tx, owner, &attempt, Next::End(Ending::Succeeded), at).await;
        }
        assert_eq!(tx.purge().deliveries(NOW, 10).await.unwrap(), 0);
        assert_eq!(tx.purge().deliveries(LATER, 10).await.unwrap(), 1);
        assert_eq!(tx.purge().deliveries(Timestamp(LATER.0 + 1), 0).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!((store.count("deliveries_done").await, store.count("attempts").await), (1, 1));
        assert_eq!(store.count("deliveries").await, 1);

        // Events whose delivery is there stay, however old.
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.purge().events(NOW, 10).await.unwrap(), 0);
        assert_eq!(tx.purge().events(LATER, 10).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(store.count("events").await, 2);
    }

    async fn old_runs_and_idempotency_keys_go(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let monitor = world.monitor("Nightly", collection.id);
        let (mut run, waiting) = (world.run(monitor.id), world.run(monitor.id));
        let mut tx = store.begin().await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        tx.runs().insert(&run).await.unwrap();
        tx.runs().insert(&waiting).await.unwrap();
        let key = IdempotencyKey {
            team: world.team,
            key: "k".to_owned(),
            route: "POST /api/events".to_owned(),
            request: ContentHash::of(b"{}"),
            created_at: NOW,
        };
        tx.idempotency_keys().claim(&key).await.unwrap();
        tx.commit().await.unwrap();
        world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        assert!(tx.runs().start(world.team, run.id, 1, NOW).await.unwrap());
        run.status = RunStatus::Success;
        run.finished_at = Some(NOW);
        assert!(tx.runs().finish(&run, 1, &RunDetail::default()).await.unwrap());
        assert_eq!(tx.purge().runs(NOW, 10).await.unwrap(), 0);
        assert_eq!(tx.purge().runs(LATER, 10).await.unwrap(), 1);
        assert_eq!(tx.runs().get(world.team, run.id).await.unwrap(), None);
        assert!(tx.runs().get(world.team, waiting.id).await.unwrap().is_some());
        assert_eq!(tx.purge().idempotency_keys(NOW, 10).await.unwrap(), 0);
        assert_eq!(tx.purge().idempotency_keys(LATER, 10).await.unwrap(), 1);
    }

    async fn a_deleted_collection_keeps_its_documents_until_it_is_too_old(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let (team, id) = (world.team, collection.id);
        let version = Version {
            id: VersionId(id.0),
            collection: id,
            number: 1,
            hash: collection.hash,
            created_by: UserId(1),
            created_at: NOW,
        };
        let mut tx = store.begin().await.unwrap();
        tx.versions().insert(team, &version).await.unwrap();
        tx.deleted_collections().keep(team, id, UserId(1), NOW).await.unwrap();
        assert!(tx.collections().delete(team, id).await.unwrap());
        assert_eq!(tx.versions().get(team, id, 1).await.unwrap(), None);
        tx.commit().await.unwrap();
        let much_later = Timestamp(i64::MAX);
        purge_orphans(store, much_later, 10).await;

        let mut tx = store.begin().await.unwrap();
        let listed = tx.deleted_collections().list(team, 10, 0).await.unwrap();
        assert_eq!(listed[0].collection, collection);
        assert_eq!(tx.deleted_collections().purge(NOW, 10).await.unwrap(), 0, "not too old yet");
        tx.deleted_collections().give_back(team, id, collection.workspace).await.unwrap();
        assert_eq!(tx.collections().get(team, id).await.unwrap(), Some(collection.clone()));
        assert_eq!(tx.versions().get(team, id, 1).await.unwrap(), Some(version));
        assert_eq!(
            tx.collections().current_document(team, id).await.unwrap().as_deref(),
            Some(b"Petstore".as_slice())
        );

        tx.deleted_collections().keep(team, id, UserId(1), NOW).await.unwrap();
        tx.collections().delete(team, id).await.unwrap();
        assert_eq!(tx.deleted_collections().purge(LATER, 10).await.unwrap(), 1);
        assert_eq!(tx.deleted_collections().get(team, id).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(store.count("deleted_versions").await, 0);
        assert!(purge_orphans(store, much_later, 10).await >= 1);
    }

    async fn blobs_go_when_nothing_refers_to_them_and_they_are_not_fresh(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let event = world.event(EventKind::Custom);
        let body = Packed::of(&[b'x'; 5_000]).await.unwrap();
        let mut orphans = Vec::new();
        let mut tx = store.begin().await.unwrap();
        tx.events().insert(&event, says(&body)).await.unwrap();
        for number in 0..10_u8 {
            orphans.push(tx.blobs().put(&[number]).await.unwrap());
        }
        tx.commit().await.unwrap();
        assert_eq!(purge_orphans(store, NOW, 3).await, 0, "they were put just now");

        // One is put again meanwhile, and so is fresh.
        store.clock.advance(Duration::from_hours(2));
        let mut tx = store.begin().await.unwrap();
        tx.blobs().put(&[0]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(purge_orphans(store, Timestamp(NOW.0 + 3_600_000), 3).await, 9);
        let mut tx = store.read().await.unwrap();
        assert!(tx.blobs().get(orphans[0]).await.unwrap().is_some());
        assert!(tx.blobs().get(orphans[1]).await.unwrap().is_none());
        assert!(tx.blobs().get(collection.hash).await.unwrap().is_some());
        assert!(tx.blobs().get(*body.hash()).await.unwrap().is_some());
    }
}
