//! A publisher that is its own receiver: what it has published comes back to it, and both ways are timed.

use std::convert::Infallible;
use std::io::BufRead as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::client::{Client, split};

/// What is to be published, and how much of it is to come back.
#[derive(Deserialize)]
struct Order {
    /// Where to.
    publish: String,
    /// The API key; without one, bodies are posted bare.
    key: Option<String>,
    events: u64,
    /// How many times each event comes back.
    #[serde(default = "once")]
    copies: u64,
    publishers: u64,
    /// How many types the events have, in turn.
    #[serde(default = "once")]
    types: u64,
    /// Events a second over all publishers; as fast as they go when absent.
    rate: Option<f64>,
    /// Give up after so many seconds.
    #[serde(default = "patience")]
    patience: u64,
}

fn once() -> u64 {
    1
}

fn patience() -> u64 {
    120
}

/// What was seen.
#[derive(Serialize)]
struct Figures {
    seconds: f64,
    received: u64,
    publish_p50_ms: f64,
    publish_p99_ms: f64,
    delivery_p50_ms: f64,
    delivery_p99_ms: f64,
}

/// What has come back.
struct Sink {
    began: Instant,
    received: AtomicU64,
    wanted: AtomicU64,
    all: Notify,
    delays: Mutex<Vec<u64>>,
}

/// Prints the sink's address, then the figures of each order.
pub(crate) async fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let sink = Arc::new(Sink {
        began: Instant::now(),
        received: AtomicU64::new(0),
        wanted: AtomicU64::new(u64::MAX),
        all: Notify::new(),
        delays: Mutex::default(),
    });
    tokio::spawn(receive(listener, Arc::clone(&sink)));
    let (lines, mut orders) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });
    while let Some(line) = orders.recv().await {
        let order: Order = serde_json::from_str(&line).context("an order")?;
        let figures = follow(Arc::new(order), &sink).await?;
        println!("{}", serde_json::to_string(&figures)?);
    }
    Ok(())
}

async fn receive(listener: TcpListener, sink: Arc<Sink>) {
    while let Ok((stream, _)) = listener.accept().await {
        drop(stream.set_nodelay(true));
        let sink = Arc::clone(&sink);
        let service = service_fn(move |request| record(request, Arc::clone(&sink)));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn record(
    request: Request<Incoming>,
    sink: Arc<Sink>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    if let Ok(body) = request.into_body().collect().await
        && let Some(at) = sent_at(&body.to_bytes())
    {
        let now = u64::try_from(sink.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        if let Ok(mut delays) = sink.delays.lock() {
            delays.push(now.saturating_sub(at));
        }
        if sink.received.fetch_add(1, Ordering::Relaxed) + 1 == sink.wanted.load(Ordering::Relaxed)
        {
            sink.all.notify_one();
        }
    }
    let mut response = Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::NO_CONTENT;
    Ok(response)
}

/// The microsecond that a body says it was sent in.
fn sent_at(body: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"\"at\":";
    let start = body.windows(NAME.len()).position(|window| window == NAME)? + NAME.len();
    let digits = body[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

async fn follow(order: Arc<Order>, sink: &Arc<Sink>) -> Result<Figures> {
    sink.received.store(0, Ordering::Relaxed);
    sink.wanted
        .store(order.events * order.copies, Ordering::Relaxed);
    if let Ok(mut delays) = sink.delays.lock() {
        delays.clear();
    }
    let start = Instant::now();
    let next = Arc::new(AtomicU64::new(0));
    let publishers: Vec<_> = (0..order.publishers)
        .map(|_| {
            tokio::spawn(publish(
                Arc::clone(&order),
                Arc::clone(&next),
                Arc::clone(sink),
                start,
            ))
        })
        .collect();
    let mut published = Vec::new();
    for publisher in publishers {
        published.extend(publisher.await??);
    }
    // What is not back in time is told by the count.
    drop(tokio::time::timeout(Duration::from_secs(order.patience), sink.all.notified()).await);
    let seconds = start.elapsed().as_secs_f64();
    let mut delays = sink.delays.lock().map(|it| it.clone()).unwrap_or_default();
    delays.sort_unstable();
    published.sort_unstable();
    Ok(Figures {
        seconds,
        received: sink.received.load(Ordering::Relaxed),
        publish_p50_ms: at(&published, 0.5),
        publish_p99_ms: at(&published, 0.99),
        delivery_p50_ms: at(&delays, 0.5),
        delivery_p99_ms: at(&delays, 0.99),
    })
}

/// One publisher: takes the next number until there is none; how long each call took, in microseconds.
async fn publish(
    order: Arc<Order>,
    next: Arc<AtomicU64>,
    sink: Arc<Sink>,
    start: Instant,
) -> Result<Vec<u64>> {
    let (authority, path) = split(&order.publish)?;
    let mut client = Client::connect(authority).await?;
    let text = "x".repeat(1000);
    let mut took = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= order.events {
            return Ok(took);
        }
        if let Some(rate) = order.rate {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let due = start + Duration::from_secs_f64(number as f64 / rate);
            tokio::time::sleep_until(due.into()).await;
        }
        let began = Instant::now();
        let at = began.duration_since(sink.began).as_micros();
        let payload = format!(r#"{{"at":{at},"text":"{text}"}}"#);
        let body = match &order.key {
            Some(_) => format!(
                r#"{{"event":{{"type":"bench.event.{}","payload":{payload}}}}}"#,
                number % order.types
            ),
            None => payload,
        };
        let mut request = Request::post(path)
            .header("Host", authority)
            .header("Content-Type", "application/json");
        if let Some(key) = &order.key {
            request = request.header("X-API-Key", key);
        }
        let (status, answer) = client.send(request.body(Full::new(body.into()))?).await?;
        ensure!(
            status.is_success(),
            "{status}: {}",
            String::from_utf8_lossy(&answer)
        );
        took.push(u64::try_from(began.elapsed().as_micros())?);
    }
}

/// A quantile of sorted microseconds, in milliseconds.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]
fn at(sorted: &[u64], quantile: f64) -> f64 {
    let index = (sorted.len() as f64 * quantile) as usize;
    let value = sorted.get(index).or(sorted.last());
    value.map_or(0.0, |value| *value as f64 / 1000.0)
}
