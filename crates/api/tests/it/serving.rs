//! The door on a real socket: opened, knocked at, and shut.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::house::{ADMIN, EDITOR, House};
use crate::things::{every_hour, petstore};

const SOON: Duration = Duration::from_secs(10);

impl House {
    async fn opened(&self) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let serving = self.api.clone().serve(listener, shutdown.clone());
        (address, shutdown, spawned(serving))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no lifecycle to hang tasks on"
)]
fn spawned<T: Send + 'static>(task: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(task)
}

/// Sends a request on a connection of its own and reads until the answer has this text; the connection stays open.
async fn knock(address: SocketAddr, request: String, until: &'static str) -> (TcpStream, String) {
    let knocked = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        let mut buffer = [0; 4096];
        while !answer.contains(until) {
            let read = stream.read(&mut buffer).unwrap();
            assert!(read > 0, "the connection ended after {answer:?}");
            answer.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
        (stream, answer)
    });
    knocked.await.unwrap()
}

#[tokio::test]
async fn an_idle_connection_does_not_keep_the_door_from_shutting() {
    let house = House::sqlite().await;
    let (address, shutdown, serving) = house.opened().await;
    let request = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".to_owned();
    let (_open, answer) = knock(address, request, "}").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.to_lowercase().contains("x-request-id: "), "{answer}");
    shutdown.cancel();
    timeout(SOON, serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn who_waits_for_a_run_is_answered_when_the_door_shuts() {
    let house = House::sqlite().await;
    let made = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let monitor = every_hour(made["collection"]["uid"].as_str().unwrap());
    let made = house.post("/monitors", monitor).await.ok();
    let uid = made["monitor"]["uid"].as_str().unwrap();
    let (address, shutdown, serving) = house.opened().await;
    let request = format!(
        "POST /api/monitors/{uid}/run HTTP/1.1\r\nhost: x\r\nx-api-key: {EDITOR}\r\ncontent-length: 0\r\n\r\n"
    );
    let waiting = spawned(knock(address, request, "}}"));
    while !house.has_a_run(uid).await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    shutdown.cancel();
    let (_open, answer) = timeout(SOON, waiting).await.unwrap().unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 202") && answer.contains("\"queued\""),
        "{answer}"
    );
    timeout(SOON, serving).await.unwrap().unwrap();
}

impl House {
    async fn has_a_run(&self, monitor: &str) -> bool {
        let runs = self.get(&format!("/monitors/{monitor}/runs")).await.ok();
        !runs["runs"].as_array().unwrap().is_empty()
    }
}

#[tokio::test]
async fn a_limit_of_calls_is_told_with_each_answer_and_held() {
    let house = House::limited(2).await;
    for remaining in ["1", "0"] {
        let answer = house.get("/me").await;
        assert_eq!(answer.status.as_u16(), 200);
        for name in ["ratelimit-remaining", "x-ratelimit-remaining"] {
            assert_eq!(answer.headers[name], remaining);
        }
        assert_eq!(answer.headers["ratelimit-limit"], "2");
    }
    let refused = house.get("/me").await;
    assert_eq!(refused.error(), (429, "rateLimited".to_owned()));
    assert_eq!(
        refused.headers["retry-after"],
        refused.headers["x-ratelimit-retryafter"]
    );
    // Another user has calls of its own, and who is nobody is refused as ever.
    assert_eq!(
        house.call(ADMIN, "GET", "/me", None).await.status.as_u16(),
        200
    );
    assert_eq!(house.call("", "GET", "/me", None).await.error().0, 401);
    // Without a limit nothing is told.
    let free = House::sqlite().await.get("/me").await;
    assert!(!free.headers.contains_key("ratelimit-limit"));
}

#[tokio::test]
async fn who_listens_does_not_keep_the_door_from_shutting() {
    let house = House::sqlite().await;
    let (address, shutdown, serving) = house.opened().await;
    let request = format!("GET /api/stream HTTP/1.1\r\nhost: x\r\nx-api-key: {EDITOR}\r\n\r\n");
    let (_open, answer) = knock(address, request, "retry: 1000").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    shutdown.cancel();
    timeout(SOON, serving).await.unwrap().unwrap();
}
