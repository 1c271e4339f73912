//! What parent and child tell each other: each message a frame of JSON.
//!
//! ```text
//! child                          parent
//!   Ready ───────────────────────▶          (then it may wait for minutes: it was made in advance)
//!         ◀────────── Order, document, roots  (the last two are frames of plain bytes)
//!   Dial ────────────────────────▶            as often as it needs a connection
//!         ◀──────────── Dialed with a socket, or NotDialed
//!   Kept ────────────────────────▶            as things happen
//!   Ended ───────────────────────▶            and both close
//! ```
//!
//! Both ends are the same program, so there is one version and no other is understood.

use std::net::SocketAddr;
use std::time::Duration;

use postern_egress::{Failure, FailureKind, Timings};
use serde::{Deserialize, Serialize};

use super::super::go::{Ended, Order};
use super::super::record::Kept;

/// The version of all this.
pub(crate) const VERSION: u32 = 2;

/// The largest frame from parent to child: a document may have 30 MiB.
pub(crate) const LARGEST_TO_CHILD: usize = 64 << 20;
/// The largest frame from child to parent.
pub(crate) const LARGEST_TO_PARENT: usize = 4 << 20;
/// The most that a child may tell in all.
pub(crate) const MOST_TO_PARENT: u64 = 64 << 20;
/// The most that it tells of what is kept: what is above is left out and counted.
pub(crate) const MOST_KEPT: usize = 48 << 20;

/// What the child tells.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ToParent {
    /// It may be given its order.
    Ready {
        version: u32,
        /// Which walls this kernel couldn't raise around it, each with the reason.
        missing: Vec<String>,
    },
    /// It needs a connection.
    Dial {
        id: u64,
        /// `host:port`.
        place: String,
        patience: Duration,
    },
    /// Something of the run that is kept.
    Kept(Kept),
    /// The run is over.
    Ended(Ended),
}

/// What the parent tells.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ToChild {
    /// What to run. Two frames follow: the document, and the roots to trust as frames within a frame.
    Order(Box<Order>),
    /// The connection; its socket comes with this frame.
    Dialed {
        id: u64,
        dns: Option<Duration>,
        connect: Option<Duration>,
    },
    /// There is no connection.
    NotDialed { id: u64, failure: Refused },
}

/// A failure to connect, as it crosses.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Refused {
    code: String,
    message: String,
    dns: Option<Duration>,
    connect: Option<Duration>,
    total: Duration,
    peer: Option<SocketAddr>,
}

impl From<&Failure> for Refused {
    fn from(failure: &Failure) -> Self {
        Self {
            code: failure.kind.code().to_owned(),
            message: failure.message.clone(),
            dns: failure.timings.dns,
            connect: failure.timings.connect,
            total: failure.timings.total,
            peer: failure.peer,
        }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self {
            kind: FailureKind::of_code(&refused.code).unwrap_or(FailureKind::ConnectFailed),
            message: refused.message,
            timings: Box::new(Timings {
                dns: refused.dns,
                connect: refused.connect,
                total: refused.total,
                ..Timings::default()
            }),
            peer: refused.peer,
            status: None,
            source: None,
        }
    }
}
