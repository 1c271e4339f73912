//! Runs: queued, under way, ended; never two of one monitor at once.

use postern_model::{ConsoleLine, RunDetail, RunStatus, Timestamp};
use postern_storage::{PageRequest, RunFilter};

use crate::on_both_engines;
use crate::world::{NOW, World, take_shards};

on_both_engines! {
    async fn a_run_is_queued_started_and_finished_under_one_epoch(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let monitor = world.monitor("Nightly", collection.id);
        let mut run = world.run(monitor.id);
        let mut tx = store.begin().await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        tx.runs().insert(&run).await.unwrap();
        assert!(tx.runs().is_pending(world.team, monitor.id).await.unwrap());
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;

        let mut tx = store.begin().await.unwrap();
        let queued = tx.runs().queued(owner, 10).await.unwrap();
        assert_eq!(queued.len(), 1);
        assert_eq!(queued[0].run, run);
        let epoch = queued[0].epoch;
        assert!(!tx.runs().start(world.team, run.id, epoch + 1, NOW).await.unwrap(), "another epoch");
        assert!(tx.runs().start(world.team, run.id, epoch, NOW).await.unwrap());
        assert!(!tx.runs().start(world.team, run.id, epoch, NOW).await.unwrap(), "twice");
        assert!(tx.runs().queued(owner, 10).await.unwrap().is_empty());
        assert!(tx.runs().stranded(owner, 10).await.unwrap().is_empty(), "its runner is here");

        run.status = RunStatus::Failure;
        run.started_at = Some(NOW);
        run.finished_at = Some(Timestamp(NOW.0 + 5));
        run.stats.response_latency_ms = 42;
        let detail = RunDetail {
            console: vec![ConsoleLine { execution: 1, level: "log".to_owned(), text: "hello".to_owned() }],
            ..RunDetail::default()
        };
        assert!(!tx.runs().finish(&run, epoch - 1, &detail).await.unwrap(), "another epoch");
        assert!(tx.runs().finish(&run, epoch, &detail).await.unwrap());
        assert!(!tx.runs().finish(&run, epoch, &detail).await.unwrap(), "twice");
        assert_eq!(tx.runs().get(world.team, run.id).await.unwrap().as_ref(), Some(&run));
        assert_eq!(tx.runs().detail(world.team, run.id).await.unwrap(), Some(detail));
        assert!(!tx.runs().is_pending(world.team, monitor.id).await.unwrap());
    }

    async fn a_monitor_never_runs_twice_at_once(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let monitor = world.monitor("Nightly", collection.id);
        let (first, second) = (world.run(monitor.id), world.run(monitor.id));
        let mut tx = store.begin().await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        tx.runs().insert(&first).await.unwrap();
        tx.runs().insert(&second).await.unwrap();
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let queued = tx.runs().queued(owner, 10).await.unwrap();
        assert_eq!(queued.iter().map(|queued| queued.run.id).collect::<Vec<_>>(), [first.id]);
        assert!(tx.runs().start(world.team, first.id, 1, NOW).await.unwrap());
        assert!(tx.runs().queued(owner, 10).await.unwrap().is_empty());
        assert!(!tx.runs().start(world.team, second.id, 1, NOW).await.unwrap());
    }

    async fn the_next_owner_finds_the_runs_of_one_that_is_gone(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let monitor = world.monitor("Nightly", collection.id);
        let run = world.run(monitor.id);
        let mut tx = store.begin().await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        tx.runs().insert(&run).await.unwrap();
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        assert!(tx.runs().start(world.team, run.id, 1, NOW).await.unwrap());
        tx.leases().release(owner, 0).await.unwrap();
        tx.commit().await.unwrap();

        let next = world.node();
        take_shards(store, next, 256).await;
        let mut tx = store.begin().await.unwrap();
        let stranded = tx.runs().stranded(next, 10).await.unwrap();
        assert_eq!(stranded.len(), 1);
        let epoch = stranded[0].epoch;
        assert_eq!((stranded[0].run.id, epoch), (run.id, 2));

        let mut late = stranded[0].run.clone();
        late.status = RunStatus::Success;
        late.finished_at = Some(NOW);
        assert!(!tx.runs().finish(&late, 1, &RunDetail::default()).await.unwrap(), "the old owner came back");
        assert!(!tx.runs().requeue(world.team, run.id, 1).await.unwrap());
        assert!(tx.runs().requeue(world.team, run.id, epoch).await.unwrap());
        assert_eq!(tx.runs().queued(next, 10).await.unwrap().len(), 1);
        assert!(tx.runs().stranded(next, 10).await.unwrap().is_empty());
    }

    async fn runs_are_listed_newest_first_by_monitor_and_status(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let (one, other) = (world.monitor("one", collection.id), world.monitor("other", collection.id));
        let runs = [world.run(one.id), world.run(other.id), world.run(one.id)];
        let mut tx = store.begin().await.unwrap();
        for run in &runs {
            tx.runs().insert(run).await.unwrap();
        }
        let of_one = RunFilter { monitor: Some(one.id), ..RunFilter::default() };
        let page = tx.runs().list(world.team, &of_one, PageRequest::first(1)).await.unwrap();
        assert_eq!(page.items, [runs[2].clone()]);
        let page = tx.runs().list(world.team, &of_one, PageRequest::after(page.next.unwrap(), 1)).await.unwrap();
        assert_eq!((page.items, page.next), (vec![runs[0].clone()], None));
        let ended = RunFilter { status: Some(RunStatus::Success), ..RunFilter::default() };
        assert!(tx.runs().list(world.team, &ended, PageRequest::first(9)).await.unwrap().items.is_empty());
    }
}
