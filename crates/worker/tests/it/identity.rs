//! Who we are to a receiver: signatures, `Authorization`, certificates.

use std::time::Duration;

use postern_egress::testing::{Answer, Authority, Identity, Receiver, pem};
use postern_model::{
    ClientAuthentication, ClientCredentials, ExtraSignature, Outcome, ReceiverAuth, ReceiverTls,
    SigningSecret, signature,
};

use crate::house::{House, PATIENCE, houses};

/// What the receiver got as `Authorization`, in order.
fn authorizations(receiver: &Receiver) -> Vec<String> {
    let requests = receiver.requests().into_iter();
    requests
        .filter(|request| request.path() == "/hook")
        .map(|request| {
            request
                .header("authorization")
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn client(receiver: &Receiver) -> ClientCredentials {
    ClientCredentials {
        token_url: receiver.url("/token"),
        client_id: "us".to_owned(),
        client_secret: "hush".to_owned(),
        scope: Some("hooks".to_owned()),
        audience: None,
        client_authentication: ClientAuthentication::Body,
    }
}

#[tokio::test]
async fn a_receiver_is_told_who_calls_and_the_record_keeps_it_secret() {
    for mut house in houses().await {
        house.start();
        for (auth, expected) in [
            (
                ReceiverAuth::Basic {
                    username: "Aladdin".to_owned(),
                    password: "open sesame".to_owned(),
                },
                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            ),
            (
                ReceiverAuth::Bearer {
                    token: "abc".to_owned(),
                },
                "Bearer abc",
            ),
        ] {
            let integration = house
                .integration(|integration| integration.config.auth = Some(auth))
                .await;
            let delivery = house.owe(&integration, "{}").await;
            let attempt = house.attempted(delivery.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, Outcome::Succeeded);
            assert_eq!(authorizations(&house.receiver).last().unwrap(), expected);
            let recorded = attempt
                .request_headers
                .iter()
                .find(|(name, _)| name == "authorization");
            assert_eq!(recorded.unwrap().1, "••••••••");
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn one_token_serves_many_deliveries_and_a_worn_one_is_replaced_within_the_attempt() {
    for mut house in houses().await {
        // The token server numbers its tokens; the receiver takes the first for three requests, and then the second.
        let tokens = std::sync::atomic::AtomicUsize::new(0);
        let first = std::sync::atomic::AtomicUsize::new(0);
        house.receiver.choose(move |request| {
            use std::sync::atomic::Ordering::SeqCst;
            Some(match request.path() {
                "/token" => {
                    let number = tokens.fetch_add(1, SeqCst) + 1;
                    let body = format!(r#"{{"access_token": "t{number}", "expires_in": 3600}}"#);
                    Answer::status(200).body(body)
                }
                _ if request.header("authorization") == Some("Bearer t1")
                    && first.fetch_add(1, SeqCst) >= 3 =>
                {
                    Answer::status(401)
                }
                _ => Answer::status(204),
            })
        });
        let client = client(&house.receiver);
        let integration = house
            .integration(|integration| {
                integration.config.auth = Some(ReceiverAuth::OAuth2(client));
                integration.options.concurrency = Some(1);
            })
            .await;
        house.start();
        let mut deliveries = Vec::new();
        for _ in 0..5 {
            deliveries.push(house.owe(&integration, "{}").await.id);
        }
        for id in deliveries {
            let attempts = house.attempted(id, 1).await;
            assert_eq!(attempts[0].outcome, Outcome::Succeeded);
        }
        let asked: Vec<String> = house
            .receiver
            .requests()
            .iter()
            .filter(|request| request.path() == "/token")
            .map(postern_egress::testing::Received::text)
            .collect();
        let form = "grant_type=client_credentials&scope=hooks&client_id=us&client_secret=hush";
        assert_eq!(asked, [form, form]);
        let expected = ["t1", "t1", "t1", "t1", "t2", "t2"].map(|token| format!("Bearer {token}"));
        assert_eq!(authorizations(&house.receiver), expected);
        house.stop().await;
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_the_attempt_says_why() {
    for mut house in houses().await {
        house.receiver.choose(|request| match request.path() {
            "/token" => Some(
                Answer::status(401)
                    .body(r#"{"error": "invalid_client", "error_description": "who are you?"}"#),
            ),
            "/empty" => Some(Answer::status(200).body("{}")),
            "/hang" => Some(Answer::hang()),
            _ => None,
        });
        house.start();
        for (path, says) in [
            (
                "/token",
                "the token server answered 401: invalid_client (who are you?)",
            ),
            ("/empty", "the token server's answer holds no access_token"),
            (
                "/hang",
                "the deadline passed before the token server had answered",
            ),
        ] {
            let mut client = client(&house.receiver);
            client.token_url = house.receiver.url(path);
            let integration = house
                .integration(|integration| {
                    integration.config.auth = Some(ReceiverAuth::OAuth2(client));
                    integration.options.timeout = 1;
                })
                .await;
            let delivery = house.owe(&integration, "{}").await;
            let attempt = house.attempted(delivery.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, Outcome::AuthFailed);
            assert_eq!(attempt.message, says);
        }
        assert!(authorizations(&house.receiver).is_empty());
        house.stop().await;
    }
}

#[tokio::test]
async fn a_receiver_that_asks_for_a_certificate_is_shown_ours_and_believed_by_its_own_authority() {
    let theirs = Authority::new("Theirs");
    let ours = Authority::new("Ours");
    let identity = ours.issue(&["postern.test"]);
    for mut house in houses().await {
        let receiver = Receiver::start_tls(
            theirs
                .issue(&["localhost", "127.0.0.1"])
                .demanding(ours.certificate()),
        );
        house.start();
        let tls = ReceiverTls {
            ca: Some(pem("CERTIFICATE", &theirs.certificate())),
            certificate: Some(identity.certificate_pem()),
            key: Some(identity.key_pem()),
        };
        let unknown = ReceiverTls {
            ca: None,
            ..tls.clone()
        };
        let nobody = ReceiverTls {
            certificate: None,
            key: None,
            ..tls.clone()
        };
        let stranger = Identity::self_signed(&["stranger.test"]);
        let stranger = ReceiverTls {
            certificate: Some(stranger.certificate_pem()),
            key: Some(stranger.key_pem()),
            ..tls.clone()
        };
        for (tls, outcome) in [
            (tls, Outcome::Succeeded),
            (unknown, Outcome::TlsFailed),
            (nobody, Outcome::TlsFailed),
            (stranger, Outcome::TlsFailed),
        ] {
            let integration = house
                .integration(|integration| {
                    integration.config.url = receiver.url("/hook");
                    integration.config.tls = Some(tls);
                })
                .await;
            let delivery = house.owe(&integration, "{}").await;
            let attempt = house.attempted(delivery.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, outcome, "{}", attempt.message);
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn every_valid_secret_and_key_signs_and_githubs_header_is_there_where_it_is_wanted() {
    for mut house in houses().await {
        let random = house.random.clone();
        let [new, old, gone] = [(); 3].map(|()| signature::new_secret(random.as_ref()));
        let key = signature::new_private_key(random.as_ref());
        let secret = |secret: &str, not_after| SigningSecret {
            secret: secret.to_owned(),
            not_after,
        };
        let now = house.now();
        let integration = house
            .integration(|integration| {
                integration.secrets = vec![
                    secret(&new, None),
                    secret(&key, None),
                    secret(&old, Some(now + Duration::from_mins(1))),
                    secret(&gone, Some(now)),
                ];
                integration.options.signatures = vec![ExtraSignature::Ed25519, ExtraSignature::Hub];
            })
            .await;
        house.start();
        house.owe(&integration, r#"{"a": 1}"#).await;
        let request = received(&house).await;
        let header = |name: &str| request.header(name).unwrap_or_default();
        let verify = |secret: &str| {
            signature::verify(
                secret,
                header("webhook-id"),
                header("webhook-timestamp"),
                header("webhook-signature"),
                &request.body,
                now,
            )
        };
        let public = signature::public_key(&key).unwrap();
        for good in [&new, &old, &public] {
            assert_eq!(verify(good), Ok(()));
        }
        assert_eq!(verify(&gone), Err(signature::Unverified::Signature));
        assert_eq!(header("webhook-signature").split(' ').count(), 3);
        assert_eq!(
            header("x-hub-signature-256"),
            signature::sign_hub(&new, br#"{"a": 1}"#)
        );
        house.stop().await;
    }
}

async fn received(house: &House) -> postern_egress::testing::Received {
    let requests = house.receiver.wait_for(1, PATIENCE).await;
    requests[0].clone()
}
