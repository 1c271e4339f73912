//! Exchanges that came to no answer.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use crate::Timings;
use crate::proxy::ProxyFault;
use crate::tls::{CertificateFault, certificate_fault, tls_error};

/// Why there is no answer, and how far things had come.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The failure in words, as a lower-case fragment.
    pub message: String,
    /// The phases that had ended until then, and the time in all.
    pub timings: Box<Timings>,
    /// Whom it was connected to.
    pub peer: Option<SocketAddr>,
    /// The status, where the answer's head had come and the body had not.
    pub status: Option<u16>,
    /// What lies beneath.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// What is wrong with the peer's certificate, if that is why there is no answer.
    pub fn certificate(&self) -> Option<&CertificateFault> {
        let error = self.source.as_ref()?.downcast_ref::<std::io::Error>()?;
        certificate_fault(tls_error(error)?)
    }

    /// What is wrong with the proxy, if that is why there is no answer.
    pub fn proxy(&self) -> Option<&ProxyFault> {
        self.source.as_ref()?.downcast_ref()
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal;)+) => {
        /// What kind of failure it is: a closed list with a stable code for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FailureKind { $($(#[$doc])* $variant),+ }

        impl FailureKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The kind of that code.
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }
    };
}

kinds! {
    /// The URL is not one that can be asked.
    InvalidUrl = "invalid_url";
    /// The method or a header can't be sent.
    InvalidRequest = "invalid_request";
    /// The name has no address.
    DnsNotFound = "dns_not_found";
    /// The name could not be looked up.
    DnsFailed = "dns_failed";
    /// The look-up took too long.
    DnsTimeout = "dns_timeout";
    /// The address policy refuses an address of the name.
    AddressForbidden = "address_forbidden";
    /// Nothing listens there.
    ConnectRefused = "connect_refused";
    /// The connection took too long.
    ConnectTimeout = "connect_timeout";
    /// The address can't be reached.
    ConnectFailed = "connect_failed";
    /// The proxy does not lead there.
    ProxyFailed = "proxy_failed";
    /// The peer's certificate is not accepted.
    TlsCertificate = "tls_certificate";
    /// The peer does not accept the certificate that it was shown, or wants one and was shown none.
    ClientCertificate = "client_certificate";
    /// The TLS handshake failed for another reason.
    TlsHandshake = "tls_handshake";
    /// The TLS handshake took too long.
    TlsTimeout = "tls_timeout";
    /// The peer closed the connection before its answer was whole. Whether it did what was asked is not known.
    ConnectionClosed = "connection_closed";
    /// The answer's head is larger than is read.
    HeadTooLarge = "head_too_large";
    /// The answer's body is larger than is read.
    BodyTooLarge = "body_too_large";
    /// The answer is not HTTP/1.
    InvalidAnswer = "invalid_answer";
    /// The deadline passed. Whether the peer did what was asked is not known.
    Timeout = "timeout";
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A failure as the inner rooms tell it; the client adds how far things had come.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: FailureKind,
    pub(crate) message: String,
    pub(crate) source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}
