//! Versions of HTTP.

use std::str::FromStr;

/// The versions of HTTP that a request may go out in, as Postman's `protocolVersion` names them. Only `https` has a
/// choice: `http` is HTTP/1.1 always, as with newman.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Versions {
    /// HTTP/1.1, written `http1`. newman sends so whatever the collection says.
    #[default]
    Http1,
    /// HTTP/2, and nothing if the server does not speak it; written `http2`.
    Http2,
    /// HTTP/2 where the server speaks it, else HTTP/1.1; written `auto`.
    Auto,
}

/// A word that is no choice of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected http1, http2 or auto")]
pub struct UnknownVersions;

impl FromStr for Versions {
    type Err = UnknownVersions;

    fn from_str(text: &str) -> Result<Self, UnknownVersions> {
        match text {
            "http1" => Ok(Self::Http1),
            "http2" => Ok(Self::Http2),
            "auto" => Ok(Self::Auto),
            _ => Err(UnknownVersions),
        }
    }
}

impl Versions {
    /// What TLS offers, the best first.
    pub(crate) fn protocols(self) -> Vec<Vec<u8>> {
        let names: &[&str] = match self {
            Self::Http1 => &["http/1.1"],
            Self::Http2 => &["h2"],
            Self::Auto => &["h2", "http/1.1"],
        };
        names.iter().map(|name| name.as_bytes().to_vec()).collect()
    }
}
