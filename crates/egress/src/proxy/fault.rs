//! Proxies that don't lead where they were asked to.

use std::io;

/// What is wrong with a proxy, or what it has against the request. The sentence for people is the `Display`; newman's
/// own is [`node_words`](Self::node_words).
#[derive(Debug, thiserror::Error)]
pub enum ProxyFault {
    /// There is no connection to it.
    #[error("the proxy can't be reached: {0}")]
    Unreachable(String),
    /// An HTTP proxy refused the tunnel.
    #[error("the proxy refuses to lead to {place}: it answers {status} {reason}")]
    Refused {
        /// Where to.
        place: String,
        /// With which status.
        status: u16,
        /// With which words.
        reason: String,
    },
    /// A SOCKS proxy refused the connection, with a number of RFC 1928.
    #[error("the proxy refuses to lead to {place}: {}", socks_words(*.reply))]
    Rejected {
        /// Where to.
        place: String,
        /// The number.
        reply: u8,
    },
    /// It does not accept the credentials, or wants some and has none.
    #[error("the proxy does not accept the credentials, or wants some and was given none")]
    Credentials,
    /// SOCKS has no room for a host, a user or a password of that length.
    #[error("the proxy can't be asked: SOCKS takes nothing longer than 255 bytes")]
    TooLong,
    /// It does not speak as a proxy does.
    #[error("the proxy does not speak as one: {0}")]
    Speech(&'static str),
    /// It closed the connection, or the connection broke.
    #[error("the proxy closed the connection before it led anywhere")]
    Closed(#[source] io::Error),
    /// It took too long.
    #[error("the proxy took longer than {0} s to lead there")]
    Silent(f32),
}

impl ProxyFault {
    /// The message that newman prints, where it has one of its own for this.
    pub fn node_words(&self) -> Option<String> {
        match self {
            Self::Refused { status, .. } => Some(format!(
                "tunneling socket could not be established, statusCode={status}"
            )),
            Self::Rejected { reply, .. } => Some(format!(
                "Socks5 proxy rejected connection - {}",
                socks_name(*reply)
            )),
            Self::Credentials => Some("Socks5 Authentication failed".to_owned()),
            _ => None,
        }
    }
}

impl From<io::Error> for ProxyFault {
    fn from(error: io::Error) -> Self {
        Self::Closed(error)
    }
}

fn socks_words(reply: u8) -> &'static str {
    match reply {
        2 => "its rules do not allow it",
        3 => "the network can't be reached",
        4 => "the host can't be reached",
        5 => "nothing listens there",
        6 => "the connection takes too long",
        7 => "it does not know the command",
        8 => "it does not know that kind of address",
        _ => "it failed in general",
    }
}

fn socks_name(reply: u8) -> &'static str {
    match reply {
        2 => "NotAllowed",
        3 => "NetworkUnreachable",
        4 => "HostUnreachable",
        5 => "ConnectionRefused",
        6 => "TTLExpired",
        7 => "CommandNotSupported",
        8 => "AddressNotSupported",
        _ => "Failure",
    }
}
