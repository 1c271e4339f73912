//! What a whole exchange tells.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use postern_egress::{FailureKind, Keep, Limits, Request, check_url};

use crate::{PATIENCE, get, open, short};

#[tokio::test]
async fn a_request_arrives_as_it_was_given_and_the_answer_comes_back_as_it_was_sent() {
    let receiver = Receiver::start();
    receiver.answer(
        Answer::status(201)
            .header("X-Mixed-Case", "1")
            .header("set-cookie", "a=1")
            .header("X-Second", "2")
            .header("Set-Cookie", "b=2")
            .body("made"),
    );
    let request = Request::new("POST", check_url(&receiver.url("/a%20b?c=d#e")).unwrap())
        .header("content-type", "text/plain")
        .header("x-twice", "1")
        .header("x-twice", "2")
        .header("content-length", "99")
        .body("hello");
    let exchange = open().send(request, &Limits::WHOLE).await.unwrap();

    assert_eq!(
        (exchange.status, exchange.reason.as_str()),
        (201, "Created")
    );
    assert_eq!(exchange.version, "HTTP/1.1");
    assert_eq!(exchange.body, "made");
    assert_eq!((exchange.body_bytes, exchange.truncated), (4, false));
    assert_eq!(exchange.peer, receiver.address());
    assert!(exchange.is_success() && !exchange.reused);
    let names: Vec<&str> = exchange
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "X-Mixed-Case",
            "set-cookie",
            "X-Second",
            "Set-Cookie",
            "content-length"
        ]
    );

    let arrived = &receiver.wait_for(1, PATIENCE).await[0];
    assert_eq!(
        (arrived.method.as_str(), arrived.target.as_str()),
        ("POST", "/a%20b?c=d")
    );
    assert_eq!(arrived.text(), "hello");
    assert_eq!(
        arrived.headers[0],
        ("Host".into(), receiver.address().to_string())
    );
    assert_eq!(arrived.header("content-length"), Some("5"));
    let twice: Vec<_> = arrived
        .headers
        .iter()
        .filter(|(name, _)| name == "x-twice")
        .collect();
    assert_eq!(twice.len(), 2);
}

#[tokio::test]
async fn an_error_status_and_a_redirect_are_answers() {
    let receiver = Receiver::start();
    let egress = open();
    for status in [301, 404, 500, 599, 999] {
        receiver.queue([Answer::status(status).header("location", "http://127.0.0.1:1/")]);
        let exchange = get(&egress, &receiver.url("/"), &short()).await.unwrap();
        assert_eq!(exchange.status, status);
    }
    assert_eq!(
        receiver.requests().len(),
        5,
        "nothing followed the redirect"
    );
}

#[tokio::test]
async fn a_body_is_cut_where_only_its_beginning_is_wanted() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).body(vec![b'x'; 100_000]));
    let limits = Limits {
        max_body: 65_536,
        keep: Keep::First(16_384),
        ..Limits::WEBHOOK
    };
    let exchange = get(&open(), &receiver.url("/"), &limits).await.unwrap();
    assert_eq!(exchange.body.len(), 16_384);
    assert_eq!((exchange.body_bytes, exchange.truncated), (65_536, true));

    receiver.answer(Answer::status(200).body(vec![b'x'; 20_000]));
    let exchange = get(&open(), &receiver.url("/"), &limits).await.unwrap();
    assert_eq!(exchange.body.len(), 16_384);
    assert_eq!((exchange.body_bytes, exchange.truncated), (20_000, false));
}

#[tokio::test]
async fn a_body_larger_than_the_limit_fails_where_all_of_it_is_wanted() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).body(vec![b'x'; 2000]));
    let limits = Limits {
        max_body: 1999,
        ..Limits::WHOLE
    };
    let failure = get(&open(), &receiver.url("/"), &limits).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::BodyTooLarge);
    assert_eq!(failure.status, Some(200));
    assert_eq!(
        failure.to_string(),
        "the answer's body is larger than 1999 bytes"
    );
}

#[tokio::test]
async fn each_phase_is_timed() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).delay(Duration::from_millis(60)));
    let egress = open();
    let first = get(&egress, &receiver.url("/"), &Limits::WHOLE)
        .await
        .unwrap()
        .timings;
    assert_eq!((first.dns, first.tls), (None, None));
    assert!(first.connect.is_some());
    assert!(first.first_byte.unwrap() >= Duration::from_millis(60));
    assert!(first.total >= first.first_byte.unwrap() + first.connect.unwrap());
    let second = get(&egress, &receiver.url("/"), &Limits::WHOLE)
        .await
        .unwrap()
        .timings;
    assert_eq!(second.connect, None, "the connection was kept");
}

#[tokio::test]
async fn a_request_that_cannot_be_written_is_refused_before_anything_is_opened() {
    let receiver = Receiver::start();
    let url = check_url(&receiver.url("/")).unwrap();
    for request in [
        Request::new("BAD METHOD", url.clone()),
        Request::new("CONNECT", url.clone()),
        Request::new("GET", url.clone()).header("bad name", "x"),
        Request::new("GET", url.clone()).header("x-secret", "hidden\r\nx-smuggled: 1"),
    ] {
        let failure = open().send(request, &short()).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::InvalidRequest);
        assert!(!failure.to_string().contains("hidden"), "{failure}");
    }
    assert_eq!(receiver.connections(), 0);
}
