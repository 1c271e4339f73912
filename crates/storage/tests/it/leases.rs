//! Leases: who works for which shard, and since when.

use std::time::Duration;

use postern_model::Shard;
use postern_storage::EngineKind;

use crate::on_both_engines;
use crate::world::{TTL, World, take_shards};

on_both_engines! {
    async fn all_shards_are_there_and_free_at_first(store) {
        let world = World::settle(store, 1).await;
        let node = world.node();
        let leases = take_shards(store, node, 256).await;
        assert_eq!(leases.len(), 256);
        assert!(leases.iter().all(|lease| lease.epoch == 1 && lease.owner == node));
        assert_eq!(leases.first().unwrap().shard, Shard(0));
        assert_eq!(leases.last().unwrap().shard, Shard(255));
        let now = store.begin().await.unwrap().now().await.unwrap();
        let left = leases[0].until.since(now);
        assert!(left <= TTL && left > Duration::from_secs(5), "{left:?}");
    }

    async fn two_owners_share_and_hand_over(store) {
        let world = World::settle(store, 1).await;
        let (one, other) = (world.node(), world.node());
        assert_eq!(take_shards(store, one, 100).await.len(), 100);
        if store.engine() == EngineKind::Sqlite {
            // One process: the other node is the one before, and is gone.
            assert_eq!(take_shards(store, other, 256).await.len(), 256);
            return;
        }
        assert_eq!(take_shards(store, other, 256).await.len(), 156);
        assert!(take_shards(store, one, 256).await.is_empty());

        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.leases().release(other, 128).await.unwrap(), 28);
        assert_eq!(tx.leases().renew(other, TTL).await.unwrap().len(), 128);
        assert_eq!(tx.leases().held(one).await.unwrap().len(), 100);
        tx.commit().await.unwrap();
        let taken = take_shards(store, one, 256).await;
        assert_eq!(taken.len(), 28);
        assert!(taken.iter().all(|lease| lease.epoch == 2));
    }

    async fn a_lease_that_ran_out_is_taken_under_a_new_epoch_and_the_old_one_counts_no_more(store) {
        let world = World::settle(store, 1).await;
        let (one, other) = (world.node(), world.node());
        let mut tx = store.begin().await.unwrap();
        let before = tx.leases().acquire(one, Duration::ZERO, 256).await.unwrap();
        tx.commit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await; // the database's clock is a real one

        let after = take_shards(store, other, 256).await;
        assert_eq!(after.len(), 256);
        assert_eq!(after[3].epoch, before[3].epoch + 1);
        let mut tx = store.begin().await.unwrap();
        assert!(!tx.leases().fence(one, Shard(3), before[3].epoch).await.unwrap());
        assert!(tx.leases().fence(other, Shard(3), after[3].epoch).await.unwrap());
        assert!(tx.leases().renew(one, TTL).await.unwrap().is_empty());
    }

    async fn a_late_owner_that_nobody_replaced_goes_on_under_its_epoch(store) {
        let world = World::settle(store, 1).await;
        let node = world.node();
        let mut tx = store.begin().await.unwrap();
        tx.leases().acquire(node, Duration::ZERO, 256).await.unwrap();
        tx.commit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(take_shards(store, node, 256).await.is_empty());
        let mut tx = store.begin().await.unwrap();
        let leases = tx.leases().renew(node, TTL).await.unwrap();
        assert!(leases.len() == 256 && leases.iter().all(|lease| lease.epoch == 1));
    }

    async fn nobody_takes_a_shard_while_an_outcome_is_written_under_it(store) {
        if store.engine() == EngineKind::Sqlite {
            return; // one writer: there is nobody beside it
        }
        let world = World::settle(store, 1).await;
        let (one, other) = (world.node(), world.node());
        let mut tx = store.begin().await.unwrap();
        tx.leases().acquire(one, Duration::ZERO, 256).await.unwrap();
        tx.commit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;

        let mut outcome = store.begin().await.unwrap();
        assert!(outcome.leases().fence(one, Shard(7), 1).await.unwrap());
        let taken = take_shards(store, other, 256).await;
        assert_eq!(taken.len(), 255);
        assert!(taken.iter().all(|lease| lease.shard != Shard(7)));
        outcome.commit().await.unwrap();
        assert_eq!(take_shards(store, other, 256).await.len(), 1);
    }

    async fn a_node_lives_as_long_as_it_says_so(store) {
        let world = World::settle(store, 1).await;
        let (one, other) = (world.node(), world.node());
        let mut tx = store.begin().await.unwrap();
        tx.nodes().beat(one, "one").await.unwrap();
        tx.nodes().beat(other, "other").await.unwrap();
        tx.nodes().beat(one, "one").await.unwrap();
        let live = tx.nodes().live(Duration::from_secs(5)).await.unwrap();
        assert_eq!(live.len(), 2);
        tx.nodes().remove(one).await.unwrap();
        let live = tx.nodes().live(Duration::from_secs(5)).await.unwrap();
        assert_eq!(live.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(), ["other"]);
        tx.commit().await.unwrap();
        store.execute_raw("UPDATE nodes SET seen_at = seen_at - 6000").await;
        assert!(store.begin().await.unwrap().nodes().live(Duration::from_secs(5)).await.unwrap().is_empty());
    }
}
