//! Whole exchanges over a stream in memory, which the test feeds as it likes.

use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

use super::*;
use crate::check_url;
use crate::request::Request;
use crate::target::Target;

fn outbound(request: Request) -> Outbound {
    let target = Target::of(&request.url, None).unwrap();
    Outbound::of(request, &target).unwrap()
}

fn request(method: &str) -> Outbound {
    outbound(Request::new(method, check_url("http://x.test/").unwrap()))
}

/// A connection whose peer has said all this already, and then has closed or not.
async fn said(pieces: &[&[u8]], closes: bool) -> (Http1<DuplexStream>, DuplexStream) {
    let (here, mut there) = duplex(1 << 20);
    for piece in pieces {
        there.write_all(piece).await.unwrap();
    }
    if closes {
        there.shutdown().await.unwrap();
    }
    (Http1::new(here), there)
}

type Ended = Result<(AnswerHead, Kept, bool), FailureKind>;

async fn exchange(connection: &mut Http1<DuplexStream>, request: &Outbound) -> Ended {
    let head = connection.send(request).await.map_err(|it| it.kind)?;
    let kept = connection
        .read(&Limits::WHOLE)
        .await
        .map_err(|it| it.kind)?;
    Ok((head, kept, connection.is_idle()))
}

async fn get(answer: &[u8]) -> Ended {
    let (mut connection, _there) = said(&[answer], true).await;
    exchange(&mut connection, &request("GET")).await
}

/// The same answer, given piece by piece.
async fn get_in_pieces(answer: &[u8], cuts: &[usize]) -> Ended {
    let (here, mut there) = duplex(1 << 20);
    let mut connection = Http1::new(here);
    let feed = async {
        let mut from = 0;
        for cut in cuts.iter().copied().chain([answer.len()]) {
            let to = answer.len().min(from.max(cut));
            // Who was given up on can't be told any more.
            if there.write_all(&answer[from..to]).await.is_err() {
                break;
            }
            from = to;
            tokio::task::yield_now().await;
        }
        drop(there.shutdown().await);
        there
    };
    let request = request("GET");
    let (ended, _there) = tokio::join!(exchange(&mut connection, &request), feed);
    ended
}

#[tokio::test]
async fn a_connection_serves_one_exchange_after_another_from_one_buffer() {
    let (mut connection, mut there) = said(&[], false).await;
    for count in 0..3_usize {
        let body = "b".repeat(count);
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {count}\r\n\r\n{body}");
        there.write_all(answer.as_bytes()).await.unwrap();
        let (head, kept, idle) = exchange(&mut connection, &request("GET")).await.unwrap();
        assert_eq!((kept.body.len(), kept.wire_bytes), (count, count as u64));
        assert_eq!(head.bytes, (answer.len() - count) as u64);
        assert!(idle);
    }
}

#[tokio::test]
async fn an_answer_behind_the_answer_makes_the_connection_useless() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore",
        "HTTP/1.1 204 No Content\r\n\r\nmore",
    ] {
        let (_, kept, idle) = get(answer.as_bytes()).await.unwrap();
        assert!(!idle, "{answer}");
        assert!(kept.body.is_empty() || kept.body == "ok");
    }
}

#[tokio::test]
async fn who_closes_is_not_asked_again() {
    for (answer, reusable) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nconnection: x, CLOSE\r\n\r\n",
            false,
        ),
        ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
        (
            "HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n",
            true,
        ),
        ("HTTP/1.1 101 Switching\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\n\r\n", false),
    ] {
        let (_, _, idle) = get(answer.as_bytes()).await.unwrap();
        assert_eq!(idle, reusable, "{answer}");
    }
    let url = check_url("http://x.test/").unwrap();
    let closing = outbound(Request::new("GET", url).header("connection", "close"));
    let (mut connection, _there) =
        said(&[b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], false).await;
    let (_, _, idle) = exchange(&mut connection, &closing).await.unwrap();
    assert!(!idle);
}

#[tokio::test]
async fn an_answer_may_come_before_the_request_has_gone_out() {
    let (here, mut there) = duplex(1000);
    let mut connection = Http1::new(here);
    let url = check_url("http://x.test/").unwrap();
    let large = outbound(Request::new("POST", url).body(vec![b'x'; 100_000]));
    there
        .write_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
        .await
        .unwrap();
    let (head, kept, idle) = exchange(&mut connection, &large).await.unwrap();
    assert_eq!((head.status, kept.body.as_ref()), (413, b"no".as_slice()));
    assert!(!idle, "the rest of the request is still to come");
}

#[tokio::test]
async fn a_peer_that_answers_while_it_reads_gets_the_whole_request() {
    let (here, there) = duplex(1000);
    let mut connection = Http1::new(here);
    let url = check_url("http://x.test/").unwrap();
    let large = outbound(Request::new("POST", url).body(vec![b'x'; 100_000]));
    let total = large.head.len() + large.body.len();
    let echo = async {
        let (mut from, mut to) = tokio::io::split(there);
        to.write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {total}\r\n\r\n").as_bytes())
            .await
            .unwrap();
        tokio::io::copy(&mut (&mut from).take(total as u64), &mut to)
            .await
            .unwrap()
    };
    let (ended, copied) = tokio::join!(exchange(&mut connection, &large), echo);
    let (_, kept, idle) = ended.unwrap();
    assert_eq!((copied, kept.bytes), (total as u64, total as u64));
    assert_eq!(connection.sent(), total as u64);
    assert!(idle);
}

