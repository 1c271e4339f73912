//! One HTTP/1.1 connection, driven by whoever uses it.
//!
//! hyper splits a client connection into a handle and a future that does the work, and expects the future on a task of
//! its own. Here the two stay together: an exchange polls both. So nothing is left behind when an exchange is cut
//! off, and no task outlives the runtime that it was spawned on.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use crate::failure::{FailureKind, Fault};
use crate::head::{Ear, MAX_HEAD, MAX_HEADERS, Wire};
use crate::limit::{Keep, Limits};
use crate::stream::{Stream, WireEnds};
use crate::tls::{ended, tls_error};

type Payload = Full<Bytes>;
type Driver = Pin<Box<http1::Connection<TokioIo<Wire>, Payload>>>;

pub(crate) struct Connection {
    sender: http1::SendRequest<Payload>,
    driver: Option<Driver>,
    pub(crate) ear: Ear,
    pub(crate) ends: WireEnds,
    /// Whether it has served an exchange.
    pub(crate) reused: bool,
}

/// A body as far as it was read and kept.
pub(crate) struct Kept {
    pub(crate) body: Bytes,
    pub(crate) bytes: u64,
    pub(crate) truncated: bool,
}

impl Connection {
    pub(crate) async fn open(stream: Stream, ends: WireEnds) -> Result<Self, Fault> {
        let wire = Wire::over(stream);
        let ear = wire.ear();
        let (sender, driver) = http1::Builder::new()
            .max_headers(MAX_HEADERS)
            .max_header_size(MAX_HEAD)
            .handshake(TokioIo::new(wire))
            .await
            .map_err(fault)?;
        Ok(Self {
            sender,
            driver: Some(Box::pin(driver)),
            ear,
            ends,
            reused: false,
        })
    }

    /// Whether a kept connection still stands. Yielding lets the runtime see a close that has already arrived.
    pub(crate) async fn still_stands(&mut self) -> bool {
        tokio::task::yield_now().await;
        self.is_idle().await
    }

    /// Whether it is ready for another exchange.
    pub(crate) async fn is_idle(&mut self) -> bool {
        poll_fn(|cx| {
            self.drive(cx);
            Poll::Ready(self.driver.is_some() && self.sender.is_ready())
        })
        .await
    }

    /// Sends the request and waits for the head of its answer.
    pub(crate) async fn send(
        &mut self,
        request: Request<Payload>,
    ) -> Result<Response<Incoming>, Fault> {
        self.ear.listen().begin();
        let mut answer = pin!(self.sender.send_request(request));
        let driver = &mut self.driver;
        poll_fn(|cx| {
            drive(driver, cx);
            answer.as_mut().poll(cx)
        })
        .await
        .map_err(fault)
    }

    /// Whether no byte of the present request has left.
    pub(crate) fn nothing_was_sent(&self) -> bool {
        self.ear.listen().written == 0
    }

    /// Reads the body within the limits.
    pub(crate) async fn read(
        &mut self,
        body: &mut Incoming,
        limits: &Limits,
    ) -> Result<Kept, Fault> {
        let mut kept = BytesMut::new();
        let mut bytes = 0;
        loop {
            let frame = poll_fn(|cx| {
                self.drive(cx);
                Pin::new(&mut *body).poll_frame(cx)
            });
            let Some(frame) = frame.await else { break };
            // Trailers are of no use to anybody yet.
            let Ok(data) = frame.map_err(fault)?.into_data() else {
                continue;
            };
            let wanted = limits.max_body - bytes;
            let within = data.len().min(wanted);
            bytes += within;
            let room = limits.kept().saturating_sub(kept.len());
            kept.extend_from_slice(&data[..within.min(room)]);
            if data.len() > wanted {
                return match limits.keep {
                    Keep::First(_) => Ok(Kept {
                        body: kept.freeze(),
                        bytes: bytes as u64,
                        truncated: true,
                    }),
                    Keep::Whole => Err(Fault::new(
                        FailureKind::BodyTooLarge,
                        format!("the answer's body is larger than {} bytes", limits.max_body),
                    )),
                };
            }
        }
        Ok(Kept {
            body: kept.freeze(),
            bytes: bytes as u64,
            truncated: false,
        })
    }

    fn drive(&mut self, cx: &mut Context<'_>) {
        drive(&mut self.driver, cx);
    }
}

/// Polls the driver until it is done. Its error needs no ear of its own: hyper hands it to the exchange as well.
fn drive(driver: &mut Option<Driver>, cx: &mut Context<'_>) {
    if let Some(running) = driver
        && running.as_mut().poll(cx).is_ready()
    {
        *driver = None;
    }
}

/// What hyper says, in our words.
fn fault(error: hyper::Error) -> Fault {
    let io = source_of::<std::io::Error>(&error);
    let (kind, message) = if error.is_parse_too_large() {
        (
            FailureKind::HeadTooLarge,
            format!(
                "the answer's headers are more than {MAX_HEADERS} or larger than {MAX_HEAD} bytes"
            ),
        )
    } else if error.is_parse_version_h2() {
        (
            FailureKind::InvalidAnswer,
            "the answer is HTTP/2, which was not asked for".to_owned(),
        )
    } else if error.is_parse() || error.is_parse_status() {
        (
            FailureKind::InvalidAnswer,
            format!("the answer is not HTTP/1: {error}"),
        )
    } else if error.is_user() {
        (
            FailureKind::InvalidRequest,
            format!("the request can't be sent: {error}"),
        )
    } else if let Some(tls) = io.and_then(tls_error) {
        ended("the peer", tls)
    } else if io.is_some_and(|io| {
        matches!(
            io.kind(),
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput
        )
    }) {
        (
            FailureKind::InvalidAnswer,
            "the answer's body is not well framed".to_owned(),
        )
    } else {
        (
            FailureKind::ConnectionClosed,
            "the peer closed the connection before its answer was whole".to_owned(),
        )
    };
    Fault::new(kind, message).because(error)
}

fn source_of<'a, E: std::error::Error + 'static>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a E> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}
