//! Deliveries, as their sender sees them: what is due, and outcomes under a fence.

use postern_model::{AttemptTrigger, DeliveryState, HeldReason, Outcome, Timestamp};
use postern_storage::{Ending, Finished, Next};

use crate::on_both_engines;
use crate::world::{Due, NOW, World, all_due, finish, take_shards};

on_both_engines! {
    async fn an_attempt_and_what_follows_are_written_together(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let later = Timestamp(NOW.0 + 5000);

        let mut tx = store.begin().await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        assert_eq!((&due.delivery, due.number, due.epoch), (&delivery, 1, 1));
        let first = world.attempt(&due, Outcome::ServerError);
        let next = Next::Again { due_at: later, spent: true, keeps_place: false };
        assert_eq!(finish(&mut tx, owner, &first, next, NOW).await, Finished::Written);
        assert!(all_due(&mut tx, owner, NOW).await.is_empty());

        // One that met Retry-After is numbered, but not spent.
        let due = all_due(&mut tx, owner, later).await.remove(0);
        assert_eq!((due.delivery.attempts, due.number), (1, 2));
        let second = world.attempt(&due, Outcome::RateLimited);
        let next = Next::Again { due_at: later, spent: false, keeps_place: false };
        assert_eq!(finish(&mut tx, owner, &second, next, later).await, Finished::Written);
        let due = all_due(&mut tx, owner, later).await.remove(0);
        assert_eq!((due.delivery.attempts, due.number), (1, 3));
        let third = world.attempt(&due, Outcome::Succeeded);
        let next = Next::End(Ending::Succeeded);
        assert_eq!(finish(&mut tx, owner, &third, next, later).await, Finished::Written);
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
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        tx.leases().release(owner, 0).await.unwrap();
        tx.commit().await.unwrap();
        let next_owner = world.node();
        take_shards(store, next_owner, 256).await;

        let attempt = world.attempt(&due, Outcome::Succeeded);
        let mut tx = store.begin().await.unwrap();
        for late in [owner, next_owner] {
            let finished = finish(&mut tx, late, &attempt, Next::End(Ending::Succeeded), NOW).await;
            assert_eq!(finished, Finished::LeaseLost);
        }
        assert!(tx.attempts().list(world.team, delivery.id).await.unwrap().is_empty());
        assert!(all_due(&mut tx, owner, NOW).await.is_empty());
        let again = all_due(&mut tx, next_owner, NOW).await;
        assert_eq!(again.len(), 1, "the next owner sends again");
        assert_eq!((again[0].number, again[0].epoch), (1, 2));
    }

    async fn a_delivery_that_was_cancelled_under_way_keeps_its_attempt_and_a_success(store) {
        for (outcome, next, state) in [
            (Outcome::Succeeded, Next::End(Ending::Succeeded), DeliveryState::Succeeded),
            (Outcome::ServerError, Next::End(Ending::Exhausted), DeliveryState::Cancelled { by: "Mia".to_owned() }),
            (Outcome::ServerError, Next::Again { due_at: NOW, spent: true, keeps_place: false }, DeliveryState::Cancelled { by: "Mia".to_owned() }),
        ] {
            let world = World::settle(store, store.count("teams").await.unsigned_abs() + 1).await;
            let delivery = world.has_delivery(store).await;
            let owner = world.node();
            take_shards(store, owner, 256).await;
            let mut tx = store.begin().await.unwrap();
            let due = all_due(&mut tx, owner, NOW).await.into_iter().find(|due| due.delivery.id == delivery.id);
            let attempt = world.attempt(&due.unwrap(), outcome);
            assert!(tx.deliveries().cancel(world.team, delivery.id, "Mia", NOW).await.unwrap());
            let finished = finish(&mut tx, owner, &attempt, next, NOW).await;
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
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        tx.deliveries().hold(world.team, delivery.integration, HeldReason::Paused, NOW).await.unwrap();
        let attempt = world.attempt(&due, Outcome::ServerError);
        let next = Next::Again { due_at: NOW, spent: true, keeps_place: false };
        assert_eq!(finish(&mut tx, owner, &attempt, next, NOW).await, Finished::Written);
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.delivery.state, DeliveryState::Held { reason: HeldReason::Paused });
        assert_eq!(record.delivery.attempts, 1);
    }

    async fn an_attempt_that_disables_its_integration_leaves_the_delivery_held(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        let attempt = world.attempt(&due, Outcome::Gone);
        finish(&mut tx, owner, &attempt, Next::Held(HeldReason::Disabled), NOW).await;
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.delivery.state, DeliveryState::Held { reason: HeldReason::Disabled });
        assert_eq!(record.delivery.attempts, 1);
    }

    async fn who_asks_for_an_attempt_while_one_is_under_way_gets_another(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let next = Next::Again { due_at: Timestamp(NOW.0 + 5000), spent: true, keeps_place: false };
        let mut tx = store.begin().await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        tx.deliveries().redeliver(world.team, delivery.id, NOW).await.unwrap();
        let attempt = world.attempt(&due, Outcome::ServerError);
        finish(&mut tx, owner, &attempt, next, NOW).await;
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        assert_eq!((due.number, due.trigger), (2, AttemptTrigger::Manual));

        // Once it was made, the schedule goes on.
        let attempt = world.attempt(&due, Outcome::ServerError);
        finish(&mut tx, owner, &attempt, next, NOW).await;
        assert!(all_due(&mut tx, owner, NOW).await.is_empty());
    }

    async fn a_busy_integration_does_not_fill_the_window_of_another(store) {
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
        let mut owing = tx.deliveries().owing(owner).await.unwrap();
        owing.sort_by_key(|lane| lane.due_at);
        let lanes: Vec<_> = owing.iter().map(|lane| (lane.team, lane.integration)).collect();
        assert_eq!(lanes, [(world.team, busy.id), (world.team, quiet.id)]);
        assert_eq!((owing[0].due_at, owing[1].due_at), (Timestamp(NOW.0 - 100), NOW));
        let window = tx.deliveries().window(&lanes, 3).await.unwrap();
        let dues: Vec<_> = window.iter().map(|due| (due.delivery.integration == busy.id, due.due_at.0 - NOW.0)).collect();
        assert_eq!(dues, [(true, -100), (true, -99), (true, -98), (false, 0)]);
        assert_eq!(window[0].event, event);
        assert!(tx.deliveries().window(&[], 3).await.unwrap().is_empty());
    }

    async fn a_failed_one_that_keeps_its_place_stays_first_and_waits(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "in order").await;
        let event = world.has_event(store).await;
        let (first, second) = (world.delivery(&event, &integration), world.delivery(&event, &integration));
        let mut tx = store.begin().await.unwrap();
        tx.deliveries().insert_all(&[first.clone(), second]).await.unwrap();
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;
        let later = Timestamp(NOW.0 + 5000);
        let mut tx = store.begin().await.unwrap();
        let before = all_due(&mut tx, owner, NOW).await;
        let attempt = world.attempt(&before[0], Outcome::ServerError);
        let next = Next::Again { due_at: later, spent: true, keeps_place: true };
        assert_eq!(finish(&mut tx, owner, &attempt, next, NOW).await, Finished::Written);
        let lane = [(world.team, integration.id)];
        let window = tx.deliveries().window(&lane, 10).await.unwrap();
        assert_eq!((window[0].delivery.id, window[0].due_at, window[0].retry_at), (first.id, NOW, Some(later)));
        // Who asks for it by hand does not wait.
        tx.deliveries().redeliver(world.team, first.id, NOW).await.unwrap();
        let window = tx.deliveries().window(&lane, 10).await.unwrap();
        assert!(window.iter().all(|due| due.retry_at.is_none()));
    }

    async fn many_outcomes_are_written_together_each_as_it_would_be_alone(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "many").await;
        let event = world.has_event(store).await;
        let deliveries: Vec<_> = (0..150).map(|_| world.delivery(&event, &integration)).collect();
        let mut tx = store.begin().await.unwrap();
        tx.deliveries().insert_all(&deliveries).await.unwrap();
        tx.commit().await.unwrap();
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let lanes = [(world.team, integration.id)];
        let window = tx.deliveries().window(&lanes, 1000).await.unwrap();
        assert_eq!(window.len(), 150);
        let epoch = tx.leases().held(owner).await.unwrap()[0].epoch;
        let later = Timestamp(NOW.0 + 5000);
        let made: Vec<_> = window
            .into_iter()
            .enumerate()
            .map(|(number, due)| {
                let next = match number % 4 {
                    0 => Next::End(Ending::Succeeded),
                    1 => Next::End(Ending::Exhausted),
                    2 => Next::Held(HeldReason::Disabled),
                    _ => Next::Again { due_at: later, spent: true, keeps_place: false },
                };
                // Every tenth was made under an epoch that is over.
                let epoch = if number % 10 == 9 { epoch - 1 } else { epoch };
                (world.attempt(&Due { due, epoch }, Outcome::ServerError), next)
            })
            .collect();
        tx.deliveries().cancel(world.team, made[0].0.delivery, "Mia", NOW).await.unwrap();
        let pairs: Vec<_> = made.iter().map(|(attempt, next)| (attempt, *next)).collect();
        let finished = tx.deliveries().finish(owner, &pairs, NOW).await.unwrap();
        for (number, ((attempt, next), finished)) in made.iter().zip(finished).enumerate() {
            let record = tx.deliveries().get(world.team, attempt.delivery).await.unwrap().unwrap();
            let attempts = tx.attempts().list(world.team, attempt.delivery).await.unwrap();
            let lost = number % 10 == 9;
            assert_eq!(attempts.len(), usize::from(!lost), "{number}");
            let expected = match (number, next) {
                (0, _) => (Finished::AlreadyOver, DeliveryState::Succeeded),
                _ if lost => (Finished::LeaseLost, DeliveryState::Scheduled { due_at: NOW }),
                (_, Next::End(Ending::Succeeded)) => (Finished::Written, DeliveryState::Succeeded),
                (_, Next::End(Ending::Exhausted)) => (Finished::Written, DeliveryState::Exhausted),
                (_, Next::End(Ending::Cancelled)) => {
                    let by = "the integration's transform".to_owned();
                    (Finished::Written, DeliveryState::Cancelled { by })
                }
                (_, Next::Held(reason)) => (Finished::Written, DeliveryState::Held { reason: *reason }),
                (_, Next::Again { due_at, .. }) => (Finished::Written, DeliveryState::Scheduled { due_at: *due_at }),
            };
            assert_eq!((finished, record.delivery.state), expected, "{number}");
        }
    }
}
