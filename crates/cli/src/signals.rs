//! Signals that ask the program to stop.

use std::future::Future;

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;

/// SIGTERM and SIGINT, from the moment of [`Signals::listen`] on.
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Listens: from now on the signals end nothing by themselves.
    pub(crate) fn listen() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("listen to signals");
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next one, and gives its name.
    pub(crate) async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

/// Does something that ends well when its token is cancelled, and cancels it at the first signal; the second one ends it at
/// once.
pub(crate) async fn until_stopped<F, Done>(work: F) -> anyhow::Result<Exit>
where
    F: FnOnce(CancellationToken) -> Done,
    Done: Future<Output = anyhow::Result<Exit>>,
{
    let mut signals = Signals::listen()?;
    let stop = CancellationToken::new();
    let twice = async {
        signals.next().await;
        stop.cancel();
        signals.next().await;
    };
    tokio::select! {
        exit = work(stop.clone()) => exit,
        () = twice => Ok(Exit::Interrupted),
    }
}
