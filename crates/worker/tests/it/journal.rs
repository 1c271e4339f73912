//! What the journal writes goes out: the whole way from a verb to a receiver.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_journal::NewIntegration;
use postern_model::{EventKind, IntegrationConfig, IntegrationOptions};
use serde_json::json;
use tokio::time::Instant;

use crate::house::{House, PATIENCE, houses};

fn custom(house: &House) -> NewIntegration {
    NewIntegration {
        name: "Builds".to_owned(),
        connector: "webhooks".to_owned(),
        event: EventKind::Custom,
        workspace: None,
        collection: None,
        monitor: None,
        config: IntegrationConfig::to(house.receiver.url("/builds")),
        options: IntegrationOptions::default(),
        secret: None,
    }
}

#[tokio::test]
async fn a_published_event_is_sent_at_once_because_the_bell_rings() {
    for mut house in houses().await {
        let journal = house.journal();
        house.start();
        journal
            .create_integration(&house.mia(), custom(&house))
            .await
            .unwrap();
        // The worker has found nothing and sleeps; its period is ten seconds.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let began = Instant::now();
        let event = journal
            .publish(&house.mia(), "build.finished", json!({"ok": true}))
            .await
            .unwrap();
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(
            request.header("webhook-id"),
            Some(event.id.to_string().as_str())
        );
        assert_eq!(request.header("postern-event"), Some("custom"));
        house.stop().await;
    }
}

#[tokio::test]
async fn a_pause_holds_what_is_published_and_resuming_sends_it() {
    for mut house in houses().await {
        let journal = house.journal();
        house.start();
        let integration = journal
            .create_integration(&house.mia(), custom(&house))
            .await
            .unwrap();
        journal
            .pause_integration(&house.mia(), integration.id)
            .await
            .unwrap();
        for number in 0..3 {
            let payload = json!({"number": number});
            journal
                .publish(&house.mia(), "build.finished", payload)
                .await
                .unwrap();
        }
        house.nothing_more_arrives().await;
        journal
            .resume_integration(&house.mia(), integration.id, None)
            .await
            .unwrap();
        house.receiver.wait_for(3, PATIENCE).await;
        house.stop().await;
    }
}

#[tokio::test]
async fn a_disabled_integration_is_resumed_with_a_clean_slate() {
    for mut house in houses().await {
        let journal = house.journal();
        house.receiver.answer(Answer::status(410));
        let mut new = custom(&house);
        new.options.retries = Some(vec![120]);
        let integration = journal.create_integration(&house.mia(), new).await.unwrap();
        house.start();
        journal
            .publish(&house.mia(), "build.finished", json!({}))
            .await
            .unwrap();
        house.receiver.wait_for(1, PATIENCE).await;
        let disabled = async {
            while house
                .integration_now(integration.id)
                .await
                .status
                .is_active()
            {
                house.pass(Duration::from_secs(150));
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE, disabled)
            .await
            .expect("the second 410 to disable it");

        house.receiver.answer(Answer::status(200));
        let sent = house.receiver.requests().len();
        journal
            .resume_integration(&house.mia(), integration.id, None)
            .await
            .unwrap();
        house.receiver.wait_for(sent + 1, PATIENCE).await;
        let now = house.integration_now(integration.id).await;
        assert!(now.status.is_active());
        house.stop().await;
    }
}
