//! How a request gets to where it goes.

use crate::proxy::Proxy;
use crate::tls::TlsOptions;
use crate::version::Versions;

/// How a request gets to where it goes: through which proxy, what it wants of TLS, and in
/// which versions of HTTP. Two requests share a connection only if their ways are the
/// same. Clones are cheap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Way {
    /// The proxy that it goes through; see [`ProxyEnvironment`](crate::ProxyEnvironment) for how the environment names one.
    pub proxy: Option<Proxy>,
    /// What it wants of TLS.
    pub tls: TlsOptions,
    /// The versions of HTTP that may be spoken.
    pub versions: Versions,
}
