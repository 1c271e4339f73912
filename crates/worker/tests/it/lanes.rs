//! What of a lane may go now: its order, its rate, its number of requests, and its breaker.

use std::time::Duration;

use postern_egress::testing::{Answer, Received};
use postern_model::{Delivery, DeliveryState, Order};

use crate::house::{House, PATIENCE, houses};

/// The bodies that have arrived, in their order.
fn arrived(house: &House) -> Vec<String> {
    let requests = house.receiver.requests();
    requests.iter().map(Received::text).collect()
}

#[tokio::test]
async fn in_strict_order_what_came_later_waits_until_a_failed_one_has_succeeded() {
    for mut house in houses().await {
        let integration = house
            .integration(|it| it.options.order = Order::Strict)
            .await;
        house.receiver.queue([Answer::status(500)]);
        let first = house.owe(&integration, "1").await;
        house.pass(Duration::from_millis(1));
        let second = house.owe(&integration, "2").await;
        house.pass(Duration::from_millis(1));
        let third = house.owe(&integration, "3").await;
        house.start();
        house.attempted(first.id, 1).await;
        house.nothing_more_arrives().await;
        assert_eq!(arrived(&house), ["1"], "the others wait");

        house.pass(Duration::from_secs(10));
        house.reached(third.id, "succeeded").await;
        house.reached(second.id, "succeeded").await;
        assert_eq!(arrived(&house), ["1", "1", "2", "3"]);
        house.stop().await;
    }
}

#[tokio::test]
async fn without_order_what_came_later_overtakes_a_failed_one() {
    for mut house in houses().await {
        let integration = house.integration(|_| {}).await;
        house.receiver.queue([Answer::status(500)]);
        let first = house.owe(&integration, "1").await;
        house.start();
        house.attempted(first.id, 1).await;
        let second = house.owe(&integration, "2").await;
        house.reached(second.id, "succeeded").await;
        assert!(matches!(
            house.delivery(first.id).await.delivery.state,
            DeliveryState::Scheduled { .. }
        ));
        house.stop().await;
    }
}

#[tokio::test]
async fn no_more_begin_in_a_second_than_the_rate_says() {
    for mut house in houses().await {
        let integration = house.integration(|it| it.options.rate = Some(2)).await;
        for body in ["1", "2", "3", "4", "5"] {
            house.owe(&integration, body).await;
        }
        house.start();
        house.receiver.wait_for(2, PATIENCE).await;
        // The house's clock stands still, so there is no second in which more could begin.
        house.nothing_more_arrives().await;
        assert_eq!(arrived(&house).len(), 2);
        house.pass(Duration::from_millis(500));
        house.receiver.wait_for(3, PATIENCE).await;
        house.nothing_more_arrives().await;
        assert_eq!(arrived(&house).len(), 3);
        house.pass(Duration::from_secs(5));
        house.receiver.wait_for(5, PATIENCE).await;
        house.stop().await;
    }
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_the_integration_allows() {
    for mut house in houses().await {
        house.receiver.answer(Answer::hang());
        let integration = house
            .integration(|it| it.options.concurrency = Some(3))
            .await;
        for body in ["1", "2", "3", "4", "5"] {
            house.owe(&integration, body).await;
        }
        house.start();
        house.receiver.wait_for(3, PATIENCE).await;
        house.nothing_more_arrives().await;
        assert_eq!(arrived(&house).len(), 3);
    }
}

/// How many attempts these have, once they have so many.
async fn tried(house: &House, owed: &[Delivery], at_least: usize) -> usize {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let mut tried = 0;
        for delivery in owed {
            tried += house.attempts(delivery.id).await.len();
        }
        if tried >= at_least || tokio::time::Instant::now() > until {
            return tried;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_asked_five_times_and_then_now_and_again() {
    for mut house in houses().await {
        let free_port = postern_egress::testing::Receiver::start().address().port();
        let integration = house
            .integration(|it| it.config.url = format!("http://127.0.0.1:{free_port}/"))
            .await;
        let mut owed = Vec::new();
        for number in 0..20 {
            owed.push(house.owe(&integration, &number.to_string()).await);
        }
        // One at a time, so that nothing is under way when the fifth has failed.
        let mut changed = house.integration_now(integration.id).await;
        changed.options.concurrency = Some(1);
        let mut tx = house.tx().await;
        tx.integrations().update(&changed).await.unwrap();
        tx.commit().await.unwrap();
        house.start();
        assert_eq!(tried(&house, &owed, 5).await, 5);
        house.nothing_more_arrives().await;
        assert_eq!(
            tried(&house, &owed, 5).await,
            5,
            "the others have spent nothing"
        );
        house.pass(Duration::from_secs(30));
        assert_eq!(tried(&house, &owed, 6).await, 6);
        house.nothing_more_arrives().await;
        assert_eq!(tried(&house, &owed, 6).await, 6, "one probe");
        house.stop().await;
    }
}
