//! What is held waits, and goes out when it is released.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_model::{DeliveryState, HeldReason, IntegrationStatus};

use crate::house::houses;

#[tokio::test]
async fn what_a_paused_integration_is_owed_is_held_and_arrives_once_it_is_released() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| integration.status = IntegrationStatus::Paused)
            .await;
        let held = DeliveryState::Held {
            reason: HeldReason::Paused,
        };
        let delivery = house.owe_as(&integration, "{}", held.clone()).await;
        house.start();
        house.pass(Duration::from_hours(1));
        house.nothing_more_arrives().await;
        assert_eq!(house.delivery(delivery.id).await.delivery.state, held);

        let mut tx = house.tx().await;
        let active = IntegrationStatus::Active;
        tx.integrations()
            .set_status(house.team, integration.id, &active, house.now())
            .await
            .unwrap();
        tx.deliveries()
            .release(house.team, integration.id, house.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        house.ring();
        house.reached(delivery.id, "succeeded").await;
        assert_eq!(house.receiver.requests().len(), 1);
        house.stop().await;
    }
}

#[tokio::test]
async fn an_attempt_that_fails_while_its_integration_is_paused_leaves_its_delivery_held() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house
            .receiver
            .answer(Answer::status(500).delay(Duration::from_millis(500)));
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.receiver.wait_for(1, crate::house::PATIENCE).await;
        let mut tx = house.tx().await;
        let (paused, now) = (IntegrationStatus::Paused, house.now());
        tx.integrations()
            .set_status(house.team, integration.id, &paused, now)
            .await
            .unwrap();
        tx.deliveries()
            .hold(house.team, integration.id, HeldReason::Paused, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        house.attempted(delivery.id, 1).await;
        let record = house.reached(delivery.id, "held").await.delivery;
        assert_eq!(record.attempts, 1, "it was made, so it counts");
        house.pass(Duration::from_hours(1));
        house.nothing_more_arrives().await;
        house.stop().await;
    }
}

#[tokio::test]
async fn a_delivery_that_was_cancelled_while_it_was_sent_says_what_the_receiver_answered() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house
            .receiver
            .answer(Answer::status(200).delay(Duration::from_millis(500)));
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.receiver.wait_for(1, crate::house::PATIENCE).await;
        let mut tx = house.tx().await;
        assert!(
            tx.deliveries()
                .cancel(house.team, delivery.id, "Mia", house.now())
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        house.attempted(delivery.id, 1).await;
        house.reached(delivery.id, "succeeded").await;
        house.stop().await;
    }
}
