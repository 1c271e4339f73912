//! Who works for what: leases, their loss, and the stop.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_journal::{Bells, Journal};
use postern_model::{EventKind, NodeId, Outcome};
use postern_storage::EngineKind;

use crate::house::{PATIENCE, houses};

#[tokio::test]
async fn an_outcome_made_under_a_lost_lease_is_discarded_and_the_delivery_sent_again() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house
            .receiver
            .queue([Answer::status(200).delay(Duration::from_secs(1))]);
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.receiver.wait_for(1, PATIENCE).await;

        // While the receiver thinks, another node takes all shards; soon after, that one is gone too.
        let other = NodeId::new(house.now(), house.random.as_ref());
        let mut tx = house.tx().await;
        tx.leases().release(house.node, 0).await.unwrap();
        let taken = tx
            .leases()
            .acquire(other, Duration::from_secs(2), 256)
            .await
            .unwrap();
        assert_eq!(taken.len(), 256);
        tx.commit().await.unwrap();

        house.receiver.wait_for(2, PATIENCE).await;
        house.reached(delivery.id, "succeeded").await;
        let attempts = house.attempts(delivery.id).await;
        assert_eq!(
            attempts.len(),
            1,
            "the first one's outcome was discarded: {attempts:?}"
        );
        assert!(
            attempts[0].epoch > taken[0].epoch,
            "it was made under a later lease"
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_stop_lets_requests_under_way_end_and_hands_the_leases_back() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house
            .receiver
            .answer(Answer::status(200).delay(Duration::from_millis(700)));
        house.start();
        let under_way = house.owe(&integration, "{\"n\":1}").await;
        house.receiver.wait_for(1, PATIENCE).await;
        let stopping = tokio::time::Instant::now();
        house.stop().await;
        assert!(stopping.elapsed() < Duration::from_secs(5));
        let attempts = house.attempts(under_way.id).await;
        assert_eq!(attempts.len(), 1);
        assert_eq!(attempts[0].outcome, Outcome::Succeeded);

        let mut tx = house.tx().await;
        assert!(tx.leases().held(house.node).await.unwrap().is_empty());
        assert!(
            tx.nodes()
                .live(Duration::from_hours(1))
                .await
                .unwrap()
                .is_empty()
        );
        tx.commit().await.unwrap();
        house.owe(&integration, "{\"n\":2}").await;
        house.nothing_more_arrives().await;

        // The next process finds everything free and goes on.
        house.node = NodeId::new(house.now(), house.random.as_ref());
        house.start();
        house.receiver.wait_for(2, PATIENCE).await;
        house.stop().await;
    }
}

#[tokio::test]
async fn a_process_that_vanished_is_followed_by_one_that_sends_what_it_owed() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        let gone = NodeId::new(house.now(), house.random.as_ref());
        let mut tx = house.tx().await;
        tx.leases()
            .acquire(gone, Duration::from_secs(1), 256)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let delivery = house.owe(&integration, "{}").await;
        house.start();
        house.reached(delivery.id, "succeeded").await;
        house.stop().await;
    }
}

#[tokio::test]
async fn what_another_node_commits_is_heard_at_once() {
    for mut house in houses().await {
        if house.engine() != EngineKind::Postgres {
            println!("left out on SQLite, where there is no other node");
            continue;
        }
        let integration = house
            .integration(|integration| integration.event = EventKind::Custom)
            .await;
        house.start();
        tokio::time::sleep(Duration::from_millis(500)).await;
        // The other node's journal rings bells of its own.
        let elsewhere = Journal::new(house.store(), Bells::default(), house.random.clone());
        let began = tokio::time::Instant::now();
        elsewhere
            .publish(&house.mia(), "build.finished", serde_json::json!({}))
            .await
            .unwrap();
        house.receiver.wait_for(1, PATIENCE).await;
        assert!(
            began.elapsed() < Duration::from_secs(3),
            "{:?}",
            began.elapsed()
        );
        assert!(
            house
                .integration_now(integration.id)
                .await
                .status
                .is_active()
        );
        house.stop().await;
    }
}
