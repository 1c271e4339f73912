//! HTTP/1.1 as a client speaks it, over any stream.
//!
//! It is our own so that a request's headers go out as they were typed, an answer's come back as they were sent, and
//! every byte is counted. The parts know no socket and wait for nothing: `outbound` writes a request down, `head`,
//! `framing` and `chunks` read an answer from whatever bytes have come. Here they meet the stream.
//!
//! Sending and reading go on side by side: a peer may answer before it has read the whole request.

mod buffer;
mod chunks;
mod framing;
mod grammar;
mod head;
mod outbound;
mod sending;

use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};

use self::buffer::Buffer;
use self::framing::{Body, FramingError, keeps_alive};
pub(crate) use self::head::AnswerHead;
use self::head::{HeadError, HeadReader};
pub(crate) use self::outbound::Outbound;
use self::sending::Sending;
use crate::failure::{FailureKind, Fault};
use crate::limit::{Keep, Limits};
use crate::tls::{ended, tls_error};

/// The most that is set aside for a body before any of it has come.
const TRUST: u64 = 256 * 1024;

/// One connection. It serves one exchange after another: [`Http1::send`], then [`Http1::read`], and another one if it
/// [is idle](Http1::is_idle) then.
pub(crate) struct Http1<S> {
    stream: S,
    buffer: Buffer,
    sending: Sending,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Ready for a request.
    Idle,
    /// A request is under way, or was cut off.
    Busy,
    /// The head of the answer has come.
    Body { body: Body, keep: bool },
}

/// A body as far as it was read and kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) body: Bytes,
    /// How many bytes of body were read.
    pub(crate) bytes: u64,
    /// How many bytes they were on the wire.
    pub(crate) wire_bytes: u64,
    pub(crate) truncated: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Http1<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            buffer: Buffer::new(),
            sending: Sending::default(),
            state: State::Idle,
        }
    }

    /// What it speaks over.
    pub(crate) fn stream(&mut self) -> &mut S {
        &mut self.stream
    }

    /// Whether it is ready for another exchange: the last one has ended, all of it, and nothing came behind it.
    pub(crate) fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle) && self.buffer.unread().is_empty()
    }

    /// How many bytes of the present request have left.
    pub(crate) fn sent(&self) -> u64 {
        self.sending.sent()
    }

    /// Gives back memory that it doesn't need while it waits for its next exchange.
    pub(crate) fn rest(&mut self) {
        self.buffer.rest();
    }

    /// Sends the request and waits for the head of its answer.
    pub(crate) async fn send(&mut self, request: &Outbound) -> Result<AnswerHead, Fault> {
        self.state = State::Busy;
        self.sending.begin(request);
        let mut reader = HeadReader::default();
        let head = loop {
            let (used, head) = reader.read(self.buffer.unread()).map_err(head_fault)?;
            self.buffer.consume(used);
            if let Some(head) = head {
                break head;
            }
            if self.more().await? == 0 {
                return Err(self.closed());
            }
        };
        let body = Body::of(&head, request.asks_for_head).map_err(framing_fault)?;
        let keep = keeps_alive(&head) && !request.asks_to_close;
        self.state = State::Body { body, keep };
        Ok(head)
    }

    /// Reads the body of the answer, within the limits.
    pub(crate) async fn read(&mut self, limits: &Limits) -> Result<Kept, Fault> {
        let State::Body { mut body, keep } = std::mem::replace(&mut self.state, State::Busy) else {
            return Err(self.closed());
        };
        if limits.keep == Keep::Whole && body.length().is_some_and(|it| it > limits.max_body as u64)
        {
            return Err(too_large(limits));
        }
        let until_close = matches!(body, Body::UntilClose);
        let room = body.length().unwrap_or(0).min(limits.kept() as u64);
        let mut kept = Vec::with_capacity(usize::try_from(room.min(TRUST)).unwrap_or(0));
        let (mut bytes, mut wire_bytes) = (0, 0);
        let truncated = loop {
            let step = body.step(self.buffer.unread()).map_err(framing_fault)?;
            let within = step.data.len().min(limits.max_body - bytes);
            let room = limits.kept().saturating_sub(kept.len());
            kept.extend_from_slice(&step.data[..within.min(room)]);
            bytes += within;
            let truncated = within < step.data.len();
            let (used, ended) = (step.used, step.ended);
            self.buffer.consume(used);
            wire_bytes += used as u64;
            if truncated {
                break true;
            }
            if ended {
                if keep && self.sending.is_done() {
                    self.state = State::Idle;
                }
                break false;
            }
            if used == 0 && self.more().await? == 0 {
                if until_close {
                    break false;
                }
                return Err(self.closed());
            }
        };
        if truncated && limits.keep == Keep::Whole {
            return Err(too_large(limits));
        }
        Ok(Kept {
            body: kept.into(),
            bytes: bytes as u64,
            wire_bytes,
            truncated,
        })
    }

    /// Sends on and waits until something has arrived; 0 means that nothing will any more.
    async fn more(&mut self) -> Result<usize, Fault> {
        match poll_fn(|cx| self.poll_more(cx)).await {
            Ok(count) => Ok(count),
            // TLS that ends without saying so is an end like any other, as it is to Node: a body of a known length is
            // checked against that.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
            Err(error) => Err(io_fault(error)),
        }
    }

    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.sending.poll(&mut self.stream, cx);
        // What the peer said before it stopped listening may be the answer: only a request that nobody can have seen
        // fails at once.
        if self.sending.sent() == 0
            && let Some(error) = self.sending.take_failure()
        {
            return Poll::Ready(Err(error));
        }
        self.buffer.poll_fill(&mut self.stream, cx)
    }

    /// The peer ended the connection where it should not have.
    fn closed(&mut self) -> Fault {
        match self.sending.take_failure() {
            Some(error) => io_fault(error),
            None => io_fault(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

fn too_large(limits: &Limits) -> Fault {
    Fault::new(
        FailureKind::BodyTooLarge,
        format!("the answer's body is larger than {} bytes", limits.max_body),
    )
}

fn head_fault(error: HeadError) -> Fault {
    let kind = match error {
        HeadError::TooLarge => FailureKind::HeadTooLarge,
        _ => FailureKind::InvalidAnswer,
    };
    Fault::new(kind, format!("the answer can't be read: {error}")).because(error)
}

fn framing_fault(error: FramingError) -> Fault {
    Fault::new(
        FailureKind::InvalidAnswer,
        format!("the answer can't be read: {error}"),
    )
    .because(error)
}

fn io_fault(error: io::Error) -> Fault {
    if let Some(tls) = tls_error(&error) {
        let (kind, message) = ended("the peer", tls);
        return Fault::new(kind, message).because(error);
    }
    Fault::new(
        FailureKind::ConnectionClosed,
        "the peer closed the connection before its answer was whole",
    )
    .because(error)
}

#[cfg(test)]
mod tests;
