//! One connection, driven by whoever uses it.
//!
//! Nothing is left behind when an exchange is cut off, and no task outlives the runtime that it was spawned on.

use crate::failure::Fault;
use crate::http1::{AnswerHead, Http1, Kept, Outbound};
use crate::limit::Limits;
use crate::stream::{Stream, WireEnds};

pub(crate) struct Connection {
    http1: Http1<Stream>,
    pub(crate) ends: WireEnds,
    /// Whether it has served an exchange.
    pub(crate) reused: bool,
}

impl Connection {
    pub(crate) fn open(stream: Stream, ends: WireEnds) -> Self {
        Self {
            http1: Http1::new(stream),
            ends,
            reused: false,
        }
    }

    /// Whether a kept connection still stands.
    pub(crate) async fn still_stands(&mut self) -> bool {
        self.http1.is_idle() && self.http1.stream().still_stands().await
    }

    /// Whether it is ready for another exchange, and if so, gives back what it doesn't need until then.
    pub(crate) fn come_to_rest(&mut self) -> bool {
        self.http1.rest();
        self.http1.is_idle()
    }

    /// Sends the request and waits for the head of its answer.
    pub(crate) async fn send(&mut self, request: &Outbound) -> Result<AnswerHead, Fault> {
        self.http1.send(request).await
    }

    /// How many bytes of the present request have left.
    pub(crate) fn sent(&self) -> u64 {
        self.http1.sent()
    }

    /// Reads the body of the answer, within the limits.
    pub(crate) async fn read(&mut self, limits: &Limits) -> Result<Kept, Fault> {
        self.http1.read(limits).await
    }
}
