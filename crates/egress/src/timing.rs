//! How long each phase of an exchange took.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::Instant;

/// How long each phase took; `None` where a phase did not happen or did not end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Looking up the name; `None` for an address or on a connection that was kept.
    pub dns: Option<Duration>,
    /// Connecting.
    pub connect: Option<Duration>,
    /// The TLS handshake.
    pub tls: Option<Duration>,
    /// From the request handed to the connection until the answer's head was there.
    pub first_byte: Option<Duration>,
    /// All of it, the body included.
    pub total: Duration,
}

/// What an exchange was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Looking up the name.
    Dns,
    /// Connecting.
    Connect,
    /// Shaking hands.
    Tls,
    /// Sending the request and waiting for the answer's head.
    FirstByte,
    /// Reading the answer's body.
    Body,
}

/// What is known so far about an exchange under way. It lives outside the future that does the work, so that it
/// still tells how far things had come when the deadline cuts that future off.
#[derive(Debug)]
pub(crate) struct Progress {
    began: Instant,
    phase_began: Instant,
    pub(crate) phase: Phase,
    pub(crate) timings: Timings,
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) status: Option<u16>,
}

impl Progress {
    pub(crate) fn start(now: Instant) -> Self {
        Self {
            began: now,
            phase_began: now,
            phase: Phase::Dns,
            timings: Timings::default(),
            peer: None,
            status: None,
        }
    }

    pub(crate) fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.phase_began = Instant::now();
    }

    /// Notes that the present phase has ended.
    pub(crate) fn leave(&mut self) {
        let took = Some(self.phase_began.elapsed());
        match self.phase {
            Phase::Dns => self.timings.dns = took,
            Phase::Connect => self.timings.connect = took,
            Phase::Tls => self.timings.tls = took,
            Phase::FirstByte => self.timings.first_byte = took,
            // The body's share is what the total has beyond the others.
            Phase::Body => {}
        }
    }

    /// Forgets what a connection that turned out to be dead had measured.
    pub(crate) fn start_over(&mut self) {
        self.timings = Timings::default();
        self.peer = None;
    }

    pub(crate) fn finish(&mut self) -> Timings {
        self.timings.total = self.began.elapsed();
        self.timings
    }
}
