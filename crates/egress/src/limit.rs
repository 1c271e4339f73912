//! Limits on one exchange.

use std::time::Duration;

/// What one exchange may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most that all of it may take, from the look-up of the name to the last byte of the body.
    pub deadline: Duration,
    /// The most that each of look-up, connection and TLS handshake may take.
    pub connect: Duration,
    /// The most bytes of body that are read.
    pub max_body: usize,
    /// What to keep of the body, and what to do with one that is larger than `max_body`.
    pub keep: Keep,
    /// Whether the peer's certificate must be valid.
    pub verify_tls: bool,
}

/// What to keep of an answer's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All of it; a body larger than the limit is a failure.
    Whole,
    /// The first bytes; a body larger than the limit is cut off and marked as truncated.
    First(usize),
}

impl Limits {
    /// The limits of a webhook: 30 s in all, 64 KiB of answer read, 16 KiB kept.
    pub const WEBHOOK: Self = Self {
        deadline: Duration::from_secs(30),
        connect: Duration::from_secs(5),
        max_body: 64 * 1024,
        keep: Keep::First(16 * 1024),
        verify_tls: true,
    };

    /// The limits of a request whose answer is wanted whole: 5 min in all, 10 MiB of answer.
    pub const WHOLE: Self = Self {
        deadline: Duration::from_mins(5),
        connect: Duration::from_secs(30),
        max_body: 10 * 1024 * 1024,
        keep: Keep::Whole,
        verify_tls: true,
    };

    /// The same limits with another deadline.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How many bytes of body are kept.
    pub(crate) fn kept(&self) -> usize {
        match self.keep {
            Keep::Whole => self.max_body,
            Keep::First(bytes) => bytes.min(self.max_body),
        }
    }
}
