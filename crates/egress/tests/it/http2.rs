//! HTTP/2, where it is allowed and spoken.

use std::time::Duration;

use postern_egress::testing::{Answer, ForwardProxy, Identity, ProxyRules, Receiver};
use postern_egress::{
    Egress, Exchange, ExtraRoots, Failure, FailureKind, Keep, Limits, Request, TlsOptions,
    Versions, Way, check_url,
};

use crate::{PATIENCE, open};

/// A receiver that speaks these protocols.
fn speaking(protocols: &[&str]) -> Receiver {
    let identity = Identity::self_signed(&["127.0.0.1"]);
    let speaking = |identity: Identity, protocol: &&str| identity.speaking(protocol);
    Receiver::start_tls(protocols.iter().fold(identity, speaking))
}

fn way(versions: Versions, receiver: &Receiver) -> Way {
    Way {
        tls: TlsOptions {
            roots: ExtraRoots::new(receiver.certificate().into_iter().collect()),
            identity: None,
        },
        versions,
        ..Way::default()
    }
}

async fn get(egress: &Egress, way: &Way, url: &str) -> Result<Exchange, Failure> {
    let limits = Limits::WHOLE.with_deadline(PATIENCE);
    let request = Request::new("GET", check_url(url).expect("a URL"));
    egress.send_by(way, request, &limits).await
}

#[tokio::test]
async fn the_peer_chooses_among_the_versions_that_the_request_allows() {
    use Versions::{Auto, Http1, Http2};
    let both: &[&str] = &["h2", "http/1.1"];
    for (versions, protocols, expected) in [
        (Http1, both, Some("HTTP/1.1")),
        (Auto, both, Some("HTTP/2")),
        (Http2, both, Some("HTTP/2")),
        (Auto, &["http/1.1"], Some("HTTP/1.1")),
        (Auto, &[], Some("HTTP/1.1")),
        (Http1, &[], Some("HTTP/1.1")),
        (Http1, &["h2"], None),
        (Http2, &["http/1.1"], None),
        (Http2, &[], None),
    ] {
        let receiver = speaking(protocols);
        let answer = get(&open(), &way(versions, &receiver), &receiver.url("/")).await;
        match (answer, expected) {
            (Ok(answer), Some(expected)) => assert_eq!(answer.version, expected),
            (Err(failure), None) => {
                assert_eq!(failure.kind, FailureKind::TlsHandshake, "{failure}");
                assert!(failure.message.contains("HTTP"), "{failure}");
                assert!(receiver.requests().is_empty());
            }
            (answer, _) => panic!("{versions:?} with {protocols:?}: {answer:?}"),
        }
    }
    let plain = Receiver::start();
    let answer = get(&open(), &way(Http2, &plain), &plain.url("/"))
        .await
        .unwrap();
    assert_eq!(answer.version, "HTTP/1.1", "without TLS there is no choice");
}

#[tokio::test]
async fn a_request_arrives_whole_and_without_what_http_2_forbids() {
    let receiver = speaking(&["h2"]);
    let body = vec![b'y'; 3_000_000];
    receiver.answer(Answer::status(201).header("X-Two", "2").body(body.clone()));
    let sent = vec![b'x'; 2_000_000];
    let request = Request::new("POST", check_url(&receiver.url("/a%20b?q=1")).unwrap())
        .header("Host", "other.test")
        .header("Connection", "keep-alive")
        .header("Transfer-Encoding", "chunked")
        .header("X-One", "1")
        .header("x-one", "2")
        .header("Content-Length", "7")
        .body(sent.clone());
    let limits = Limits::WHOLE.with_deadline(PATIENCE);
    let way = way(Versions::Auto, &receiver);
    let answer = open().send_by(&way, request, &limits).await.unwrap();
    assert_eq!((answer.status, answer.header("x-two")), (201, Some("2")));
    assert_eq!(
        (answer.body_bytes, answer.body.len()),
        (3_000_000, body.len())
    );
    assert!(answer.timings.tls.is_some() && answer.timings.first_byte.is_some());

    let arrived = &receiver.requests()[0];
    assert_eq!(
        (arrived.method.as_str(), arrived.target.as_str()),
        ("POST", "/a%20b?q=1")
    );
    assert!(arrived.body == sent);
    let headers: Vec<_> = arrived
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        headers,
        [
            (":authority", "other.test"),
            ("x-one", "1"),
            ("x-one", "2"),
            ("content-length", "2000000"),
        ]
    );
}

