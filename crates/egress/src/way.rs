//! How a request gets to where it goes.

use crate::tls::TlsOptions;

/// How a request gets to where it goes: what it wants of TLS. Two requests share a connection only if their ways are the
/// same. Clones are cheap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Way {
    /// What it wants of TLS.
    pub tls: TlsOptions,
}
