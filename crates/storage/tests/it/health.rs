//! How integrations fare, counted within bounds.

use std::time::Duration;

use postern_model::{HeldReason, Outcome, Timestamp};
use postern_storage::{Bucket, Ending, Next, Span};

use crate::on_both_engines;
use crate::world::{NOW, World, all_due, finish};

/// Four buckets of an hour; the present one has just begun.
fn span(most: u32) -> Span {
    Span {
        since: Timestamp(NOW.0 - 3 * 3_600_000),
        bucket: Duration::from_hours(1),
        buckets: 4,
        most,
    }
}

on_both_engines! {
    async fn deliveries_are_counted_where_they_were_accepted(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "Backup to Box").await;
        let event = world.has_event(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let mut health = tx.health();
        assert_eq!(health.last_attempt(world.team, integration.id).await.unwrap(), None);
        let none = health.fares(world.team, integration.id, &span(10)).await.unwrap();
        assert_eq!(none.buckets, [Bucket::default(); 4]);
        let later = Timestamp(NOW.0 + 60_000);
        for next in [
            Next::End(Ending::Succeeded),
            Next::End(Ending::Exhausted),
            Next::Again { due_at: later, spent: true, keeps_place: false },
        ] {
            tx.deliveries().insert(&world.delivery(&event, &integration)).await.unwrap();
            let due = all_due(&mut tx, owner, NOW).await.remove(0);
            let outcome = match next {
                Next::End(Ending::Succeeded) => Outcome::Succeeded,
                _ => Outcome::ServerError,
            };
            let mut attempt = world.attempt(&due, outcome);
            attempt.started_at = Timestamp(NOW.0 + i64::from(due.number));
            finish(&mut tx, owner, &attempt, next, NOW).await;
        }
        // One that was cancelled is neither, one that was never tried waits, and another integration's is not counted.
        let cancelled = world.delivery(&event, &integration);
        tx.deliveries().insert(&cancelled).await.unwrap();
        tx.deliveries().cancel(world.team, cancelled.id, "Mia", NOW).await.unwrap();
        tx.deliveries().insert(&world.delivery(&event, &integration)).await.unwrap();
        tx.commit().await.unwrap();
        world.has_delivery(store).await;

        let mut tx = store.begin().await.unwrap();
        let fares = tx.health().fares(world.team, integration.id, &span(10)).await.unwrap();
        let present = Bucket { delivered: 1, failed: 1, retrying: 1 };
        let empty = Bucket::default();
        assert_eq!(fares.buckets, [empty, empty, empty, present]);
        assert_eq!((fares.pending, fares.held, fares.partial), (2, 0, false));
        assert_eq!(fares.last_delivery_at, Some(NOW));
        let last = tx.health().last_attempt(world.team, integration.id).await.unwrap().unwrap();
        assert_eq!((last.status, last.outcome), (Some(503), Outcome::ServerError));
        let attempts = tx.health().attempts(world.team, integration.id, span(10).since, 10).await.unwrap();
        assert_eq!(attempts.len(), 3);
        assert!(attempts.iter().all(|(time, _)| *time == 7));
        let few = tx.health().attempts(world.team, integration.id, span(10).since, 1).await.unwrap();
        assert!(few.len() <= 1, "{few:?}");

        // What waits from before counts as waiting, in no bucket; and no more is looked at than is said.
        tx.deliveries().hold(world.team, integration.id, HeldReason::Paused, NOW).await.unwrap();
        let tomorrow = Span { since: Timestamp(NOW.0 + 86_400_000), ..span(10) };
        let fares = tx.health().fares(world.team, integration.id, &tomorrow).await.unwrap();
        assert_eq!(fares.buckets, [empty; 4]);
        assert_eq!((fares.pending, fares.held, fares.partial), (0, 2, false));
        let fares = tx.health().fares(world.team, integration.id, &span(2)).await.unwrap();
        assert!(fares.partial);
        let reached = tx.integrations().get(world.team, integration.id).await.unwrap().unwrap();
        assert_eq!((reached.failing_since, reached.not_before), (None, None));
    }
}
