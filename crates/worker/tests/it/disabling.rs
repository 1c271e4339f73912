//! Receivers that are left in peace.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_model::{DeliveryState, EventKind, HeldReason, IntegrationStatus};

use crate::house::{PATIENCE, houses};

#[tokio::test]
async fn a_second_410_a_minute_after_the_first_disables_the_integration_and_holds_what_is_owed() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| integration.options.retries = Some(vec![10, 120]))
            .await;
        house.receiver.answer(Answer::status(410));
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.attempted(delivery.id, 1).await;
        house.pass(Duration::from_secs(15));
        house.attempted(delivery.id, 2).await;
        assert!(
            house
                .integration_now(integration.id)
                .await
                .status
                .is_active(),
            "15 s are too soon"
        );

        house.pass(Duration::from_secs(150));
        house.attempted(delivery.id, 3).await;
        let now = house.integration_now(integration.id).await;
        let IntegrationStatus::Disabled { reason } = now.status else {
            panic!("it is {:?}", now.status)
        };
        assert_eq!(
            reason,
            "the receiver answered 410 Gone twice, a minute or more apart"
        );
        let held = house.reached(delivery.id, "held").await.delivery;
        assert_eq!(
            held.state,
            DeliveryState::Held {
                reason: HeldReason::Disabled
            }
        );
        house.pass(Duration::from_hours(48));
        house.nothing_more_arrives().await;
        house.stop().await;
    }
}

#[tokio::test]
async fn five_days_without_a_success_disable_the_integration_and_hold_its_other_deliveries_too() {
    for mut house in houses().await {
        let five_days = Duration::from_hours(5 * 24);
        let integration = house
            .integration(|integration| {
                integration.failing_since = Some(integration.created_at - five_days);
                integration.failed_attempts = 9;
            })
            .await;
        house.receiver.answer(Answer::status(500));
        let later = house.now() + Duration::from_hours(1);
        let other = house
            .owe_as(
                &integration,
                "{\"n\":2}",
                DeliveryState::Scheduled { due_at: later },
            )
            .await;
        let delivery = house.owe(&integration, "{}").await;
        house.start();
        house.reached(delivery.id, "held").await;
        house.reached(other.id, "held").await;
        let now = house.integration_now(integration.id).await;
        assert_eq!(
            now.status,
            IntegrationStatus::Disabled {
                reason: "no attempt has succeeded for 5 days (10 have failed)".to_owned()
            }
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_success_forgets_all_failures() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| {
                integration.failing_since =
                    Some(integration.created_at - Duration::from_hours(200));
                integration.first_gone_at = Some(integration.created_at);
                integration.failed_attempts = 99;
            })
            .await;
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.reached(delivery.id, "succeeded").await;
        let now = house.integration_now(integration.id).await;
        assert_eq!(
            (now.failing_since, now.first_gone_at, now.failed_attempts),
            (None, None, 0)
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_team_is_told_of_a_failing_receiver_and_of_its_end_but_not_by_that_receiver() {
    for mut house in houses().await {
        let hour = Duration::from_hours(1);
        let failing = house
            .integration(|integration| {
                integration.name = "Builds".to_owned();
                integration.event = EventKind::IntegrationFailing;
                integration.failing_since = Some(integration.created_at - hour);
                integration.failed_attempts = 2;
                integration.config.url = house.receiver.url("/broken");
                integration.options.retries = Some(vec![600, 600, 600]);
            })
            .await;
        for kind in [
            EventKind::IntegrationFailing,
            EventKind::IntegrationDisabled,
        ] {
            house
                .integration(|integration| {
                    integration.event = kind;
                    integration.config.url = house.receiver.url("/told");
                })
                .await;
        }
        house.receiver.choose(|request| {
            let status = if request.path() == "/broken" {
                410
            } else {
                200
            };
            Some(Answer::status(status))
        });
        house.start();
        let delivery = house.owe(&failing, "{}").await;
        house.attempted(delivery.id, 1).await;
        // Once more within the same hour: no second notice, and the end.
        house.pass(Duration::from_secs(800));
        house.reached(delivery.id, "held").await;
        let mut told = Vec::new();
        for _ in 0..PATIENCE.as_millis() / 20 {
            told = house.receiver.requests();
            told.retain(|request| request.path() == "/told");
            if told.len() >= 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let told: Vec<(String, serde_json::Value)> = told
            .iter()
            .map(|request| {
                let kind = request.header("postern-event").unwrap().to_owned();
                (kind, serde_json::from_slice(&request.body).unwrap())
            })
            .collect();
        let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["integration_failing", "integration_disabled"]);
        let (first, second) = (&told[0].1, &told[1].1);
        assert_eq!(first["integration_id"], failing.id.to_string());
        assert_eq!(first["failed_attempts"], 3);
        assert_eq!(first["reason"], "the receiver answered 410 Gone");
        assert_eq!(
            first["message"],
            "Postern could not deliver to the integration Builds for an hour: 3 attempts have failed, the last because the receiver answered 410 Gone"
        );
        assert_eq!(
            second["reason"],
            "the receiver answered 410 Gone twice, a minute or more apart"
        );
        house.nothing_more_arrives().await;
        house.stop().await;
    }
}
