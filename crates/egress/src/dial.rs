//! Opening connections, apart from what is said over them.
//!
//! Usually a way out opens its connections itself. A process that may open no sockets (a monitor's run has one) is
//! given a [`Dial`] that asks another process for them: that one looks the name up, vets the addresses and hands the
//! connected socket over. So the policy is kept by who can't be talked into anything by a script.

use std::fmt;
use std::net::TcpStream;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use url::Host;

use crate::Failure;

/// What opens TCP connections on behalf of a way out.
pub trait Dial: Send + Sync + fmt::Debug + 'static {
    /// Connects to the place. Look-up and connection may each take as long as the patience lasts.
    fn dial(&self, place: Place, patience: Duration) -> Dialing<'_>;
}

/// A connection that is being opened.
pub type Dialing<'a> = Pin<Box<dyn Future<Output = Result<Dialed, Failure>> + Send + 'a>>;

/// A connection that was opened.
#[derive(Debug)]
pub struct Dialed {
    /// The connection; it doesn't block.
    pub stream: TcpStream,
    /// How long the look-up took; `None` for an address.
    pub dns: Option<Duration>,
    /// How long connecting took.
    pub connect: Option<Duration>,
}

/// Where to connect to: a host and a port, written `host:port`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    pub(crate) host: Host<String>,
    pub(crate) port: u16,
}

/// A text that names no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a host and a port, such as example.com:443 or [::1]:80")]
pub struct InvalidPlace;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl FromStr for Place {
    type Err = InvalidPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = text.rsplit_once(':').ok_or(InvalidPlace)?;
        Ok(Self {
            host: Host::parse(host).map_err(|_| InvalidPlace)?,
            port: port.parse().map_err(|_| InvalidPlace)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for text in ["example.com:443", "127.0.0.1:80", "[2001:db8::1]:8080"] {
            assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
        }
        for text in ["", "example.com", ":80", "example.com:", "a:70000", "a b:1"] {
            assert_eq!(text.parse::<Place>(), Err(InvalidPlace), "{text:?}");
        }
    }
}
