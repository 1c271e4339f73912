//! A request that was answered.

use std::net::SocketAddr;

use bytes::Bytes;

use crate::Timings;

/// An answer, and how it came about.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The status code.
    pub status: u16,
    /// The words behind it, as sent; empty where there were none.
    pub reason: String,
    /// `HTTP/2` or `HTTP/1.1`, as a rule; else the version that the answer names.
    pub version: &'static str,
    /// The answer's headers in the order and the letters that they came in.
    pub headers: Vec<(String, String)>,
    /// What was kept of the body.
    pub body: Bytes,
    /// How many bytes of body were read.
    pub body_bytes: u64,
    /// Whether the body was longer than what was read.
    pub truncated: bool,
    /// What of the request went over the wire.
    pub sent: WireSize,
    /// What of the answer came over the wire, without answers on the way to it (100, 103).
    pub received: WireSize,
    /// How long each phase took.
    pub timings: Timings,
    /// Who answered.
    pub peer: SocketAddr,
    /// From which of our addresses it was asked.
    pub local: SocketAddr,
    /// Whether the connection had served another exchange before.
    pub reused: bool,
}

/// How many bytes something had on the wire, TLS left aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WireSize {
    /// The first line and the headers, to the empty line; 0 with HTTP/2, whose heads are packed.
    pub head: u64,
    /// The body, with the sizes of its chunks where it comes in chunks.
    pub body: u64,
}

impl Exchange {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether the status is one of 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