#[tokio::test]
async fn a_head_and_a_small_body_leave_in_one_write() {
    let (here, mut there) = duplex(1 << 20);
    let mut connection = Http1::new(here);
    let url = check_url("http://x.test/").unwrap();
    let post = outbound(Request::new("POST", url).body("four"));
    let sent = async {
        let mut bytes = [0; 1024];
        // A read of the stream in memory gives what one write gave.
        let count = there.read(&mut bytes).await.unwrap();
        there.shutdown().await.unwrap();
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    };
    let (ended, sent) = tokio::join!(exchange(&mut connection, &post), sent);
    assert_eq!(ended.unwrap_err(), FailureKind::ConnectionClosed);
    assert_eq!(
        sent,
        "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 4\r\n\r\nfour"
    );
}

#[tokio::test]
async fn a_stream_that_takes_nothing_has_sent_nothing() {
    let (mut connection, there) = said(&[], false).await;
    drop(there);
    let ended = exchange(&mut connection, &request("GET")).await;
    assert_eq!(ended.unwrap_err(), FailureKind::ConnectionClosed);
    assert_eq!(connection.sent(), 0);
}

#[tokio::test]
async fn limits_hold_however_the_body_is_framed() {
    let chunk = format!("{:x}\r\n{}\r\n", 3000, "x".repeat(3000));
    let framed = [
        format!(
            "HTTP/1.1 200 OK\r\nContent-Length: 6000\r\n\r\n{}",
            "x".repeat(6000)
        ),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(6000)),
    ];
    for answer in framed {
        for (max_body, keep, ended) in [
            (6000, Keep::Whole, Ok((6000, 6000, false))),
            (5999, Keep::Whole, Err(FailureKind::BodyTooLarge)),
            (6000, Keep::First(10), Ok((10, 6000, false))),
            (5999, Keep::First(10), Ok((10, 5999, true))),
            (0, Keep::First(10), Ok((0, 0, true))),
        ] {
            let limits = Limits {
                max_body,
                keep,
                ..Limits::WHOLE
            };
            let (mut connection, _there) = said(&[answer.as_bytes()], true).await;
            connection.send(&request("GET")).await.unwrap();
            let read = connection.read(&limits).await;
            let read = read.map(|it| (it.body.len(), it.bytes, it.truncated));
            assert_eq!(read.map_err(|it| it.kind), ended, "{max_body} {keep:?}");
        }
    }
}

fn answers() -> impl Strategy<Value = Vec<u8>> {
    let head = prop::sample::select(vec![
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n",
        "HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\n",
        "HTTP/1.1 204 No Content\r\n",
    ]);
    let chunks = prop::collection::vec(
        ("[a-f0-9]{1,2}", "(;[a-z]=\"?[a-z]\"?)?", "[a-z]{0,20}"),
        0..4,
    );
    let body = prop_oneof![
        "[ -~]{0,60}".prop_map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len())),
        ("[0-9]{1,3}", "[ -~]{0,60}")
            .prop_map(|(length, body)| format!("Content-Length: {length}\r\n\r\n{body}")),
        "[ -~\r\n]{0,60}".prop_map(|body| format!("\r\n{body}")),
        "[0-9a-f;=\" \r\n]{0,60}"
            .prop_map(|body| format!("Transfer-Encoding: chunked\r\n\r\n{body}")),
        (chunks.clone(), "(X-T: 1\r\n)?").prop_map(|(chunks, trailer)| {
            let chunks: Vec<String> = chunks
                .iter()
                .map(|(_, extension, body)| format!("{:x}{extension}\r\n{body}\r\n", body.len()))
                .collect();
            format!(
                "Transfer-Encoding: chunked\r\n\r\n{}0\r\n{trailer}\r\n",
                chunks.concat()
            )
        }),
        chunks.prop_map(|chunks| {
            let chunks: Vec<String> = chunks
                .iter()
                .map(|(size, extension, body)| format!("{size}{extension}\r\n{body}\r\n"))
                .collect();
            format!(
                "Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
                chunks.concat()
            )
        }),
    ];
    (head, body).prop_map(|(head, body)| [head.as_bytes(), body.as_bytes()].concat())
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

/// What of an answer must not depend on how it arrives. Whether a connection is idle does: what comes behind an answer may
/// not have come yet.
fn told(ended: Ended) -> Result<(AnswerHead, Kept), FailureKind> {
    ended.map(|(head, kept, _)| (head, kept))
}

proptest! {
    #[test]
    fn an_answer_is_the_same_wherever_it_is_cut(answer in answers(), mut cuts in prop::collection::vec(0..200_usize, 0..12)) {
        cuts.sort_unstable();
        let whole = told(run(get(&answer)));
        prop_assert_eq!(told(run(get_in_pieces(&answer, &cuts))), whole);
    }

    #[test]
    fn any_bytes_end_in_an_answer_or_an_error(bytes: Vec<u8>, mut cuts in prop::collection::vec(0..200_usize, 0..8)) {
        cuts.sort_unstable();
        for start in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"] {
            let answer = [start.as_bytes(), &bytes].concat();
            prop_assert_eq!(told(run(get_in_pieces(&answer, &cuts))), told(run(get(&answer))));
        }
    }
}
