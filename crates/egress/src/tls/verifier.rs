//! Verification: the web's rules, two exceptions less strict, and a reason that people can look up.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use super::Certificate;
use super::fault::{CertificateFault, untimely};

/// Verifies as rustls does, and says more about what does not pass.
///
/// A certificate that is itself among those trusted by name passes if its time and its name fit: what `openssl req -x509`
/// makes calls itself an authority, and may by the letter be nobody's leaf, but who hands it over as trusted means it.
#[derive(Debug)]
pub(super) struct Verifier {
    web: Arc<WebPkiServerVerifier>,
    pinned: Vec<Certificate>,
}

impl Verifier {
    /// A verifier that trusts these roots; those of `pinned` are among them.
    pub(super) fn new(roots: RootCertStore, pinned: Vec<Certificate>) -> Self {
        let web =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), super::provider()).build();
        Self {
            web: web.expect("there are roots, and no revocation list that could be wrong"),
            pinned,
        }
    }

    fn passes_as_pinned(
        &self,
        leaf: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<bool, rustls::Error> {
        if !self.pinned.iter().any(|pinned| pinned == leaf) {
            return Ok(false);
        }
        let in_time = X509Certificate::from_der(leaf)
            .is_ok_and(|(_, parsed)| untimely(&parsed, now).is_none());
        let parsed = ParsedCertificate::try_from(leaf)?;
        rustls::client::verify_server_name(&parsed, name)?;
        Ok(in_time)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified =
            self.web
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        let error = match verified {
            Ok(verified) => return Ok(verified),
            Err(error) => match self.passes_as_pinned(end_entity, server_name, now) {
                Ok(true) => return Ok(ServerCertVerified::assertion()),
                Ok(false) => error,
                Err(name) => name,
            },
        };
        let rustls::Error::InvalidCertificate(why) = error else {
            return Err(error);
        };
        let host = server_name.to_str();
        let fault = CertificateFault::of(&why, &host, end_entity, intermediates, now);
        Err(CertificateError::Other(OtherError(Arc::new(fault))).into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.web.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.web.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.web.supported_verify_schemes()
    }
}
