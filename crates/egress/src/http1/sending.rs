//! What still has to go out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use tokio::io::AsyncWrite;

use super::outbound::Outbound;

/// The most that the first write carries. It is what fits in one TLS record: a stream that refuses it has let out at most a
/// part of a record, of which the peer can read nothing. So a request of which nothing was accepted has not been seen.
const FIRST: usize = 16 * 1024;

/// A request on its way out: the head and the beginning of the body as one piece, then the rest of the body.
#[derive(Default)]
pub(super) struct Sending {
    first: Vec<u8>,
    first_sent: usize,
    rest: Bytes,
    sent: u64,
    flushed: bool,
    /// Why nothing more goes out.
    failure: Option<io::Error>,
}

impl Sending {
    pub(super) fn begin(&mut self, request: &Outbound) {
        let inline = FIRST
            .saturating_sub(request.head.len())
            .min(request.body.len());
        self.first.clear();
        self.first.extend_from_slice(&request.head);
        self.first.extend_from_slice(&request.body[..inline]);
        self.first_sent = 0;
        self.rest = request.body.slice(inline..);
        self.sent = 0;
        self.flushed = false;
        self.failure = None;
    }

    /// How many bytes of the request have gone out.
    pub(super) fn sent(&self) -> u64 {
        self.sent
    }

    /// Whether all of it has gone out.
    pub(super) fn is_done(&self) -> bool {
        self.flushed
    }

    /// Why the rest will not go out, if it won't.
    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Sends as much as goes.
    pub(super) fn poll(&mut self, stream: &mut (impl AsyncWrite + Unpin), cx: &mut Context<'_>) {
        if self.flushed || self.failure.is_some() {
            return;
        }
        if let Poll::Ready(Err(error)) = self.poll_send(stream, cx) {
            self.failure = Some(error);
        }
    }

    fn poll_send(
        &mut self,
        stream: &mut (impl AsyncWrite + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let first = &self.first[self.first_sent..];
            let piece = if first.is_empty() { &self.rest } else { first };
            if piece.is_empty() {
                break;
            }
            let end = piece
                .len()
                .min(if self.sent == 0 { FIRST } else { usize::MAX });
            let count = std::task::ready!(Pin::new(&mut *stream).poll_write(cx, &piece[..end]))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.sent += count as u64;
            if first.is_empty() {
                self.rest.advance(count);
            } else {
                self.first_sent += count;
            }
        }
        std::task::ready!(Pin::new(stream).poll_flush(cx))?;
        self.flushed = true;
        Poll::Ready(Ok(()))
    }
}
