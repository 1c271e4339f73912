//! What is on the wire, byte for byte.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use postern_egress::{Exchange, Limits, Request, WireSize, check_url};

use crate::open;

/// Sends a request to a bare socket, which gives this answer; says what the socket read.
async fn over_a_bare_socket(
    request: impl FnOnce(&str) -> Request,
    answer: &'static str,
) -> (String, Exchange) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let authority = listener.local_addr().expect("an address").to_string();
    let read = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut bytes = vec![0; 64 * 1024];
        let count = stream.read(&mut bytes).expect("a request");
        stream.write_all(answer.as_bytes()).expect("an open socket");
        bytes.truncate(count);
        String::from_utf8(bytes).expect("text")
    });
    let request = request(&format!("http://{authority}/a?b=c"));
    let exchange = open()
        .send(request, &Limits::WHOLE)
        .await
        .expect("an answer");
    let read = read
        .join()
        .expect("the socket's end")
        .replace(&authority, "<here>");
    (read, exchange)
}

#[tokio::test]
async fn header_names_go_out_in_the_letters_the_order_and_the_repetition_they_were_typed_in() {
    let (read, _) = over_a_bare_socket(
        |url| {
            Request::new("PaTcH", check_url(url).unwrap())
                .header("X-Typed", "1")
                .header("accept", "*/*")
                .header("x-tYPED", "2")
                .header("X-Typed", "1")
                .header("CONTENT-length", "1000")
                .header("Greeting", "Grüße")
                .body("{}")
        },
        "HTTP/1.1 204 No Content\r\n\r\n",
    )
    .await;
    assert_eq!(
        read,
        "PaTcH /a?b=c HTTP/1.1\r\nHost: <here>\r\nX-Typed: 1\r\naccept: */*\r\nx-tYPED: 2\r\nX-Typed: 1\r\n\
         CONTENT-length: 2\r\nGreeting: Grüße\r\n\r\n{}"
    );
}

#[tokio::test]
async fn a_host_that_was_typed_stays_where_and_as_it_was_typed() {
    let (read, _) = over_a_bare_socket(
        |url| {
            Request::new("GET", check_url(url).unwrap())
                .header("A", "1")
                .header("hoST", "other.test")
        },
        "HTTP/1.1 204 No Content\r\n\r\n",
    )
    .await;
    assert_eq!(
        read,
        "GET /a?b=c HTTP/1.1\r\nA: 1\r\nhoST: other.test\r\n\r\n"
    );
}

#[tokio::test]
async fn every_byte_is_counted() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (read, exchange) = over_a_bare_socket(
        |url| Request::new("POST", check_url(url).unwrap()).body("12345"),
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\n",
    )
    .await;
    let authority = exchange.peer.to_string().len();
    assert_eq!(
        exchange.sent,
        WireSize {
            head: (read.len() - "<here>".len() + authority - 5) as u64,
            body: 5
        }
    );
    assert_eq!(
        exchange.received,
        WireSize {
            head: head.len() as u64,
            body: 19
        }
    );
    assert_eq!(
        (exchange.body.as_ref(), exchange.body_bytes),
        (b"abc".as_slice(), 3)
    );
}
