//! Monitors: what people set, and when each is due.

use postern_model::{Streak, Timestamp};
use postern_storage::MonitorFilter;

use crate::on_both_engines;
use crate::world::{NOW, World};

on_both_engines! {
    async fn a_monitor_lives_and_dies(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let mut monitor = world.monitor("Nightly", collection.id);
        let (team, id) = (world.team, monitor.id);
        let mut tx = store.begin().await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        assert_eq!(tx.monitors().get(team, id).await.unwrap().as_ref(), Some(&monitor));

        tx.monitors().set_streak(team, id, Streak { failures: 3 }).await.unwrap();
        "Hourly".clone_into(&mut monitor.name);
        "0 * * * *".clone_into(&mut monitor.cron);
        monitor.active = false;
        monitor.next_due_at = None;
        monitor.options.retry_attempts = 2;
        assert!(tx.monitors().update(&monitor).await.unwrap());
        monitor.streak = Streak { failures: 3 };
        assert_eq!(tx.monitors().get_for_update(team, id).await.unwrap().as_ref(), Some(&monitor));

        let list = async |tx: &mut postern_storage::Tx, filter: MonitorFilter| {
            tx.monitors().list(team, &filter).await.unwrap().len()
        };
        assert_eq!(list(&mut tx, MonitorFilter::default()).await, 1);
        assert_eq!(list(&mut tx, MonitorFilter { active: Some(false), ..MonitorFilter::default() }).await, 1);
        assert_eq!(list(&mut tx, MonitorFilter { active: Some(true), ..MonitorFilter::default() }).await, 0);
        assert_eq!(list(&mut tx, MonitorFilter { collection: Some(collection.id), ..MonitorFilter::default() }).await, 1);

        let run = world.run(id);
        tx.runs().insert(&run).await.unwrap();
        assert!(tx.monitors().delete(team, id).await.unwrap());
        assert!(!tx.monitors().delete(team, id).await.unwrap());
        assert_eq!(tx.runs().get(team, run.id).await.unwrap(), None, "a queued run outlived its monitor");
    }

    async fn the_owner_of_the_shard_sees_what_is_due_and_nobody_else(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let mut tx = store.begin().await.unwrap();
        let mut expected = Vec::new();
        for (name, due, active) in [
            ("later", Some(NOW.0 + 1), true),
            ("now", Some(NOW.0), true),
            ("long ago", Some(NOW.0 - 100), true),
            ("paused", Some(NOW.0 - 200), false),
            ("never", None, true),
        ] {
            let mut monitor = world.monitor(name, collection.id);
            monitor.next_due_at = due.map(Timestamp);
            monitor.active = active;
            tx.monitors().insert(&monitor).await.unwrap();
            expected.push(monitor);
        }
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;

        let mut tx = store.begin().await.unwrap();
        let due = tx.monitors().due(owner, NOW, 10).await.unwrap();
        let names: Vec<_> = due.iter().map(|due| due.monitor.name.as_str()).collect();
        assert_eq!(names, ["long ago", "now"]);
        assert!(due.iter().all(|due| due.epoch == 1));
        assert_eq!(tx.monitors().due(owner, NOW, 1).await.unwrap().len(), 1);
        assert!(tx.monitors().due(world.node(), NOW, 10).await.unwrap().is_empty());
        assert_eq!(tx.monitors().next_due_at(owner).await.unwrap(), Some(Timestamp(NOW.0 - 100)));
        assert_eq!(tx.monitors().next_due_at(world.node()).await.unwrap(), None);

        for due in due {
            tx.monitors().set_next_due(world.team, due.monitor.id, None).await.unwrap();
        }
        assert_eq!(tx.monitors().next_due_at(owner).await.unwrap(), Some(Timestamp(NOW.0 + 1)));
    }
}
