//! What has arrived and was not read yet.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

/// What an ordinary answer fits in.
const SMALL: usize = 8 * 1024;
/// What a long body is read by.
const LARGE: usize = 64 * 1024;

/// A connection's buffer. It lives as long as the connection does and grows where answers are long.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    from: usize,
    to: usize,
}

impl Buffer {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            from: 0,
            to: 0,
        }
    }

    /// What has arrived and was not read yet.
    pub(super) fn unread(&self) -> &[u8] {
        &self.bytes[self.from..self.to]
    }

    /// Takes so many bytes as read.
    pub(super) fn consume(&mut self, count: usize) {
        self.from += count;
        if self.from == self.to {
            (self.from, self.to) = (0, 0);
        }
    }

    /// Reads what there is behind what is there; 0 means that nothing will come any more.
    pub(super) fn poll_fill(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        self.make_room();
        let mut room = ReadBuf::new(&mut self.bytes[self.to..]);
        ready!(Pin::new(stream).poll_read(cx, &mut room))?;
        let count = room.filled().len();
        self.to += count;
        Poll::Ready(Ok(count))
    }

    fn make_room(&mut self) {
        if self.to < self.bytes.len() {
            return;
        }
        if self.from > 0 {
            self.bytes.copy_within(self.from..self.to, 0);
            (self.from, self.to) = (0, self.to - self.from);
            return;
        }
        // A line that has filled all of it has room to grow: whoever reads lines limits how long they may be.
        let size = match self.bytes.len() {
            0 => SMALL,
            size if size < LARGE => LARGE,
            size => size * 2,
        };
        self.bytes.resize(size, 0);
    }

    /// Gives back what only a long answer needed.
    pub(super) fn rest(&mut self) {
        if self.bytes.len() > SMALL && self.from == self.to {
            *self = Self::new();
        }
    }
}
