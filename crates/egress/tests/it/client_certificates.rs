//! Certificates that a client shows, and whom it trusts for one request.

use postern_egress::testing::{Authority, Identity, Receiver};
use postern_egress::{
    Certificate, CertificateFault, ClientIdentity, Egress, Exchange, ExtraRoots, Failure,
    FailureKind, InvalidIdentity, Limits, Request, TlsOptions, Way, certificates_from_pem,
    check_url,
};

use crate::{PATIENCE, get, open};

const AUTHORITY: &[u8] = include_bytes!("client/authority.pem");
const MIA: &[u8] = include_bytes!("client/mia.pem");
const KEY: &[u8] = include_bytes!("client/mia.pkcs8.key");

async fn get_by(egress: &Egress, way: &Way, url: &str) -> Result<Exchange, Failure> {
    let request = Request::new("GET", check_url(url).expect("a URL"));
    let limits = Limits::WHOLE.with_deadline(PATIENCE);
    egress.send_by(way, request, &limits).await
}

fn trusting(certificates: Vec<Certificate>) -> Way {
    Way {
        tls: TlsOptions {
            roots: ExtraRoots::new(certificates),
            identity: None,
        },
        ..Way::default()
    }
}

fn being(identity: ClientIdentity, receiver: &Receiver) -> Way {
    let mut way = trusting(receiver.certificate().into_iter().collect());
    way.tls.identity = Some(identity);
    way
}

fn clients() -> Certificate {
    certificates_from_pem(AUTHORITY)
        .expect("a certificate")
        .remove(0)
}

fn demanding() -> Receiver {
    Receiver::start_tls(Identity::self_signed(&["127.0.0.1"]).demanding(clients()))
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_lets_in_who_shows_it_in_whatever_form_it_was_read() {
    let receiver = demanding();
    let egress = open();
    let secret = Some("s3cret");
    let pem = |key: &[u8], passphrase| ClientIdentity::from_pem(MIA, key, passphrase).unwrap();
    let forms = [
        ("PKCS#8", pem(KEY, None)),
        ("a passphrase too many", pem(KEY, secret)),
        ("PKCS#1", pem(include_bytes!("client/mia.pkcs1.key"), None)),
        ("AES", pem(include_bytes!("client/mia.aes.key"), secret)),
        ("3DES", pem(include_bytes!("client/mia.des3.key"), secret)),
        (
            "scrypt",
            pem(include_bytes!("client/mia.scrypt.key"), secret),
        ),
        (
            "PFX",
            ClientIdentity::from_pfx(include_bytes!("client/mia.pfx"), secret).unwrap(),
        ),
        (
            "PFX of old",
            ClientIdentity::from_pfx(include_bytes!("client/mia.legacy.pfx"), secret).unwrap(),
        ),
        (
            "PFX without a passphrase",
            ClientIdentity::from_pfx(include_bytes!("client/mia.open.pfx"), None).unwrap(),
        ),
    ];
    for (form, identity) in forms {
        let way = being(identity, &receiver);
        let answer = get_by(&egress, &way, &receiver.url("/")).await;
        assert_eq!(
            answer.unwrap_or_else(|why| panic!("{form}: {why}")).status,
            200
        );
    }
}

#[tokio::test]
async fn a_connection_of_one_identity_serves_no_other() {
    let receiver = demanding();
    let egress = open();
    let identity = ClientIdentity::from_pem(MIA, KEY, None).unwrap();
    let mia = being(identity, &receiver);
    let nobody = trusting(receiver.certificate().into_iter().collect());
    assert!(
        !get_by(&egress, &mia, &receiver.url("/"))
            .await
            .unwrap()
            .reused
    );
    // A clone, and the same read once more, are the same way.
    assert!(
        get_by(&egress, &mia.clone(), &receiver.url("/"))
            .await
            .unwrap()
            .reused
    );
    let again = being(ClientIdentity::from_pem(MIA, KEY, None).unwrap(), &receiver);
    assert!(
        get_by(&egress, &again, &receiver.url("/"))
            .await
            .unwrap()
            .reused
    );

    let refused = get_by(&egress, &nobody, &receiver.url("/"))
        .await
        .unwrap_err();
    assert_eq!(refused.kind, FailureKind::ClientCertificate);
    assert!(
        refused
            .message
            .ends_with("wants a client certificate, and none was shown"),
        "{refused}"
    );
    assert_eq!(receiver.requests().len(), 3);
}

#[tokio::test]
async fn a_certificate_that_the_server_does_not_accept_is_told_as_such() {
    let strict = Identity::self_signed(&["127.0.0.1"])
        .demanding(Authority::new("Somebody else").certificate());
    let receiver = Receiver::start_tls(strict);
    let way = being(ClientIdentity::from_pem(MIA, KEY, None).unwrap(), &receiver);
    let refused = get_by(&open(), &way, &receiver.url("/")).await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::ClientCertificate, "{refused}");
    assert!(
        refused
            .message
            .contains("does not accept the client certificate")
    );
    assert!(receiver.requests().is_empty());
}

