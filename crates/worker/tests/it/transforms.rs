//! What an integration's own script makes of what is sent.

use postern_model::{DeliveryState, IntegrationStatus, Outcome, signature};

use crate::house::{PATIENCE, houses};

#[tokio::test]
async fn a_script_changes_what_is_sent_and_what_is_sent_is_signed() {
    for mut house in houses().await {
        let url = house.receiver.url("/elsewhere");
        let integration = house
            .integration(|integration| {
                integration.config.headers =
                    serde_json::from_str(r#"{"X-Token": "t", "X-Old": "o"}"#).unwrap();
                integration.config.transform = Some(format!(
                    "function handler(webhook) {{
                        webhook.method = 'PUT';
                        webhook.url = '{url}?type=' + webhook.eventType;
                        webhook.payload = {{ text: 'n is ' + webhook.payload.n }};
                        webhook.headers['X-New'] = webhook.headers['X-Token'] + '2';
                        delete webhook.headers['X-Old'];
                        return webhook;
                    }}"
                ));
            })
            .await;
        house.start();
        let delivery = house.owe(&integration, r#"{"n": 7}"#).await;
        house.reached(delivery.id, "succeeded").await;
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        assert_eq!(request.method, "PUT");
        assert_eq!(request.target, "/elsewhere?type=collection_activity");
        assert_eq!(request.text(), r#"{"text":"n is 7"}"#);
        assert_eq!(request.header("x-new"), Some("t2"));
        assert_eq!(request.header("x-old"), None);
        let header = |name: &str| request.header(name).unwrap_or_default();
        let verified = signature::verify(
            &integration.secrets[0].secret,
            header("webhook-id"),
            header("webhook-timestamp"),
            header("webhook-signature"),
            &request.body,
            house.now(),
        );
        assert_eq!(verified, Ok(()));
        let attempt = house.attempts(delivery.id).await.remove(0);
        assert_eq!(
            attempt.url,
            house.receiver.url("/elsewhere?type=collection_activity")
        );
        let shown = attempt
            .request_headers
            .iter()
            .find(|(name, _)| name == "x-new");
        assert_eq!(shown.unwrap().1, "••••••••", "it may hold what is secret");
        house.stop().await;
    }
}

#[tokio::test]
async fn a_script_that_cancels_ends_the_delivery_and_one_that_fails_is_tried_again() {
    for mut house in houses().await {
        house.start();
        for (source, outcome, says) in [
            (
                "const handler = () => ({cancel: true})",
                Outcome::Cancelled,
                "cancelled it",
            ),
            (
                "const handler = (it) => it.payload.a.b",
                Outcome::TransformFailed,
                "(line 1)",
            ),
            ("", Outcome::TransformFailed, "no function called handler"),
            (
                "const handler = () => { for (;;) {} }",
                Outcome::TransformFailed,
                "took longer than 1000 ms",
            ),
            (
                "const handler = () => ({url: 'http://10.0.0.1/'})",
                Outcome::AddressRefused,
                "10.0.0.1",
            ),
            (
                "const handler = () => ({url: 'file:///etc/passwd'})",
                Outcome::TransformFailed,
                "http",
            ),
        ] {
            let integration = house
                .integration(|integration| integration.config.transform = Some(source.to_owned()))
                .await;
            let delivery = house.owe(&integration, "{}").await;
            let attempt = house.attempted(delivery.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, outcome, "{source}: {}", attempt.message);
            assert!(
                attempt.message.contains(says),
                "{source}: {}",
                attempt.message
            );
            let state = house.delivery(delivery.id).await.delivery.state;
            if outcome == Outcome::Cancelled {
                let by = "the integration's transform".to_owned();
                assert_eq!(state, DeliveryState::Cancelled { by });
            } else {
                assert_eq!(state.as_str(), "scheduled");
            }
            let now = house.integration_now(integration.id).await;
            assert_eq!(now.status, IntegrationStatus::Active);
            if outcome.is_our_own() {
                assert_eq!(now.failed_attempts, 0, "the receiver was not asked");
            }
        }
        assert!(house.receiver.requests().is_empty());
        house.stop().await;
    }
}
