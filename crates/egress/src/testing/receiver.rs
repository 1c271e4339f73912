//! The receiver: what a test tells it and asks of it.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::answer::Answer;
use super::identity::Identity;
use super::serve;
use crate::Certificate;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Received {
    /// The method.
    pub method: String,
    /// What stood on the request line: path and query.
    pub target: String,
    /// The headers, in order, names as sent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
    /// When the last byte of it was there.
    pub at: Instant,
    /// On which connection it came, from 1.
    pub connection: usize,
}

impl Received {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

type Choose = Box<dyn Fn(&Received) -> Option<Answer> + Send>;

#[derive(Default)]
struct Script {
    received: Vec<Received>,
    connections: usize,
    queue: VecDeque<Answer>,
    choose: Option<Choose>,
    otherwise: Option<Answer>,
}

/// What the receiver's thread and the test share.
#[derive(Default)]
pub(super) struct Shared {
    script: Mutex<Script>,
    arrived: Condvar,
}

impl Shared {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn connected(&self) -> usize {
        let mut script = self.script();
        script.connections += 1;
        script.connections
    }

    /// Records a request and says how to answer it: the queue first, then the choice, then the rest's answer.
    pub(super) fn record(&self, received: Received) -> Answer {
        let mut script = self.script();
        let answer = script
            .queue
            .pop_front()
            .or_else(|| script.choose.as_ref().and_then(|choose| choose(&received)))
            .or_else(|| script.otherwise.clone())
            .unwrap_or_else(|| Answer::status(200));
        script.received.push(received);
        self.arrived.notify_all();
        answer
    }
}

/// A real HTTP/1.1 server on a free loopback port. It answers 200 until told otherwise and stops when dropped.
pub struct Receiver {
    address: SocketAddr,
    identity: Option<Identity>,
    shared: Arc<Shared>,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// A receiver that speaks plain HTTP.
    pub fn start() -> Self {
        Self::listen(None, 0)
    }

    /// A receiver that speaks plain HTTP on this port, for a receiver that comes back.
    pub fn start_on(port: u16) -> Self {
        Self::listen(None, port)
    }

    /// A receiver that speaks TLS as this identity.
    pub fn start_tls(identity: Identity) -> Self {
        Self::listen(Some(identity), 0)
    }

    fn listen(identity: Option<Identity>, port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("a loopback port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("the listener's address");
        let shared = Arc::new(Shared::default());
        let stop = CancellationToken::new();
        let thread = std::thread::Builder::new()
            .name("test-receiver".to_owned())
            .spawn({
                let (shared, stop) = (shared.clone(), stop.clone());
                let acceptor = identity.as_ref().map(Identity::acceptor);
                move || serve::run(listener, acceptor.as_ref(), &shared, &stop)
            })
            .expect("a thread");
        Self {
            address,
            identity,
            shared,
            stop,
            thread: Some(thread),
        }
    }

    /// The URL of a path (with its leading slash) at this receiver, by address.
    pub fn url(&self, path: &str) -> String {
        let scheme = if self.identity.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}{path}", self.address)
    }

    /// The same URL by another host name, which has to be resolved to the loopback address.
    pub fn url_as(&self, host: &str, path: &str) -> String {
        let scheme = if self.identity.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{host}:{}{path}", self.address.port())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that it shows, to be trusted or not.
    pub fn certificate(&self) -> Option<Certificate> {
        self.identity.as_ref().map(Identity::certificate)
    }

    /// Answers all that nothing else was said about.
    pub fn answer(&self, answer: Answer) {
        self.shared.script().otherwise = Some(answer);
    }

    /// Answers the next requests, one by one, before anything else applies.
    pub fn queue(&self, answers: impl IntoIterator<Item = Answer>) {
        self.shared.script().queue.extend(answers);
    }

    /// Chooses an answer by the request; `None` leaves it to [`Receiver::answer`].
    pub fn choose(&self, choose: impl Fn(&Received) -> Option<Answer> + Send + 'static) {
        self.shared.script().choose = Some(Box::new(choose));
    }

    /// All requests so far, in the order of their arrival.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.script().received.clone()
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.shared.script().connections
    }

    /// Waits until at least `count` requests have arrived in all, and gives all. Panics after `patience`, which is
    /// real time also where the test's own is paused.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Vec<Received> {
        let shared = self.shared.clone();
        tokio::task::spawn_blocking(move || shared.wait_for(count, patience))
            .await
            .expect("requests that arrive in time")
    }

    /// As [`Receiver::wait_for`], for tests without a runtime.
    pub fn wait_for_blocking(&self, count: usize, patience: Duration) -> Vec<Received> {
        self.shared.wait_for(count, patience)
    }
}

impl Shared {
    fn wait_for(&self, count: usize, patience: Duration) -> Vec<Received> {
        let (script, waited) = self
            .arrived
            .wait_timeout_while(self.script(), patience, |script| {
                script.received.len() < count
            })
            .unwrap_or_else(PoisonError::into_inner);
        assert!(
            !waited.timed_out(),
            "{} of {count} requests arrived within {patience:?}",
            script.received.len()
        );
        script.received.clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed there.
            drop(thread.join());
        }
    }
}
