//! TLS: whom to trust, who to be, and what to say of those that aren't to be trusted.

mod anybody;
mod fault;
mod identity;
mod options;
mod verifier;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::sign::SingleCertAndKey;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use self::anybody::TrustAnybody;
use self::verifier::Verifier;
use crate::failure::{FailureKind, Fault};
use crate::version::Versions;

pub use self::fault::CertificateFault;
pub use self::identity::{ClientIdentity, InvalidIdentity};
pub use self::options::{ExtraRoots, TlsOptions};

/// A certificate, as DER.
pub type Certificate = CertificateDer<'static>;

/// A file of certificates that can't be read as such.
#[derive(Debug, thiserror::Error)]
#[error("failed to read certificates: {0}")]
pub struct InvalidCertificate(String);

/// Reads the certificates of a PEM file, for [`EgressConfig::extra_roots`](crate::EgressConfig::extra_roots) or
/// [`ExtraRoots`].
pub fn certificates_from_pem(pem: &[u8]) -> Result<Vec<Certificate>, InvalidCertificate> {
    let certificates = Certificate::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| InvalidCertificate(error.to_string()))?;
    if certificates.is_empty() {
        return Err(InvalidCertificate("there is none in it".to_owned()));
    }
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store
            .add(certificate.clone())
            .map_err(|error| InvalidCertificate(error.to_string()))?;
    }
    Ok(certificates)
}

/// Whom to trust.
#[derive(Debug)]
pub(crate) struct Roots {
    /// Whom the system trusts; `None`: look when it matters.
    pub(crate) system: Option<Vec<Certificate>>,
    /// Whom else.
    pub(crate) extra: Vec<Certificate>,
}

/// Makes TLS connectors, each configuration once and only when first needed: reading the system's roots takes a while,
/// and many never speak TLS.
#[derive(Debug)]
pub(crate) struct Tls {
    roots: Roots,
    store: OnceLock<RootCertStore>,
    made: Mutex<HashMap<Terms, Arc<ClientConfig>>>,
}

/// What makes one configuration different from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Terms {
    verify: bool,
    options: TlsOptions,
    versions: Versions,
}

/// How many configurations are remembered. A run has one or two; many more would be a new certificate for each request.
const REMEMBERED: usize = 32;

impl Tls {
    pub(crate) fn new(roots: Roots) -> Self {
        Self {
            roots,
            store: OnceLock::new(),
            made: Mutex::default(),
        }
    }

    pub(crate) fn connector(
        &self,
        verify: bool,
        options: &TlsOptions,
        versions: Versions,
    ) -> TlsConnector {
        let terms = Terms {
            verify,
            options: options.clone(),
            versions,
        };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains_key(&terms) && made.len() >= REMEMBERED {
            made.clear();
        }
        let config = match made.entry(terms) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => {
                let config = self.config(new.key());
                new.insert(config).clone()
            }
        };
        TlsConnector::from(config)
    }

    /// Whom the system trusts, whether it was told or is read now.
    pub(crate) fn system_roots(&self) -> Vec<Certificate> {
        match &self.roots.system {
            Some(system) => system.clone(),
            None => rustls_native_certs::load_native_certs().certs,
        }
    }

    fn config(&self, terms: &Terms) -> Arc<ClientConfig> {
        let verifier: Arc<dyn ServerCertVerifier> = if terms.verify {
            let mut roots = self.store.get_or_init(|| self.base()).clone();
            let extra = terms.options.roots.certificates();
            roots.add_parsable_certificates(extra.iter().cloned());
            let pinned = [&self.roots.extra, extra].concat();
            Arc::new(Verifier::new(roots, pinned))
        } else {
            Arc::new(TrustAnybody(provider()))
        };
        let builder = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("ring supports rustls's default versions")
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let mut config = match &terms.options.identity {
            Some(identity) => builder
                .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(identity.certified()))),
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = terms.versions.protocols();
        Arc::new(config)
    }

    /// Whom this way out trusts for every request.
    fn base(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        let (added, _) = roots.add_parsable_certificates(self.system_roots());
        if added == 0 {
            tracing::warn!(
                "the system has no root certificates: Mozilla's, built in, are used instead"
            );
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        roots.add_parsable_certificates(self.roots.extra.iter().cloned());
        roots
    }
}

fn provider() -> Arc<CryptoProvider> {
    static RING: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    RING.get_or_init(|| Arc::new(rustls::crypto::ring::default_provider()))
        .clone()
}

/// The TLS error inside an I/O error, if it is one.
pub(crate) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// What is wrong with the peer's certificate, if that is what the TLS error is about.
pub(crate) fn certificate_fault(error: &rustls::Error) -> Option<&CertificateFault> {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Other(other)) => other.0.downcast_ref(),
        _ => None,
    }
}

/// A failed handshake in words.
pub(crate) fn handshake_fault(host: &str, error: io::Error) -> Fault {
    let (kind, message) = match tls_error(&error) {
        Some(tls) if certificate_fault(tls).is_some() => {
            let why = certificate_fault(tls).map(ToString::to_string);
            let why = why.unwrap_or_default();
            (
                FailureKind::TlsCertificate,
                format!("the certificate of {host} is not accepted: {why}"),
            )
        }
        Some(rustls::Error::InvalidCertificate(why)) => (
            FailureKind::TlsCertificate,
            format!("the certificate of {host} is not accepted: {why}"),
        ),
        Some(rustls::Error::InvalidMessage(_)) => (
            FailureKind::TlsHandshake,
            format!("{host} does not speak TLS at this port"),
        ),
        Some(other) => ended(host, other),
        None => (
            FailureKind::TlsHandshake,
            format!("{host} closed the connection during the TLS handshake"),
        ),
    };
    Fault::new(kind, message).because(error)
}

/// TLS that the peer ended, in words. With TLS 1.3 a server looks at the client's certificate only when the client
/// takes the handshake for done, so this may come where an answer was waited for.
pub(crate) fn ended(host: &str, error: &rustls::Error) -> (FailureKind, String) {
    use rustls::AlertDescription as Alert;
    let rustls::Error::AlertReceived(alert) = error else {
        let message = format!("TLS with {host} failed: {error}");
        return (FailureKind::TlsHandshake, message);
    };
    let why = match alert {
        Alert::CertificateRequired => "wants a client certificate, and none was shown",
        Alert::UnknownCA => {
            "does not accept the client certificate: it does not know who signed it"
        }
        Alert::CertificateExpired => "does not accept the client certificate: it has expired",
        Alert::CertificateRevoked => "does not accept the client certificate: it has been revoked",
        Alert::BadCertificate | Alert::UnsupportedCertificate | Alert::CertificateUnknown => {
            "does not accept the client certificate"
        }
        Alert::NoApplicationProtocol => {
            let message = format!("{host} speaks no version of HTTP that the request allows");
            return (FailureKind::TlsHandshake, message);
        }
        other => {
            let message = format!("{host} ended TLS: {other:?}");
            return (FailureKind::TlsHandshake, message);
        }
    };
    (FailureKind::ClientCertificate, format!("{host} {why}"))
}
