//! How many requests a second, one after another over one connection, `Egress::send` makes to a bare server on this
//! machine, beside a bare loop over hyper: `cargo run --release -p postern-egress --example sequence [requests] [rounds]`.

#![expect(clippy::print_stdout, reason = "this is a program")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request, check_url};
use tokio::time::Instant;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-Powered-By: nobody\r\n\
    ETag: W/\"1b-abc\"\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nConnection: keep-alive\r\nContent-Length: 27\r\n\r\n\
    {\"id\":1,\"name\":\"something\"}";
const HEADERS: [(&str, &str); 5] = [
    ("User-Agent", "Postern/0"),
    ("Accept", "*/*"),
    ("Cache-Control", "no-cache"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("Connection", "keep-alive"),
];
const BODY: &str = "{\"name\":\"something\",\"tags\":[\"a\",\"b\"]}";

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|it| it.parse().expect("a number"));
    let requests: u32 = arguments.next().unwrap_or(50_000);
    let rounds: u32 = arguments.next().unwrap_or(5);
    let server = serve();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let began = Instant::now();
        runtime.block_on(by_egress(server, requests));
        ours.push(f64::from(requests) / began.elapsed().as_secs_f64());
        let began = Instant::now();
        runtime.block_on(by_hyper(server, requests));
        bare.push(f64::from(requests) / began.elapsed().as_secs_f64());
    }
    for (name, mut rates) in [("egress", ours), ("bare hyper", bare)] {
        rates.sort_by(f64::total_cmp);
        println!("{name}: {:.0} requests/s", rates[rates.len() / 2]);
    }
}

/// A server that answers whatever it has read with the same bytes.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            stream.set_nodelay(true).expect("a socket");
            std::thread::spawn(move || {
                let mut bytes = [0; 16 * 1024];
                // Requests this small come in one piece.
                while stream.read(&mut bytes).is_ok_and(|count| count > 0) {
                    if stream.write_all(ANSWER).is_err() {
                        break;
                    }
                }
            });
        }
    });
    address
}

async fn by_egress(server: SocketAddr, requests: u32) {
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let url = check_url(&format!("http://{server}/path?query=1")).expect("a URL");
    for number in 0..requests {
        let post = number % 2 == 1;
        let mut request = Request::new(if post { "POST" } else { "GET" }, url.clone());
        for (name, value) in HEADERS {
            request = request.header(name, value);
        }
        if post {
            request = request
                .header("Content-Type", "application/json")
                .body(BODY);
        }
        let exchange = egress
            .send(request, &Limits::WHOLE)
            .await
            .expect("an answer");
        assert_eq!(exchange.body.len(), 27);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is what egress is compared with"
)]
async fn by_hyper(server: SocketAddr, requests: u32) {
    let stream = tokio::net::TcpStream::connect(server)
        .await
        .expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    let (mut sender, driver) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .expect("a connection");
    let work = async {
        for number in 0..requests {
            let post = number % 2 == 1;
            let mut request = hyper::Request::builder()
                .method(if post { "POST" } else { "GET" })
                .uri("/path?query=1")
                .header("Host", "127.0.0.1");
            for (name, value) in HEADERS {
                request = request.header(name, value);
            }
            if post {
                request = request.header("Content-Type", "application/json");
            }
            let body = if post { BODY } else { "" };
            let request = request
                .body(Full::new(Bytes::from(body)))
                .expect("a request");
            sender.ready().await.expect("a connection");
            let answer = sender.send_request(request).await.expect("an answer");
            let body = answer
                .into_body()
                .collect()
                .await
                .expect("a body")
                .to_bytes();
            assert_eq!(body.len(), 27);
        }
    };
    let (mut work, mut driver) = (pin!(work), pin!(driver));
    tokio::select! {
        () = &mut work => {}
        _ = &mut driver => work.await,
    }
}
