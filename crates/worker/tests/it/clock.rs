//! A clock that is put forward or back while deliveries wait: an hour, and ten years. On PostgreSQL the database's clock counts.

use std::time::Duration;

use postern_egress::testing::{Answer, Received};
use postern_model::{Order, Outcome};

use crate::house::{House, PATIENCE, START};

const HOUR: i64 = 3_600_000;
const STEPS: [i64; 4] = [HOUR, -HOUR, 10 * 365 * 24 * HOUR, -10 * 365 * 24 * HOUR];

fn bodies(house: &House) -> Vec<String> {
    house
        .receiver
        .requests()
        .iter()
        .map(Received::text)
        .collect()
}

#[tokio::test]
async fn a_retry_comes_when_it_was_planned() {
    for step in STEPS {
        let mut house = House::on_sqlite().await;
        let integration = house.integration(|_| {}).await;
        house.receiver.queue([Answer::status(500)]);
        house.start();
        let delivery = house.owe(&integration, "1").await;
        house.attempted(delivery.id, 1).await;
        let wait = house.due_in(delivery.id).await;

        house.clock().step(step);
        house.nothing_more_arrives().await;
        assert_eq!(
            house.due_in(delivery.id).await,
            wait,
            "as it is shown, {step}"
        );
        house.pass(wait.saturating_sub(Duration::from_millis(1)));
        house.nothing_more_arrives().await;
        house.pass(Duration::from_millis(1));
        house.reached(delivery.id, "succeeded").await;
        house.stop().await;
    }
}

#[tokio::test]
async fn what_is_accepted_afterwards_goes_out_at_once_and_carries_the_true_time() {
    for step in STEPS {
        let mut house = House::on_sqlite().await;
        let integration = house.integration(|_| {}).await;
        house.start();
        house.clock().step(step);
        let delivery = house.owe(&integration, "1").await;
        let ended = house.reached(delivery.id, "succeeded").await;
        assert_eq!(ended.delivery.updated_at, house.now());
        let request = house.receiver.requests().remove(0);
        let signed_at = request.header("webhook-timestamp").unwrap();
        assert_eq!(signed_at, house.now().seconds().to_string());

        // By hand, one that has had its attempts.
        house.redeliver(delivery.id).await;
        house.attempted(delivery.id, 2).await;
        house.stop().await;
    }
}

#[tokio::test]
async fn strict_order_is_kept() {
    for step in STEPS {
        let mut house = House::on_sqlite().await;
        let integration = house
            .integration(|it| it.options.order = Order::Strict)
            .await;
        house.receiver.queue([Answer::status(500)]);
        house.start();
        let first = house.owe(&integration, "1").await;
        house.attempted(first.id, 1).await;
        house.clock().step(step);
        house.pass(Duration::from_millis(1));
        let second = house.owe(&integration, "2").await;
        house.nothing_more_arrives().await;
        house.pass(house.due_in(first.id).await);
        house.pass(Duration::from_secs(10));
        house.reached(second.id, "succeeded").await;
        assert_eq!(bodies(&house), ["1", "1", "2"], "{step}");
        house.stop().await;
    }
}

#[tokio::test]
async fn a_rate_holds() {
    for step in STEPS {
        let mut house = House::on_sqlite().await;
        let integration = house.integration(|it| it.options.rate = Some(2)).await;
        house.start();
        let mut last = None;
        for number in 0..6 {
            last = Some(house.owe(&integration, &number.to_string()).await);
        }
        let last = last.expect("a delivery");
        house.receiver.wait_for(2, PATIENCE).await;
        house.clock().step(step);
        house.nothing_more_arrives().await;
        house.pass(Duration::from_secs(1));
        house.receiver.wait_for(4, PATIENCE).await;
        house.nothing_more_arrives().await;
        house.pass(Duration::from_secs(1));
        house.reached(last.id, "succeeded").await;
        house.stop().await;
    }
}

#[tokio::test]
async fn a_receiver_that_fails_is_not_switched_off_for_years_that_did_not_pass() {
    let mut house = House::on_sqlite().await;
    let integration = house.integration(|it| it.failed_attempts = 50).await;
    house.receiver.choose(|_| Some(Answer::status(500)));
    house.start();
    let delivery = house.owe(&integration, "1").await;
    house.attempted(delivery.id, 1).await;
    house.clock().step(STEPS[2]);
    house.pass(Duration::from_secs(10));
    let attempts = house.attempted(delivery.id, 2).await;
    assert!(attempts.iter().all(|it| it.outcome == Outcome::ServerError));
    assert!(
        house
            .integration_now(integration.id)
            .await
            .status
            .is_active()
    );
    house.stop().await;
}

#[tokio::test]
async fn what_a_wrong_clock_has_put_off_for_years_is_due_after_a_restart() {
    let mut house = House::on_sqlite().await;
    house.clock().advance(Duration::from_hours(24 * 3_650));
    let integration = house.integration(|_| {}).await;
    house
        .receiver
        .queue([Answer::status(503).header("retry-after", "86400")]);
    house.start();
    let delivery = house.owe(&integration, "1").await;
    house.attempted(delivery.id, 1).await;
    house.stop().await;
    // The next process knows nothing of the clock before it.
    house.clock().set(START);
    house.start();
    house.reached(delivery.id, "succeeded").await;
    house.stop().await;
}