#[tokio::test]
async fn a_connection_is_kept_and_one_that_was_closed_meanwhile_costs_nothing() {
    let receiver = speaking(&["h2", "http/1.1"]);
    let (port, url) = (receiver.address().port(), receiver.url("/"));
    let auto = way(Versions::Auto, &receiver);
    let egress = open();
    for expected in [false, true, true] {
        assert_eq!(get(&egress, &auto, &url).await.unwrap().reused, expected);
    }
    assert_eq!((receiver.connections(), egress.sweep()), (1, 1));
    // One that speaks the older version is another.
    let older = get(&egress, &way(Versions::Http1, &receiver), &url)
        .await
        .unwrap();
    assert!(!older.reused);
    drop(receiver);
    let refused = get(&egress, &auto, &url).await.unwrap_err();
    assert_eq!(
        refused.kind,
        FailureKind::ConnectRefused,
        "port {port}: {refused}"
    );
}

#[tokio::test]
async fn many_at_once_have_a_connection_each() {
    let receiver = speaking(&["h2"]);
    receiver.answer(Answer::status(200).delay(Duration::from_millis(200)));
    let (egress, auto, url) = (open(), way(Versions::Auto, &receiver), receiver.url("/"));
    let answers = (0..10).map(|_| get(&egress, &auto, &url));
    for answer in futures_util::future::join_all(answers).await {
        assert_eq!(answer.unwrap().version, "HTTP/2");
    }
    assert_eq!(receiver.connections(), 10);
}

#[tokio::test]
async fn limits_hold_and_faults_are_told() {
    let receiver = speaking(&["h2"]);
    let (egress, auto) = (open(), way(Versions::Auto, &receiver));
    let request = || Request::new("GET", check_url(&receiver.url("/")).unwrap());
    let large = Answer::status(200).body(vec![b'x'; 100_000]);
    receiver.queue([large.clone(), large, Answer::hang(), Answer::reset()]);

    let first = Limits {
        max_body: 50_000,
        keep: Keep::First(10),
        ..Limits::WHOLE
    };
    let cut = egress.send_by(&auto, request(), &first).await.unwrap();
    assert_eq!(
        (cut.body.len(), cut.body_bytes, cut.truncated),
        (10, 50_000, true)
    );
    let whole = Limits {
        keep: Keep::Whole,
        ..first
    };
    let refused = egress.send_by(&auto, request(), &whole).await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::BodyTooLarge);
    assert_eq!(refused.status, Some(200));

    let short = Limits::WHOLE.with_deadline(Duration::from_millis(700));
    let refused = egress.send_by(&auto, request(), &short).await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::Timeout);
    let refused = egress
        .send_by(&auto, request(), &Limits::WHOLE)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, FailureKind::ConnectionClosed, "{refused}");
    // After all that the next one is answered.
    let answer = egress.send_by(&auto, request(), &Limits::WHOLE).await;
    assert_eq!(answer.unwrap().status, 200);
}

#[tokio::test]
async fn http_2_goes_through_a_tunnel() {
    let receiver = speaking(&["h2"]);
    let proxy = ForwardProxy::http(ProxyRules::new());
    let way = Way {
        proxy: Some(proxy.url().parse().unwrap()),
        ..way(Versions::Http2, &receiver)
    };
    let answer = get(&open(), &way, &receiver.url("/")).await.unwrap();
    assert_eq!(answer.version, "HTTP/2");
    assert_eq!(proxy.asked().len(), 1);
}
