//! What one request wants of TLS, beyond what its way out gives to all.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Certificate;
use super::identity::ClientIdentity;

/// What one request wants of TLS. Whether the peer is verified at all is a matter of
/// [`Limits::verify_tls`](crate::Limits::verify_tls).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TlsOptions {
    /// Whom to trust besides those that the way out trusts.
    pub roots: ExtraRoots,
    /// Who to be if the server asks.
    pub identity: Option<ClientIdentity>,
}

/// Certificates to trust besides the others. Clones share them, and comparing two is cheap.
#[derive(Debug, Clone, Default)]
pub struct ExtraRoots {
    certificates: Arc<[Certificate]>,
    hash: u64,
}

impl ExtraRoots {
    /// These certificates; see [`certificates_from_pem`](crate::certificates_from_pem).
    pub fn new(certificates: Vec<Certificate>) -> Self {
        if certificates.is_empty() {
            return Self::default();
        }
        let mut hasher = DefaultHasher::new();
        certificates.hash(&mut hasher);
        Self {
            certificates: certificates.into(),
            hash: hasher.finish(),
        }
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }
}

impl PartialEq for ExtraRoots {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
            && (Arc::ptr_eq(&self.certificates, &other.certificates)
                || self.certificates == other.certificates)
    }
}

impl Eq for ExtraRoots {}

impl Hash for ExtraRoots {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}
