//! TLS, trusted and not.

use std::sync::Arc;

use postern_egress::testing::{FixedNames, Identity, Receiver};
use postern_egress::{
    AddressPolicy, Egress, EgressConfig, FailureKind, Limits, certificates_from_pem,
};

use crate::{get, open, short};

fn trusting(receiver: &Receiver) -> Egress {
    let names = FixedNames::new().with("hooks.test", &["127.0.0.1"]);
    Egress::new(
        EgressConfig::new(AddressPolicy::anything())
            .with_resolver(Arc::new(names))
            .with_roots(receiver.certificate()),
    )
}

#[tokio::test]
async fn a_certificate_that_is_trusted_is_accepted_and_the_connection_kept() {
    let receiver = Receiver::start_tls(Identity::self_signed(&["hooks.test"]));
    let egress = trusting(&receiver);
    let first = get(&egress, &receiver.url_as("hooks.test", "/"), &short())
        .await
        .unwrap();
    assert!(first.timings.tls.is_some() && first.timings.dns.is_some());
    let second = get(&egress, &receiver.url_as("hooks.test", "/"), &short())
        .await
        .unwrap();
    assert!(second.reused);
}

#[tokio::test]
async fn a_certificate_that_is_not_right_is_refused_and_the_reason_named() {
    let stranger = Receiver::start_tls(Identity::self_signed(&["127.0.0.1"]));
    let failure = get(&open(), &stranger.url("/"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::TlsCertificate);
    assert_eq!(
        failure.to_string(),
        "the certificate of 127.0.0.1 is not accepted: it is signed by itself, and is not among those that are trusted"
    );
    assert!(stranger.requests().is_empty());

    let other = Receiver::start_tls(Identity::self_signed(&["other.test"]));
    let failure = get(
        &trusting(&other),
        &other.url_as("hooks.test", "/"),
        &short(),
    )
    .await
    .unwrap_err();
    assert_eq!(failure.kind, FailureKind::TlsCertificate);
    assert!(
        failure.to_string().ends_with("it is for another name"),
        "{failure}"
    );

    let old = Receiver::start_tls(Identity::expired(&["hooks.test"]));
    let failure = get(&trusting(&old), &old.url_as("hooks.test", "/"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::TlsCertificate);
    assert!(failure.to_string().ends_with("it has expired"), "{failure}");
}

#[tokio::test]
async fn verification_is_off_only_where_it_is_asked_for() {
    let receiver = Receiver::start_tls(Identity::expired(&["other.test"]));
    let egress = open();
    let lax = Limits {
        verify_tls: false,
        ..short()
    };
    assert_eq!(
        get(&egress, &receiver.url("/"), &lax).await.unwrap().status,
        200
    );
    // The connection that was opened without verification is of no use to a request that wants it.
    let failure = get(&egress, &receiver.url("/"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::TlsCertificate);
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told_so() {
    let receiver = Receiver::start();
    let url = receiver.url("/").replace("http:", "https:");
    let failure = get(&open(), &url, &short()).await.unwrap_err();
    assert!(
        matches!(failure.kind, FailureKind::TlsHandshake),
        "{failure:?}"
    );
    let tls = Receiver::start_tls(Identity::self_signed(&["127.0.0.1"]));
    let url = tls.url("/").replace("https:", "http:");
    let failure = get(
        &open(),
        &url,
        &Limits::WHOLE.with_deadline(short().deadline),
    )
    .await
    .unwrap_err();
    assert!(
        matches!(
            failure.kind,
            FailureKind::InvalidAnswer | FailureKind::ConnectionClosed
        ),
        "{failure:?}"
    );
}

#[test]
fn a_file_of_certificates_has_at_least_one() {
    for text in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        assert!(certificates_from_pem(text.as_bytes()).is_err(), "{text}");
    }
}
