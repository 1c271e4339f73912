//! Certificates for receivers that speak TLS.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

use crate::Certificate;

/// A self-signed certificate and its key.
#[derive(Debug)]
pub struct Identity {
    certificate: Certificate,
    key: PrivatePkcs8KeyDer<'static>,
}

impl Identity {
    /// A certificate for these names and addresses that is valid for the next decades.
    pub fn self_signed(names: &[&str]) -> Self {
        Self::make(names, 2100)
    }

    /// A certificate for these names and addresses that ended long ago.
    pub fn expired(names: &[&str]) -> Self {
        Self::make(names, 2001)
    }

    fn make(names: &[&str], until: i32) -> Self {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names that can be certified");
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().expect("a key pair");
        let certificate = params.self_signed(&key).expect("a certificate");
        Self {
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()),
        }
    }

    /// The certificate, to be trusted or not.
    pub fn certificate(&self) -> Certificate {
        self.certificate.clone()
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring's protocol versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![self.certificate.clone()],
                PrivateKeyDer::Pkcs8(self.key.clone_key()),
            )
            .expect("a certificate that fits its key");
        TlsAcceptor::from(Arc::new(config))
    }
}
