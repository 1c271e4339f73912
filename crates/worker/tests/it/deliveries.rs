//! What arrives at a receiver, and what is kept of it.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_model::{AttemptTrigger, Outcome, PayloadForm, SigningSecret, Timestamp, signature};
use serde_json::json;
use standardwebhooks::Webhook;

use crate::house::{House, PATIENCE, houses};

/// The official library compares with the wall clock, so the house's has to show the same.
#[expect(
    clippy::disallowed_methods,
    reason = "the library that verifies looks at the machine's clock too"
)]
fn set_to_wall_time(house: &House) {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("a clock that goes");
    let millis = i64::try_from(since.as_millis()).expect("a time that fits");
    house.clock().set(Timestamp(millis));
}

fn verifies(secret: &str, request: &postern_egress::testing::Received, signature: &str) -> bool {
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp"] {
        let value = request
            .header(name)
            .expect("the header")
            .parse()
            .expect("a value");
        headers.insert(http::HeaderName::from_static(name), value);
    }
    headers.insert("webhook-signature", signature.parse().expect("a signature"));
    let webhook = Webhook::new(secret).expect("a secret");
    webhook.verify(&request.body, &headers).is_ok()
}

#[tokio::test]
async fn a_delivery_arrives_byte_for_byte_and_signed() {
    for mut house in houses().await {
        set_to_wall_time(&house);
        let integration = house
            .integration(|integration| {
                integration.config.headers =
                    json!({"X-Token": "s3cret", "Content-Type": "application/vnd.x+json"})
                        .as_object()
                        .expect("an object")
                        .clone();
            })
            .await;
        house.receiver.answer(
            Answer::status(202)
                .header("X-Kept", "yes")
                .body("thank you"),
        );
        house.start();
        let body = r#"{ "a": 1.0,  "ü": null }"#;
        let delivery = house.owe(&integration, body).await;
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);

        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/hook")
        );
        assert_eq!(request.text(), body);
        for (name, value) in [
            ("content-type", "application/vnd.x+json"),
            ("user-agent", concat!("Postern/", env!("CARGO_PKG_VERSION"))),
            ("accept-encoding", "identity"),
            ("webhook-id", &delivery.event.to_string()),
            ("webhook-timestamp", &house.now().seconds().to_string()),
            ("webhook-attempt", "1"),
            ("postern-event", "collection_activity"),
            ("x-token", "s3cret"),
        ] {
            assert_eq!(request.header(name), Some(value), "{name}");
        }
        let signature = request.header("webhook-signature").expect("a signature");
        assert!(verifies(
            &integration.secrets[0].secret,
            &request,
            signature
        ));
        assert!(!verifies(
            &signature::new_secret(house.random.as_ref()),
            &request,
            signature
        ));

        house.reached(delivery.id, "succeeded").await;
        let attempt = house.attempts(delivery.id).await.remove(0);
        assert_eq!(
            (attempt.number, attempt.status, attempt.outcome),
            (1, Some(202), Outcome::Succeeded)
        );
        assert_eq!(attempt.trigger, AttemptTrigger::Automatic);
        assert_eq!(attempt.message, "the receiver answered 202 Accepted");
        assert_eq!(attempt.peer, Some(house.receiver.address().to_string()));
        assert_eq!(attempt.response_body, b"thank you");
        assert!(
            attempt
                .response_headers
                .contains(&("X-Kept".to_owned(), "yes".to_owned()))
        );
        assert!(attempt.times.first_byte_ms.is_some() && attempt.times.connect_ms.is_some());
        let recorded = format!("{:?}", attempt.request_headers);
        assert!(
            recorded.contains("x-token") && !recorded.contains("s3cret"),
            "{recorded}"
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn all_secrets_that_are_still_valid_sign_and_no_other_does() {
    for mut house in houses().await {
        set_to_wall_time(&house);
        let secret = |not_after| SigningSecret {
            secret: signature::new_secret(house.random.as_ref()),
            not_after,
        };
        let hour = Duration::from_hours(1);
        let secrets = vec![
            secret(None),
            secret(Some(house.now() + hour)),
            secret(Some(house.now())),
        ];
        let integration = house
            .integration(|integration| integration.secrets.clone_from(&secrets))
            .await;
        house.start();
        house.owe(&integration, "{}").await;
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        let signatures: Vec<&str> = request
            .header("webhook-signature")
            .unwrap()
            .split(' ')
            .collect();
        assert_eq!(signatures.len(), 2);
        for (secret, signature) in secrets.iter().zip(&signatures) {
            assert!(verifies(&secret.secret, &request, signature));
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn the_detailed_body_goes_to_those_who_asked_for_it() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| integration.options.payload = PayloadForm::Detailed)
            .await;
        // The event of this delivery has no details, so it is told in the standard form.
        let delivery = house.owe(&integration, r#"{"standard":true}"#).await;
        house.start();
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        assert_eq!(request.text(), r#"{"standard":true}"#);
        house.reached(delivery.id, "succeeded").await;
        house.stop().await;
    }
}

#[tokio::test]
async fn a_slow_receiver_holds_up_only_itself() {
    for mut house in houses().await {
        let slow = house
            .integration(|integration| integration.config.url = house.receiver.url("/slow"))
            .await;
        let quick = house
            .integration(|integration| integration.config.url = house.receiver.url("/quick"))
            .await;
        house
            .receiver
            .choose(|request| (request.path() == "/slow").then(Answer::hang));
        for number in 0..30 {
            house.owe(&slow, &format!("{{\"n\":{number}}}")).await;
        }
        let last = house.owe(&quick, "{}").await;
        house.start();
        house.reached(last.id, "succeeded").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let slow = house
            .receiver
            .requests()
            .iter()
            .filter(|request| request.path() == "/slow")
            .count();
        assert_eq!(slow, 8, "the limit of one integration");
        // What hangs is left at the end of the grace; no test waits for it.
    }
}
