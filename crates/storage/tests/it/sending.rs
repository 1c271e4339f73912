//! Deliveries, as their sender sees them: what is due, and outcomes under a fence.

use postern_model::{AttemptTrigger, DeliveryState, HeldReason, Outcome, Timestamp};
use postern_storage::{Ending, Finished, Next, SendState};

use crate::on_both_engines;
use crate::world::{NOW, World, take_shards};

on_both_engines! {
    async fn an_attempt_and_what_follows_are_written_together(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let later = Timestamp(NOW.0 + 5000);

        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        assert_eq!((&due.delivery, due.number, due.epoch), (&delivery, 1, 1));
        let first = world.attempt(&due, Outcome::ServerError);
        let next = Next::Again { due_at: later, spent: true };
        assert_eq!(tx.deliveries().finish(owner, &first, next, NOW).await.unwrap(), Finished::Written);
        assert!(tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().is_empty());

        // One that met Retry-After is numbered, but not spent.
        let due = tx.deliveries().due(owner, later, 8, 10).await.unwrap().remove(0);
        assert_eq!((due.delivery.attempts, due.number), (1, 2));
        let second = world.attempt(&due, Outcome::RateLimited);
        let next = Next::Again { due_at: later, spent: false };
        assert_eq!(tx.deliveries().finish(owner, &second, next, later).await.unwrap(), Finished::Written);
        let due = tx.deliveries().due(owner, later, 8, 10).await.unwrap().remove(0);
        assert_eq!((due.delivery.attempts, due.number), (1, 3));
        let third = world.attempt(&due, Outcome::Succeeded);
        let next = Next::End(Ending::Succeeded);
        assert_eq!(tx.deliveries().finish(owner, &third, next, later).await.unwrap(), Finished::Written);
        assert_eq!(tx.attempts().list(world.team, delivery.id).await.unwrap(), [first, second, third]);
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.delivery.state, DeliveryState::Succeeded);
        assert_eq!((record.delivery.attempts, record.delivery.updated_at), (2, later));
        tx.commit().await.unwrap();
        assert_eq!((store.count("deliveries").await, store.count("deliveries_done").await), (0, 1));
    }

    async fn an_outcome_under_a_lost_lease_is_not_written(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        tx.leases().release(owner, 0).await.unwrap();
        tx.commit().await.unwrap();
        let next_owner = world.node();
        take_shards(store, next_owner, 256).await;

        let attempt = world.attempt(&due, Outcome::Succeeded);
        let mut tx = store.begin().await.unwrap();
        for late in [owner, next_owner] {
            let finished = tx.deliveries().finish(late, &attempt, Next::End(Ending::Succeeded), NOW).await.unwrap();
            assert_eq!(finished, Finished::LeaseLost);
        }
        assert!(tx.attempts().list(world.team, delivery.id).await.unwrap().is_empty());
        assert!(tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().is_empty());
        let again = tx.deliveries().due(next_owner, NOW, 8, 10).await.unwrap();
        assert_eq!(again.len(), 1, "the next owner sends again");
        assert_eq!((again[0].number, again[0].epoch), (1, 2));
    }

    async fn a_delivery_that_was_cancelled_under_way_keeps_its_attempt_and_a_success(store) {
        for (outcome, next, state) in [
            (Outcome::Succeeded, Next::End(Ending::Succeeded), DeliveryState::Succeeded),
            (Outcome::ServerError, Next::End(Ending::Exhausted), DeliveryState::Cancelled { by: "Mia".to_owned() }),
            (Outcome::ServerError, Next::Again { due_at: NOW, spent: true }, DeliveryState::Cancelled { by: "Mia".to_owned() }),
        ] {
            let world = World::settle(store, store.count("teams").await.unsigned_abs() + 1).await;
            let delivery = world.has_delivery(store).await;
            let owner = world.node();
            take_shards(store, owner, 256).await;
            let mut tx = store.begin().await.unwrap();
            let epoch = tx.leases().held(owner).await.unwrap()[0].epoch;
            let attempt = world.attempt(&World::due(&delivery, epoch), outcome);
            assert!(tx.deliveries().cancel(world.team, delivery.id, "Mia", NOW).await.unwrap());
            let finished = tx.deliveries().finish(owner, &attempt, next, NOW).await.unwrap();
            assert_eq!(finished, Finished::AlreadyOver);
            let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
            assert_eq!(record.delivery.state, state);
            assert_eq!(tx.attempts().list(world.team, delivery.id).await.unwrap(), [attempt]);
            tx.leases().release(owner, 0).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    async fn a_delivery_that_was_held_under_way_stays_held_and_counts_its_attempt(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        tx.deliveries().hold(world.team, delivery.integration, HeldReason::Paused, NOW).await.unwrap();
        let attempt = world.attempt(&due, Outcome::ServerError);
        let next = Next::Again { due_at: NOW, spent: true };
        assert_eq!(tx.deliveries().finish(owner, &attempt, next, NOW).await.unwrap(), Finished::Written);
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.delivery.state, DeliveryState::Held { reason: HeldReason::Paused });
        assert_eq!(record.delivery.attempts, 1);
    }

    async fn an_attempt_that_disables_its_integration_leaves_the_delivery_held(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        let attempt = world.attempt(&due, Outcome::Gone);
        tx.deliveries().finish(owner, &attempt, Next::Held(HeldReason::Disabled), NOW).await.unwrap();
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.delivery.state, DeliveryState::Held { reason: HeldReason::Disabled });
        assert_eq!(record.delivery.attempts, 1);
    }

    async fn who_asks_for_an_attempt_while_one_is_under_way_gets_another(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let next = Next::Again { due_at: Timestamp(NOW.0 + 5000), spent: true };
        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        tx.deliveries().redeliver(world.team, delivery.id, NOW).await.unwrap();
        let attempt = world.attempt(&due, Outcome::ServerError);
        tx.deliveries().finish(owner, &attempt, next, NOW).await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().remove(0);
        assert_eq!((due.number, due.trigger), (2, AttemptTrigger::Manual));

        // Once it was made, the schedule goes on.
        let attempt = world.attempt(&due, Outcome::ServerError);
        tx.deliveries().finish(owner, &attempt, next, NOW).await.unwrap();
        assert!(tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().is_empty());
    }

    async fn a_busy_integration_does_not_fill_the_page_of_what_is_due(store) {
        let world = World::settle(store, 1).await;
        let (busy, quiet) = (world.has_integration(store, "busy").await, world.has_integration(store, "quiet").await);
        let event = world.has_event(store).await;
        let mut tx = store.begin().await.unwrap();
        for number in 0..20 {
            let mut delivery = world.delivery(&event, &busy);
            delivery.state = DeliveryState::Scheduled { due_at: Timestamp(NOW.0 - 100 + number) };
            tx.deliveries().insert(&delivery).await.unwrap();
        }
        tx.deliveries().insert(&world.delivery(&event, &quiet)).await.unwrap();
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = tx.deliveries().due(owner, NOW, 3, 10).await.unwrap();
        let dues: Vec<_> = due.iter().map(|due| (due.delivery.integration == busy.id, due.delivery.state.clone())).collect();
        let at = |at| DeliveryState::Scheduled { due_at: Timestamp(NOW.0 + at) };
        assert_eq!(dues, [(true, at(-100)), (true, at(-99)), (true, at(-98)), (false, at(0))]);
        assert_eq!(tx.deliveries().due(owner, NOW, 3, 2).await.unwrap().len(), 2);
    }

    async fn an_integration_that_must_wait_is_left_out_until_then(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let later = Timestamp(NOW.0 + 60_000);
        let mut tx = store.begin().await.unwrap();
        let state = SendState { not_before: Some(later), ..SendState::default() };
        tx.integrations().set_send_state(world.team, delivery.integration, &state).await.unwrap();
        assert!(tx.deliveries().due(owner, NOW, 8, 10).await.unwrap().is_empty());
        assert_eq!(tx.deliveries().next_due_at(owner).await.unwrap(), Some(later));
        assert_eq!(tx.deliveries().due(owner, later, 8, 10).await.unwrap().len(), 1);
    }
}
