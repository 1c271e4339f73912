//! The wire beneath hyper, and what it overhears.
//!
//! hyper gives an answer's headers in lower case and grouped by name; people who debug an API want to see what came.
//! So the wire keeps the bytes of the answer's head as they pass. It counts the bytes of the request as well: a
//! request may be sent again only if that count is nought.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::stream::Stream;

/// The most bytes of head that an answer may have.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// The most headers that an answer may have.
pub(crate) const MAX_HEADERS: usize = 256;

/// A connection, plain or TLS, that overhears.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: Stream,
    overheard: Arc<Mutex<Overheard>>,
}

/// What passed since the present request began.
#[derive(Debug, Default)]
pub(crate) struct Overheard {
    /// How many bytes went out.
    pub(crate) written: u64,
    head: Vec<u8>,
    line: usize,
    complete: bool,
}

/// The overhearing side of a wire, for whoever holds the connection.
#[derive(Debug, Clone)]
pub(crate) struct Ear(Arc<Mutex<Overheard>>);

impl Ear {
    pub(crate) fn listen(&self) -> MutexGuard<'_, Overheard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire {
    pub(crate) fn over(stream: Stream) -> Self {
        Self {
            stream,
            overheard: Arc::default(),
        }
    }

    pub(crate) fn ear(&self) -> Ear {
        Ear(self.overheard.clone())
    }
}

impl Overheard {
    /// Forgets the request before.
    pub(crate) fn begin(&mut self) {
        *self = Self::default();
    }

    /// The headers of the answer as they came; `None` if its head has not passed whole.
    pub(crate) fn headers(&self) -> Option<Vec<(String, String)>> {
        if !self.complete {
            return None;
        }
        let mut slots = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut slots);
        let config = httparse::ParserConfig::default();
        config.parse_response(&mut response, &self.head).ok()?;
        let headers = response.headers.iter();
        Some(
            headers
                .map(|header| (header.name.to_owned(), text(header.value)))
                .collect(),
        )
    }

    fn hear(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.complete || self.head.len() > MAX_HEAD {
                return;
            }
            self.head.push(byte);
            match byte {
                b'\r' => {}
                b'\n' if self.line == 0 => self.end_of_head(),
                b'\n' => self.line = 0,
                _ => self.line += 1,
            }
        }
    }

    fn end_of_head(&mut self) {
        // An empty line before the status line is none of it, and interim answers (100, 103) are not the answer.
        let status = self.head.get(9..12).unwrap_or_default();
        let interim = status.first() == Some(&b'1') && status != b"101";
        if interim || self.head.len() <= 2 {
            self.head.clear();
        } else {
            self.complete = true;
        }
    }
}

/// A header's value as text: UTF-8 where it is, else each byte the character of its number, as browsers do.
pub(crate) fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|&byte| char::from(byte)).collect(),
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, overheard } = self.get_mut();
        let before = buf.filled().len();
        let read = Pin::new(stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            let mut overheard = overheard.lock().unwrap_or_else(PoisonError::into_inner);
            overheard.hear(&buf.filled()[before..]);
        }
        read
    }
}

impl Wire {
    fn count(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = written {
            let mut overheard = self
                .overheard
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            overheard.written += bytes as u64;
        }
        written
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let written = Pin::new(&mut wire.stream).poll_write(cx, buf);
        wire.count(written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let written = Pin::new(&mut wire.stream).poll_write_vectored(cx, bufs);
        wire.count(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pieces: &[&str]) -> Option<Vec<(String, String)>> {
        let mut overheard = Overheard::default();
        for piece in pieces {
            overheard.hear(piece.as_bytes());
        }
        overheard.headers()
    }

    #[test]
    fn headers_keep_their_case_and_order_however_they_arrive() {
        let whole = "HTTP/1.1 200 OK\r\nX-Two: 2\r\nset-COOKIE: a\r\nx-one: 1\r\nSet-Cookie: b\r\n\r\nbody\r\n\r\n";
        let expected = [
            ("X-Two", "2"),
            ("set-COOKIE", "a"),
            ("x-one", "1"),
            ("Set-Cookie", "b"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        assert_eq!(heard(&[whole]), Some(expected.clone()));
        let bytes: Vec<String> = whole.chars().map(|c| c.to_string()).collect();
        let bytes: Vec<&str> = bytes.iter().map(String::as_str).collect();
        assert_eq!(heard(&bytes), Some(expected));
    }

    #[test]
    fn interim_answers_are_not_the_answer() {
        let headers = heard(&[
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\nA: b\r\n\r\n",
        ]);
        assert_eq!(headers, Some(vec![("A".to_owned(), "b".to_owned())]));
        assert_eq!(heard(&["HTTP/1.1 200 OK\r\nA: b\r\n"]), None);
    }
}
