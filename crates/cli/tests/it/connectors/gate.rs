//! A door before a service, which can be shut at a certain request, so that a fault comes exactly there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::service::Service;
use crate::server::PATIENCE;

/// What doesn't come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    /// The request: the service never hears of it.
    Request,
    /// The answer: the service has done what was asked, and nobody hears of that.
    Answer,
}

/// The door: requests whose first line begins so are counted, and the n-th is held until it opens.
pub(super) struct Gate {
    url: String,
    state: Arc<State>,
    /// Ends with the door, and every connection with it.
    _doorman: JoinSet<()>,
}

struct State {
    service: u16,
    what: Shut,
    begins: &'static str,
    nth: usize,
    seen: AtomicUsize,
    reached: watch::Sender<bool>,
    held: watch::Sender<Held>,
}

/// What becomes of what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Waits,
    GoesOn,
    IsLost,
}

impl Gate {
    /// A door before this service that shuts at the n-th request (from 1) which begins so.
    pub(super) async fn before(
        service: &Service,
        what: Shut,
        begins: &'static str,
        nth: usize,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let state = Arc::new(State {
            service: service.port(),
            what,
            begins,
            nth,
            seen: AtomicUsize::new(0),
            reached: watch::Sender::new(false),
            held: watch::Sender::new(Held::Waits),
        });
        let mut doorman = JoinSet::new();
        doorman.spawn(accept(listener, Arc::clone(&state)));
        Self {
            url,
            state,
            _doorman: doorman,
        }
    }

    /// An address at the service, through the door.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Waits until it is shut before somebody; where answers don't come through, until the service has answered.
    pub(super) async fn is_reached(&self) {
        let mut reached = self.state.reached.subscribe();
        let reached = timeout(PATIENCE, reached.wait_for(|reached| *reached));
        reached.await.expect("somebody came to the door").unwrap();
    }

    /// How many requests have come that begin so.
    pub(super) fn count(&self) -> usize {
        self.state.seen.load(Ordering::SeqCst)
    }

    /// Lets what was held go on.
    pub(super) fn open(&self) {
        self.state.held.send_replace(Held::GoesOn);
    }

    /// Lets what was held be lost: whoever sent it was killed.
    pub(super) fn lose(&self) {
        self.state.held.send_replace(Held::IsLost);
    }
}

impl State {
    /// Whether this begins the request at which the door shuts.
    fn shuts_at(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(self.begins.as_bytes())
            && self.seen.fetch_add(1, Ordering::SeqCst) + 1 == self.nth
    }

    /// Waits for what becomes of what is held; whether it goes on.
    async fn goes_on(&self) -> bool {
        self.reached.send_replace(true);
        let mut held = self.held.subscribe();
        let held = held.wait_for(|held| *held != Held::Waits).await;
        held.is_ok_and(|held| *held == Held::GoesOn)
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        connections.spawn(pass(client, Arc::clone(&state)));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door is no part of the program: it stands before it"
)]
async fn pass(client: TcpStream, state: Arc<State>) {
    let Ok(service) = TcpStream::connect(("127.0.0.1", state.service)).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_service, to_service) = service.into_split();
    let shut = watch::Sender::new(false);
    let is_shut = shut.subscribe();
    tokio::select! {
        () = requests(from_client, to_service, &state, &shut) => (),
        () = answers(from_service, to_client, &state, is_shut) => (),
    }
}

/// Each request comes in a piece of its own, as the next is sent after the answer to the one before.
async fn requests(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    state: &State,
    shut: &watch::Sender<bool>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if state.shuts_at(&bytes[..count]) {
            match state.what {
                Shut::Request if !state.goes_on().await => return,
                Shut::Request => (),
                Shut::Answer => {
                    shut.send_replace(true);
                }
            }
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

async fn answers(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    state: &State,
    shut: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if *shut.borrow() && !state.goes_on().await {
            return;
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
