//! The ledger, who fills it, and who checks it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postern_egress::testing::{Received, Receiver};
use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};
use postern_model::{Timestamp, signature};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::server::{KEY, Server};

/// How many publish at once.
const PUBLISHERS: usize = 4;
/// How long all that was accepted may take to arrive.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was published, by its number.
#[derive(Default)]
struct Entries {
    /// Answered with 202: the event's id.
    accepted: BTreeMap<usize, String>,
    /// Refused, with the status.
    refused: BTreeMap<usize, u16>,
    /// Not answered: it may have been accepted.
    unknown: BTreeSet<usize>,
}

/// A ledger with an integration, its receiver, and publishers that go on whatever happens to the servers.
pub(super) struct Ledger {
    entries: Arc<Mutex<Entries>>,
    targets: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    publishers: JoinSet<()>,
    pub(super) receiver: Receiver,
    integration: String,
    secret: String,
}

/// What the check has found.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) accepted: usize,
    pub(super) repeats: usize,
    pub(super) refused: BTreeMap<usize, u16>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ledger {
    /// An integration for custom events on this server, and publishers that don't publish yet.
    pub(super) async fn open(server: &Server, receiver: Receiver) -> Self {
        let wanted = json!({"integration": {
            "name": "Ledger", "event": "custom", "config": {"url": receiver.url("/ledger")},
            "options": {"concurrency": 32, "timeout": 5, "retries": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]},
        }});
        let made = server.post("/api/integrations", &wanted).await;
        let text = |name: &str| made["integration"][name].as_str().unwrap().to_owned();
        let ledger = Self {
            entries: Arc::default(),
            targets: Arc::default(),
            stop: Arc::default(),
            publishers: JoinSet::new(),
            integration: text("id"),
            secret: text("secret"),
            receiver,
        };
        ledger.publish_to(&[server]);
        ledger
    }

    /// Names the servers that are published to from now on.
    pub(super) fn publish_to(&self, servers: &[&Server]) {
        *lock(&self.targets) = servers.iter().map(|server| server.url.clone()).collect();
    }

    /// Begins to publish, with this pause after each event.
    pub(super) fn begin(&mut self, pause: Duration, padding: usize) {
        let numbers = Arc::new(AtomicUsize::new(0));
        for _ in 0..PUBLISHERS {
            let (entries, targets) = (Arc::clone(&self.entries), Arc::clone(&self.targets));
            let (stop, numbers) = (Arc::clone(&self.stop), Arc::clone(&numbers));
            self.publishers.spawn(async move {
                let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
                while !stop.load(Ordering::SeqCst) {
                    let number = numbers.fetch_add(1, Ordering::SeqCst);
                    let base = {
                        let targets = lock(&targets);
                        targets[number % targets.len()].clone()
                    };
                    publish(&egress, &base, number, padding, &entries).await;
                    sleep(pause).await;
                }
            });
        }
    }

    /// How many have been accepted so far.
    pub(super) fn accepted(&self) -> usize {
        lock(&self.entries).accepted.len()
    }

    /// How many have been refused so far.
    pub(super) fn refused(&self) -> usize {
        lock(&self.entries).refused.len()
    }

    /// Waits until so many more have been accepted.
    pub(super) async fn accepts_more(&self, more: usize) {
        let wanted = self.accepted() + more;
        let until = Instant::now() + PATIENCE;
        while self.accepted() < wanted {
            assert!(Instant::now() < until, "nothing more is accepted");
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until something arrives that had not arrived before; how long it took.
    pub(super) async fn delivers_more(&self) -> Duration {
        let (before, begun) = (self.arrived().len(), Instant::now());
        while self.arrived().len() <= before {
            assert!(begun.elapsed() < PATIENCE, "nothing more arrives");
            sleep(Duration::from_millis(5)).await;
        }
        begun.elapsed()
    }

    fn arrived(&self) -> BTreeSet<usize> {
        let requests = self.receiver.requests();
        requests.iter().map(number_of).collect()
    }

    /// Ends publishing, waits until all that was accepted has arrived, and holds the ledger against everything.
    pub(super) async fn check(mut self, server: &Server) -> Findings {
        self.stop.store(true, Ordering::SeqCst);
        while self.publishers.join_next().await.is_some() {}
        let accepted: BTreeMap<usize, String> = lock(&self.entries).accepted.clone();
        let wanted: BTreeSet<usize> = accepted.keys().copied().collect();
        let begun = Instant::now();
        loop {
            let arrived = self.arrived();
            let missing: Vec<_> = wanted.difference(&arrived).collect();
            if missing.is_empty() {
                break;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "{} of {} that were accepted are lost: {missing:?}",
                missing.len(),
                wanted.len()
            );
            sleep(Duration::from_millis(50)).await;
        }
        let requests = self.receiver.requests();
        let mut ids: BTreeMap<usize, String> = BTreeMap::new();
        for request in &requests {
            let number = number_of(request);
            self.is_signed(request);
            let id = request.header("webhook-id").unwrap().to_owned();
            let first = ids.entry(number).or_insert_with(|| id.clone());
            assert_eq!(*first, id, "a repeat of {number} has another id");
            match accepted.get(&number) {
                Some(event) => assert_eq!(*event, id, "{number} is another event"),
                None => assert!(
                    lock(&self.entries).unknown.contains(&number),
                    "{number} was never accepted, and arrived"
                ),
            }
        }
        self.is_told_right(server, &accepted).await;
        Findings {
            accepted: accepted.len(),
            repeats: requests.len() - ids.len(),
            refused: lock(&self.entries).refused.clone(),
        }
    }

    fn is_signed(&self, request: &Received) {
        let header = |name: &str| request.header(name).unwrap_or_default();
        let seconds: i64 = header("webhook-timestamp").parse().unwrap();
        let verified = signature::verify(
            &self.secret,
            header("webhook-id"),
            header("webhook-timestamp"),
            header("webhook-signature"),
            &request.body,
            Timestamp(seconds * 1000),
        );
        assert_eq!(verified, Ok(()));
    }

    /// What the server says of each delivery.
    async fn is_told_right(&self, server: &Server, accepted: &BTreeMap<usize, String>) {
        let mut told: BTreeMap<String, Value> = BTreeMap::new();
        for _ in 0..PATIENCE.as_millis() / 100 {
            told = self.deliveries(server).await;
            let waits = |one: &Value| one["status"] != "succeeded";
            if !told.values().any(waits) {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        for event in accepted.values() {
            let delivery = &told[event];
            assert_eq!(delivery["status"], "succeeded", "{delivery}");
        }
        // Each tenth in full: its attempts are numbered without a gap, and only the last succeeded.
        for delivery in told.values().step_by(10) {
            let id = delivery["id"].as_str().unwrap();
            let whole = server.get(&format!("/api/deliveries/{id}")).await;
            let attempts = whole["attempts"].as_array().unwrap();
            for (index, attempt) in attempts.iter().enumerate() {
                assert_eq!(attempt["number"], index + 1, "{whole}");
                let last = index + 1 == attempts.len();
                assert_eq!(attempt["outcome"] == "succeeded", last, "{whole}");
            }
        }
    }

    async fn deliveries(&self, server: &Server) -> BTreeMap<String, Value> {
        let mut told = BTreeMap::new();
        let mut cursor = String::new();
        loop {
            let path = format!(
                "/api/integrations/{}/deliveries?limit=100&cursor={cursor}",
                self.integration
            );
            let page = server.get(&path).await;
            for delivery in page["deliveries"].as_array().unwrap() {
                let event = delivery["eventId"].as_str().unwrap().to_owned();
                let twice = told.insert(event, delivery.clone());
                assert_eq!(twice, None, "one event has two deliveries");
            }
            match page["meta"]["nextCursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => return told,
            }
        }
    }
}

async fn publish(
    egress: &Egress,
    base: &str,
    number: usize,
    padding: usize,
    entries: &Mutex<Entries>,
) {
    let body = json!({"event": {
        "type": "ledger.entry", "payload": {"number": number, "padding": noise(number, padding)},
    }});
    let url = format!("{base}/api/events").parse().expect("a URL");
    let request = Request::new("POST", url)
        .header("x-api-key", KEY)
        .header("content-type", "application/json")
        .body(body.to_string());
    let limits = Limits::WHOLE.with_deadline(Duration::from_secs(20));
    let answer = egress.send(request, &limits).await;
    let mut entries = lock(entries);
    match answer {
        Ok(answer) if answer.is_success() => {
            let told: Value = serde_json::from_slice(&answer.body).expect("JSON");
            let id = told["event"]["id"].as_str().expect("an id").to_owned();
            entries.accepted.insert(number, id);
        }
        Ok(answer) => {
            entries.refused.insert(number, answer.status);
            // A commit that failed may have taken place: the answer says so.
            if String::from_utf8_lossy(&answer.body).contains("not known") {
                entries.unknown.insert(number);
            }
        }
        Err(_) => drop(entries.unknown.insert(number)),
    }
}

/// Text that doesn't compress well.
fn noise(number: usize, length: usize) -> String {
    let mut state = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        text.push(char::from(
            b'!' + u8::try_from((state >> 40) % 60).unwrap_or(0),
        ));
    }
    text
}

fn number_of(request: &Received) -> usize {
    let body: Value = serde_json::from_slice(&request.body).expect("JSON");
    let number = body["number"].as_u64().expect("a number");
    usize::try_from(number).expect("a small number")
}