#[test]
fn what_is_wrong_with_an_identity_is_said_before_anything_is_sent() {
    let words = |certificates, key, passphrase| {
        ClientIdentity::from_pem(certificates, key, passphrase)
            .unwrap_err()
            .to_string()
    };
    let encrypted = include_bytes!("client/mia.aes.key");
    for (found, expected) in [
        (
            words(MIA, encrypted, Some("wrong")),
            "the passphrase is not the right one",
        ),
        (
            words(MIA, encrypted, None),
            "it is encrypted, and no passphrase is given",
        ),
        (
            words(AUTHORITY, KEY, None),
            "the key belongs to another one",
        ),
        (
            words(KEY, KEY, None),
            "failed to read the client certificate: there is none in it",
        ),
        (
            words(MIA, MIA, None),
            "certificate's key: there is none in it",
        ),
    ] {
        assert!(found.contains(expected), "{found}");
    }
    let old = words(MIA, include_bytes!("client/mia.old.key"), Some("s3cret"));
    assert!(old.contains("`openssl pkcs8 -topk8"), "{old}");
    let pfx = include_bytes!("client/mia.pfx");
    assert!(matches!(
        ClientIdentity::from_pfx(pfx, Some("wrong")),
        Err(InvalidIdentity::WrongPassphrase)
    ));
    assert!(matches!(
        ClientIdentity::from_pfx(pfx, None),
        Err(InvalidIdentity::NoPassphrase)
    ));
    assert!(matches!(
        ClientIdentity::from_pfx(b"no pfx", None),
        Err(InvalidIdentity::Certificate(_))
    ));
    let identity = ClientIdentity::from_pem(MIA, KEY, None).unwrap();
    assert_eq!(
        format!("{identity:?}"),
        "ClientIdentity { certificates: 1, .. }",
        "the key is not printed"
    );
}

#[tokio::test]
async fn trust_for_one_request_is_none_for_the_next() {
    let authority = Authority::new("The house");
    let receiver = Receiver::start_tls(authority.issue(&["127.0.0.1"]));
    let egress = open();
    let trusted = trusting(vec![authority.certificate()]);
    assert!(
        !get_by(&egress, &trusted, &receiver.url("/"))
            .await
            .unwrap()
            .reused
    );
    assert!(
        get_by(&egress, &trusted, &receiver.url("/"))
            .await
            .unwrap()
            .reused
    );
    let other = trusting(vec![Authority::new("The house").certificate()]);
    for way in [&other, &Way::default()] {
        let refused = get_by(&egress, way, &receiver.url("/")).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::TlsCertificate);
    }
}

#[tokio::test]
async fn what_openssl_makes_for_a_test_server_is_trusted_when_it_is_handed_over() {
    let receiver = Receiver::start_tls(Identity::of_openssl(&["127.0.0.1"]));
    let way = trusting(receiver.certificate().into_iter().collect());
    assert_eq!(
        get_by(&open(), &way, &receiver.url("/"))
            .await
            .unwrap()
            .status,
        200
    );

    let other = Receiver::start_tls(Identity::of_openssl(&["other.test"]));
    let way = trusting(other.certificate().into_iter().collect());
    let refused = get_by(&open(), &way, &other.url("/")).await.unwrap_err();
    assert_eq!(
        refused.certificate().unwrap().code(),
        "ERR_TLS_CERT_ALTNAME_INVALID"
    );
}

#[tokio::test]
async fn refusals_have_the_codes_and_words_that_node_gives_them() {
    let root = Authority::new("Root");
    let between = root.vouch("Between");
    let names = &["127.0.0.1"];
    let table = [
        (
            Identity::self_signed(names),
            "DEPTH_ZERO_SELF_SIGNED_CERT",
            "self-signed certificate",
        ),
        (
            between
                .issue(names)
                .with_chain(between.certificate())
                .with_chain(root.certificate()),
            "SELF_SIGNED_CERT_IN_CHAIN",
            "self-signed certificate in certificate chain",
        ),
        (
            between.issue(names),
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "unable to verify the first certificate",
        ),
        (
            between.issue(names).with_chain(between.certificate()),
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "unable to get local issuer certificate",
        ),
        (
            Identity::expired(names),
            "CERT_HAS_EXPIRED",
            "certificate has expired",
        ),
    ];
    for (identity, code, words) in table {
        let receiver = Receiver::start_tls(identity);
        let refused = get(&open(), &receiver.url("/"), &Limits::WHOLE)
            .await
            .unwrap_err();
        let fault = refused.certificate().expect("a certificate's fault");
        assert_eq!((fault.code(), fault.node_words().as_str()), (code, words));
        assert!(refused.message.ends_with(&fault.to_string()), "{refused}");
    }

    let receiver = Receiver::start_tls(root.issue(&["a.test", "192.0.2.7"]));
    let way = trusting(vec![root.certificate()]);
    let refused = get_by(&open(), &way, &receiver.url("/")).await.unwrap_err();
    assert_eq!(
        refused.certificate(),
        Some(&CertificateFault::OtherName {
            host: "127.0.0.1".to_owned(),
            names: vec!["DNS:a.test".to_owned(), "IP Address:192.0.2.7".to_owned()],
        })
    );
    let unrelated = get(&open(), "http://nobody.test/", &Limits::WHOLE).await;
    assert_eq!(unrelated.unwrap_err().certificate(), None);
}
