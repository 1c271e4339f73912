//! Certificates for receivers that speak TLS.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};
use rustls::RootCertStore;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio_rustls::TlsAcceptor;

use crate::Certificate;

/// Who a receiver is: a certificate, what it shows along with it, its key, and whom it lets in.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<Certificate>,
    key: PrivatePkcs8KeyDer<'static>,
    clients: Vec<Certificate>,
    protocols: Vec<Vec<u8>>,
}

impl Identity {
    /// A certificate for these names and addresses that is valid for the next decades.
    pub fn self_signed(names: &[&str]) -> Self {
        Self::make(names, 2100, |params, key| {
            params.self_signed(key).expect("a certificate")
        })
    }

    /// A certificate for these names and addresses that ended long ago.
    pub fn expired(names: &[&str]) -> Self {
        Self::make(names, 2001, |params, key| {
            params.self_signed(key).expect("a certificate")
        })
    }

    /// A certificate that signed itself and calls itself an authority, as `openssl req -x509` makes them.
    pub fn of_openssl(names: &[&str]) -> Self {
        Self::make(names, 2100, |mut params, key| {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.self_signed(key).expect("a certificate")
        })
    }

    pub(super) fn make(
        names: &[&str],
        until: i32,
        sign: impl FnOnce(CertificateParams, &KeyPair) -> rcgen::Certificate,
    ) -> Self {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names that can be certified");
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().expect("a key pair");
        Self {
            chain: vec![sign(params, &key).der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()),
            clients: Vec::new(),
            protocols: Vec::new(),
        }
    }

    /// The same, showing one more certificate along with its own.
    #[must_use]
    pub fn with_chain(mut self, certificate: Certificate) -> Self {
        self.chain.push(certificate);
        self
    }

    /// The same, letting in only who shows a certificate that this authority signed.
    #[must_use]
    pub fn demanding(mut self, authority: Certificate) -> Self {
        self.clients.push(authority);
        self
    }

    /// The same, speaking one more protocol when asked (`h2`, `http/1.1`).
    #[must_use]
    pub fn speaking(mut self, protocol: &str) -> Self {
        self.protocols.push(protocol.into());
        self
    }

    /// The certificate, to be trusted or not.
    pub fn certificate(&self) -> Certificate {
        self.chain[0].clone()
    }

    /// The certificate, and then what is shown along with it, as PEM.
    pub fn certificate_pem(&self) -> String {
        let each = self.chain.iter();
        each.map(|certificate| pem("CERTIFICATE", certificate))
            .collect()
    }

    /// The key as PEM.
    pub fn key_pem(&self) -> String {
        pem("PRIVATE KEY", self.key.secret_pkcs8_der())
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring's protocol versions");
        let builder = if self.clients.is_empty() {
            builder.with_no_client_auth()
        } else {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(self.clients.iter().cloned());
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().expect("an authority"))
        };
        let mut config = builder
            .with_single_cert(
                self.chain.clone(),
                PrivateKeyDer::Pkcs8(self.key.clone_key()),
            )
            .expect("a certificate that fits its key");
        config.alpn_protocols.clone_from(&self.protocols);
        TlsAcceptor::from(Arc::new(config))
    }
}

/// Bytes as PEM.
pub fn pem(label: &str, der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{encoded}\n-----END {label}-----\n")
}
