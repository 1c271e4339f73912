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
    /// `HTTP/2`, `HTTP/1.1` or `HTTP/1.0`.
    pub version: &'static str,
    /// The answer's headers in the order and the letters that they came in.
    pub headers: Vec<(String, String)>,
    /// What was kept of the body.
    pub body: Bytes,
    /// How many bytes of body were read.
    pub body_bytes: u64,
    /// Whether the body was longer than what was read.
    pub truncated: bool,
    /// How long each phase took.
    pub timings: Timings,
    /// Who answered.
    pub peer: SocketAddr,
    /// From which of our addresses it was asked.
    pub local: SocketAddr,
    /// Whether the connection had served another exchange before.
    pub reused: bool,
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
