//! How a request gets to where it goes.

use crate::proxy::Proxy;
use crate::tls::TlsOptions;

/// How a request gets to where it goes: through which proxy, and what it wants of TLS. Two requests share a connection only if their ways are the
/// same. Clones are cheap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Way {
    /// The proxy that it goes through; see [`ProxyEnvironment`](crate::ProxyEnvironment) for how the environment names one.
    pub proxy: Option<Proxy>,
    /// What it wants of TLS.
    pub tls: TlsOptions,
}
