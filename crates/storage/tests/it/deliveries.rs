//! Deliveries, as people see and handle them: coalesced, held, released, cancelled, delivered again.

use postern_model::{
    AttemptTrigger, DeliveryId, DeliveryState, EventKind, HeldReason, IntegrationStatus, Outcome,
    Timestamp,
};
use postern_storage::{
    DeliveryFilter, DeliveryStateName, Ending, Finished, Next, PageRequest, Redelivered,
};

use crate::on_both_engines;
use crate::world::{NOW, World, all_due, finish, next_due_at};

on_both_engines! {
    async fn a_newer_backup_takes_the_place_of_the_one_that_waits(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "Backup to Box").await;
        let other = world.has_integration(store, "Backup to S3").await;
        let event = world.has_event(store).await;
        let backup = |key: &str| {
            let mut delivery = world.delivery(&event, &integration);
            delivery.coalesce_key = Some(key.to_owned());
            delivery
        };
        let (old, another, new) = (backup("petstore"), backup("weather"), backup("petstore"));
        let mut elsewhere = world.delivery(&event, &other);
        elsewhere.coalesce_key = Some("petstore".to_owned());
        let plain = world.delivery(&event, &integration);

        let mut tx = store.begin().await.unwrap();
        tx.deliveries().insert_all(&[old.clone(), another.clone(), elsewhere.clone(), plain.clone()]).await.unwrap();
        assert_eq!(tx.deliveries().insert(&new).await.unwrap(), 1);
        let ended = tx.deliveries().get(world.team, old.id).await.unwrap().unwrap();
        assert_eq!(ended.delivery.state, DeliveryState::Cancelled { by: "a newer backup".to_owned() });
        for waiting in [&another, &elsewhere, &plain, &new] {
            let record = tx.deliveries().get(world.team, waiting.id).await.unwrap().unwrap();
            assert_eq!(&record.delivery, waiting);
        }

        // One that is held is replaced too.
        tx.deliveries().hold(world.team, integration.id, HeldReason::Paused, NOW).await.unwrap();
        let mut newest = backup("petstore");
        newest.state = DeliveryState::Held { reason: HeldReason::Paused };
        assert_eq!(tx.deliveries().insert(&newest).await.unwrap(), 1);
        assert_eq!(tx.deliveries().count_waiting(world.team, integration.id).await.unwrap(), (0, 3));
    }

    async fn what_is_due_for_a_paused_integration_is_held_until_it_is_released(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let (team, integration) = (world.team, delivery.integration);
        let later = Timestamp(NOW.0 + 1000);
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.deliveries().hold(team, integration, HeldReason::Paused, later).await.unwrap(), 1);
        let held = tx.deliveries().get(team, delivery.id).await.unwrap().unwrap().delivery;
        assert_eq!(held.state, DeliveryState::Held { reason: HeldReason::Paused });
        assert_eq!(held.updated_at, later);
        assert!(all_due(&mut tx, owner, Timestamp(i64::MAX)).await.is_empty());
        assert_eq!(next_due_at(&mut tx, owner).await, None);

        assert_eq!(tx.deliveries().release(team, integration, later).await.unwrap(), 1);
        assert_eq!(all_due(&mut tx, owner, later).await.len(), 1);
        assert_eq!(next_due_at(&mut tx, owner).await, Some(later));
    }

    async fn a_finished_delivery_is_delivered_again_with_its_id_and_numbers(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        let attempt = world.attempt(&due, Outcome::Rejected);
        let finished = finish(&mut tx, owner, &attempt, Next::End(Ending::Exhausted), NOW).await;
        assert_eq!(finished, Finished::Written);

        let later = Timestamp(NOW.0 + 1000);
        let again = tx.deliveries().redeliver(world.team, delivery.id, later).await.unwrap();
        assert_eq!(again, Redelivered::Scheduled);
        let due = all_due(&mut tx, owner, later).await.remove(0);
        assert_eq!((due.delivery.id, due.number, due.trigger), (delivery.id, 2, AttemptTrigger::Manual));
        assert_eq!(due.delivery.created_at, NOW);
        let attempt = world.attempt(&due, Outcome::Succeeded);
        finish(&mut tx, owner, &attempt, Next::End(Ending::Succeeded), later).await;
        let numbers: Vec<_> = tx.attempts().list(world.team, delivery.id).await.unwrap()
            .iter().map(|attempt| (attempt.number, attempt.trigger)).collect();
        assert_eq!(numbers, [(1, AttemptTrigger::Automatic), (2, AttemptTrigger::Manual)]);
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!((record.delivery.state, record.delivery.attempts), (DeliveryState::Succeeded, 2));
    }

    async fn delivering_again_waits_where_the_integration_does_not_send(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let (team, integration) = (world.team, delivery.integration);
        let mut tx = store.begin().await.unwrap();
        tx.deliveries().cancel(team, delivery.id, "Mia", NOW).await.unwrap();
        tx.integrations().set_status(team, integration, &IntegrationStatus::Paused, NOW).await.unwrap();
        let told = tx.deliveries().redeliver(team, delivery.id, NOW).await.unwrap();
        assert_eq!(told, Redelivered::Held(HeldReason::Paused));
        let told = tx.deliveries().redeliver(team, delivery.id, NOW).await.unwrap();
        assert_eq!(told, Redelivered::Held(HeldReason::Paused), "one that is held already");

        tx.deliveries().cancel_some(team, integration, "Mia", NOW).await.unwrap();
        tx.integrations().delete(team, integration).await.unwrap();
        assert_eq!(tx.deliveries().redeliver(team, delivery.id, NOW).await.unwrap(), Redelivered::IntegrationGone);
        let unknown = DeliveryId(world.id());
        assert_eq!(tx.deliveries().redeliver(team, unknown, NOW).await.unwrap(), Redelivered::NotFound);
    }

    async fn one_that_waits_for_its_next_attempt_is_due_at_once_when_asked_for(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let owner = world.has_owner(store).await;
        let mut tx = store.begin().await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        let attempt = world.attempt(&due, Outcome::ServerError);
        let next = Next::Again { due_at: Timestamp(NOW.0 + 86_400_000), spent: true, keeps_place: false };
        finish(&mut tx, owner, &attempt, next, NOW).await;
        assert!(all_due(&mut tx, owner, NOW).await.is_empty());
        tx.deliveries().redeliver(world.team, delivery.id, NOW).await.unwrap();
        let due = all_due(&mut tx, owner, NOW).await.remove(0);
        assert_eq!((due.number, due.trigger), (2, AttemptTrigger::Manual));
    }

    async fn the_list_joins_finished_and_unfinished_newest_first(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "Backup to Box").await;
        let other = world.has_integration(store, "Backup to S3").await;
        let event = world.has_event(store).await;
        let mut ids = Vec::new();
        let mut tx = store.begin().await.unwrap();
        for number in 0..6 {
            let mut delivery = world.delivery(&event, if number < 4 { &integration } else { &other });
            delivery.created_at = Timestamp(NOW.0 + number);
            tx.deliveries().insert(&delivery).await.unwrap();
            if number % 2 == 0 {
                assert!(tx.deliveries().cancel(world.team, delivery.id, "Mia", NOW).await.unwrap());
                assert!(!tx.deliveries().cancel(world.team, delivery.id, "Mia", NOW).await.unwrap());
            }
            ids.push(delivery.id);
        }
        ids.reverse();
        let mut seen = Vec::new();
        let mut page = PageRequest::first(4);
        loop {
            let read = tx.deliveries().list(world.team, &DeliveryFilter::default(), page).await.unwrap();
            seen.extend(read.items.iter().map(|record| record.delivery.id));
            match read.next {
                Some(next) => page = PageRequest::after(next, 4),
                None => break,
            }
        }
        assert_eq!(seen, ids);

        let mut count = async |filter: DeliveryFilter| {
            tx.deliveries().list(world.team, &filter, PageRequest::first(100)).await.unwrap().items.len()
        };
        let all = DeliveryFilter::default;
        assert_eq!(count(DeliveryFilter { integration: Some(integration.id), ..all() }).await, 4);
        assert_eq!(count(DeliveryFilter { state: Some(DeliveryStateName::Cancelled), ..all() }).await, 3);
        assert_eq!(count(DeliveryFilter { state: Some(DeliveryStateName::Scheduled), ..all() }).await, 3);
        assert_eq!(count(DeliveryFilter { event: Some(EventKind::CollectionBackup), ..all() }).await, 6);
        assert_eq!(count(DeliveryFilter { event: Some(EventKind::Test), ..all() }).await, 0);
        assert_eq!(count(DeliveryFilter { since: Some(Timestamp(NOW.0 + 4)), ..all() }).await, 2);
        let record = tx.deliveries().get(world.team, ids[0]).await.unwrap().unwrap();
        assert_eq!(record.integration_name, "Backup to S3");
        assert_eq!(record.event_kind, EventKind::CollectionBackup);
    }

    async fn a_finished_delivery_can_not_be_added(store) {
        let world = World::settle(store, 1).await;
        let integration = world.has_integration(store, "Backup to Box").await;
        let event = world.has_event(store).await;
        let mut delivery = world.delivery(&event, &integration);
        delivery.state = DeliveryState::Succeeded;
        let error = store.begin().await.unwrap().deliveries().insert(&delivery).await.unwrap_err();
        assert_eq!(error.to_string(), format!("add delivery {}: it is over already", delivery.id));
    }
}
