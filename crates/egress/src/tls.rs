//! TLS: whom to trust, and what to say of those that aren't to be.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use tokio_rustls::TlsConnector;

use crate::failure::{FailureKind, Fault};

/// A certificate, as DER.
pub type Certificate = CertificateDer<'static>;

/// A file of certificates that can't be read as such.
#[derive(Debug, thiserror::Error)]
#[error("failed to read certificates: {0}")]
pub struct InvalidCertificate(String);

/// Reads the certificates of a PEM file, for [`EgressConfig::extra_roots`](crate::EgressConfig::extra_roots).
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
    strict: OnceLock<Arc<ClientConfig>>,
    lax: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(crate) fn new(roots: Roots) -> Self {
        Self {
            roots,
            strict: OnceLock::new(),
            lax: OnceLock::new(),
        }
    }

    pub(crate) fn connector(&self, verify: bool) -> TlsConnector {
        let config = if verify {
            self.strict.get_or_init(|| self.strict_config())
        } else {
            self.lax.get_or_init(lax_config)
        };
        TlsConnector::from(config.clone())
    }

    /// Whom the system trusts, whether it was told or is read now.
    pub(crate) fn system_roots(&self) -> Vec<Certificate> {
        match &self.roots.system {
            Some(system) => system.clone(),
            None => rustls_native_certs::load_native_certs().certs,
        }
    }

    fn strict_config(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        let (added, _) = roots.add_parsable_certificates(self.system_roots());
        if added == 0 {
            tracing::warn!(
                "the system has no root certificates: Mozilla's, built in, are used instead"
            );
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        roots.add_parsable_certificates(self.roots.extra.iter().cloned());
        let config = builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(http1(config))
    }
}

fn lax_config() -> Arc<ClientConfig> {
    let config = builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(TrustAnybody(provider())))
        .with_no_client_auth();
    Arc::new(http1(config))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn builder() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring supports rustls's default versions")
}

fn http1(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

/// Accepts any certificate, as was asked for. Signatures of the handshake are still checked.
struct TrustAnybody(Arc<CryptoProvider>);

impl fmt::Debug for TrustAnybody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrustAnybody")
    }
}

impl ServerCertVerifier for TrustAnybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// The TLS error inside an I/O error, if it is one.
pub(crate) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// A failed handshake in words.
pub(crate) fn handshake_fault(host: &str, error: io::Error) -> Fault {
    let (kind, message) = match tls_error(&error) {
        Some(rustls::Error::InvalidCertificate(why)) => (
            FailureKind::TlsCertificate,
            format!(
                "the certificate of {host} is not accepted: {}",
                certificate_words(why)
            ),
        ),
        Some(rustls::Error::InvalidMessage(_)) => (
            FailureKind::TlsHandshake,
            format!("{host} does not speak TLS at this port"),
        ),
        Some(other) => (
            FailureKind::TlsHandshake,
            format!("the TLS handshake with {host} failed: {other}"),
        ),
        None => (
            FailureKind::TlsHandshake,
            format!("{host} closed the connection during the TLS handshake"),
        ),
    };
    Fault::new(kind, message).because(error)
}

fn certificate_words(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet".to_owned()
        }
        CertificateError::UnknownIssuer => "nobody who is trusted has signed it".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name".to_owned()
        }
        CertificateError::Revoked => "it has been revoked".to_owned(),
        other => other.to_string(),
    }
}
