//! Receivers that misbehave: each ends in the right code, and in time.

use std::time::Duration;

use postern_egress::testing::{Answer, BlackHole, Receiver};
use postern_egress::{FailureKind, Keep, Limits};
use tokio::time::Instant;

use crate::{get, open, short};

#[tokio::test]
async fn a_port_where_nobody_listens() {
    let port = Receiver::start().address().port();
    let failure = get(&open(), &format!("http://127.0.0.1:{port}/"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::ConnectRefused);
    assert_eq!(
        failure.to_string(),
        format!("nothing listens at 127.0.0.1:{port}")
    );
}

#[tokio::test]
async fn a_black_hole_takes_no_longer_than_connecting_may() {
    let hole = BlackHole::open();
    let limits = Limits {
        connect: Duration::from_millis(300),
        ..Limits::WEBHOOK
    };
    let began = Instant::now();
    let failure = get(&open(), &hole.url(), &limits).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ConnectTimeout);
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn whatever_never_ends_is_cut_at_the_deadline() {
    let receiver = Receiver::start();
    let drip = Duration::from_millis(20);
    for (answer, status, doing) in [
        (Answer::hang(), None, "waiting for the answer"),
        (
            Answer::status(200).then_silence(),
            Some(200),
            "the answer's body was read",
        ),
        (
            Answer::status(202).body(vec![b'x'; 9999]).drip(drip),
            Some(202),
            "the answer's body was read",
        ),
    ] {
        receiver.answer(answer);
        let began = Instant::now();
        let failure = get(&open(), &receiver.url("/"), &short())
            .await
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::Timeout);
        assert_eq!(failure.status, status);
        assert_eq!(
            failure.to_string(),
            format!("the deadline of 0.7 s passed while {doing}")
        );
        assert!(
            began.elapsed() < Duration::from_millis(1700),
            "{:?}",
            began.elapsed()
        );
        assert!(failure.timings.total >= Duration::from_millis(700));
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_at_its_size() {
    let receiver = Receiver::start();
    receiver.answer(Answer::endless());
    let limits = Limits {
        keep: Keep::First(10),
        ..Limits::WEBHOOK
    };
    let exchange = get(&open(), &receiver.url("/"), &limits).await.unwrap();
    assert_eq!(
        (exchange.body.len(), exchange.body_bytes, exchange.truncated),
        (10, 65_536, true)
    );
}

#[tokio::test]
async fn a_connection_that_ends_early_is_told_from_an_answer() {
    let receiver = Receiver::start();
    for (answer, status) in [
        (Answer::reset(), None),
        (Answer::raw(""), None),
        (Answer::raw("HTTP/1.1 200 OK\r\ncontent-le"), None),
        (
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"),
            Some(200),
        ),
        (
            Answer::status(200).body("a whole body").reset_after(3),
            Some(200),
        ),
    ] {
        receiver.answer(answer);
        let failure = get(&open(), &receiver.url("/"), &short())
            .await
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::ConnectionClosed, "{failure:?}");
        assert_eq!(failure.status, status, "{failure:?}");
    }
}

#[tokio::test]
async fn gigantic_headers_are_not_read() {
    let receiver = Receiver::start();
    let egress = open();
    let wide = Answer::status(200).header("x-wide", "w".repeat(1_000_000));
    let many = (0..10_000).fold(Answer::status(200), |answer, n| {
        answer.header(format!("x-{n}"), "1")
    });
    for answer in [wide, many] {
        receiver.answer(answer);
        let failure = get(&egress, &receiver.url("/"), &short())
            .await
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::HeadTooLarge, "{failure:?}");
    }
}

#[tokio::test]
async fn what_is_not_http_is_told_so() {
    let receiver = Receiver::start();
    for raw in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbroken header\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1, 2\r\n\r\nxx",
    ] {
        receiver.answer(Answer::raw(raw));
        let failure = get(&open(), &receiver.url("/"), &short())
            .await
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::InvalidAnswer,
            "{raw:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn interim_answers_are_passed_over_and_old_http_is_understood() {
    let receiver = Receiver::start();
    receiver.answer(Answer::raw(
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200 Fine, thanks\r\nX-Old: Yes\r\n\r\nto the end",
    ));
    let exchange = get(&open(), &receiver.url("/"), &short()).await.unwrap();
    assert_eq!(
        (exchange.version, exchange.reason.as_str()),
        ("HTTP/1.0", "Fine, thanks")
    );
    assert_eq!(exchange.headers, [("X-Old".to_owned(), "Yes".to_owned())]);
    assert_eq!(exchange.body, "to the end");
}
