//! What is old goes, and nothing else.

use std::time::Duration;

use postern_model::{ContentHash, DeliveryState, EventId, PayloadForm, TeamId};
use postern_storage::Tx;

use crate::house::{PATIENCE, houses};

/// A body too large to lie in its event.
fn large(word: &str) -> String {
    format!("{{\"{word}\":\"{}\"}}", "x".repeat(9_000))
}

async fn body(tx: &mut Tx, team: TeamId, event: EventId) -> Option<Vec<u8>> {
    let read = tx.events().body(team, event, PayloadForm::Standard).await;
    read.expect("the database to answer")
}

#[tokio::test]
async fn finished_deliveries_go_after_a_month_with_all_that_belongs_to_them_and_waiting_ones_stay()
{
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house.start();
        let (old_body, large_body) = (large("old"), large("waits"));
        let old = house.owe(&integration, &old_body).await;
        house.reached(old.id, "succeeded").await;
        let held = DeliveryState::Held {
            reason: postern_model::HeldReason::Paused,
        };
        let waiting = house
            .owe_as(&integration, "{\"waits\":true}", held.clone())
            .await;
        let large = house.owe_as(&integration, &large_body, held).await;
        house.stop().await;

        // A process that starts purges at once, and then every hour.
        house.clock().advance(Duration::from_hours(24 * 20));
        let recent = house.owe(&integration, "{\"recent\":true}").await;
        house.start();
        house.reached(recent.id, "succeeded").await;
        house.stop().await;
        assert_eq!(
            house.delivery(old.id).await.delivery.state,
            DeliveryState::Succeeded
        );
        house.clock().advance(Duration::from_hours(24 * 11));
        house.start();
        let gone = async {
            loop {
                let mut tx = house.read().await.unwrap();
                if tx
                    .deliveries()
                    .get(house.team, old.id)
                    .await
                    .unwrap()
                    .is_none()
                {
                    let event = tx.events().get(house.team, old.event).await.unwrap();
                    let body = tx
                        .blobs()
                        .get(ContentHash::of(old_body.as_bytes()))
                        .await
                        .unwrap();
                    if event.is_none() && body.is_none() {
                        break;
                    }
                }
                drop(tx);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, gone)
            .await
            .expect("the old things to go");
        assert!(house.attempts(old.id).await.is_empty());
        house.delivery(recent.id).await;
        house.delivery(waiting.id).await;
        let mut tx = house.read().await.unwrap();
        for (event, says) in [
            (waiting.event, "{\"waits\":true}"),
            (large.event, &large_body),
        ] {
            let body = body(&mut tx, house.team, event).await;
            assert_eq!(
                body.as_deref(),
                Some(says.as_bytes()),
                "what waits keeps its body"
            );
        }
        drop(tx);
        house.stop().await;
    }
}

#[tokio::test]
async fn a_body_goes_before_its_record_and_is_not_sent_as_something_else() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house.start();
        let large_body = large("old");
        let old = house.owe(&integration, "{\"old\":true}").await;
        let large = house.owe(&integration, &large_body).await;
        house.reached(old.id, "succeeded").await;
        house.reached(large.id, "succeeded").await;
        house.stop().await;
        let paused = DeliveryState::Held {
            reason: postern_model::HeldReason::Paused,
        };
        let held = house.owe_as(&integration, "{\"held\":true}", paused).await;
        house.clock().advance(Duration::from_hours(24 * 3));
        let mut config = postern_worker::WorkerConfig::new(house.node, "test");
        config.retention.bodies = Duration::from_hours(48);
        house.start_with(config);
        let gone = async {
            loop {
                let mut tx = house.read().await.unwrap();
                let small = body(&mut tx, house.team, old.event).await.unwrap();
                let blob = ContentHash::of(large_body.as_bytes());
                if small.is_empty() && tx.blobs().get(blob).await.unwrap().is_none() {
                    break;
                }
                drop(tx);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, gone)
            .await
            .expect("the body to go");
        assert_eq!(house.attempts(old.id).await.len(), 1, "its record stays");
        let sent = house.receiver.requests().len();
        house
            .journal()
            .redeliver(&house.mia(), old.id)
            .await
            .unwrap();
        house.ring();
        let attempts = house.attempted(old.id, 2).await;
        assert_eq!(attempts[1].message, "the event's body is not kept any more");
        assert_eq!(house.receiver.requests().len(), sent);
        let mut tx = house.read().await.unwrap();
        let waits = body(&mut tx, house.team, held.event).await;
        assert_eq!(waits.as_deref(), Some(&b"{\"held\":true}"[..]));
        drop(tx);
        house.delivery(held.id).await;
        house.stop().await;
    }
}
