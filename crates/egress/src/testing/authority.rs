//! Somebody who signs certificates.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};

use super::identity::Identity;
use crate::Certificate;

/// A certificate authority of its own: nobody trusts it until told to.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// An authority that signs itself.
    pub fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key pair");
        let issuer = CertifiedIssuer::self_signed(params(name), key).expect("a certificate");
        Self { issuer }
    }

    /// An authority that this one vouches for.
    #[must_use]
    pub fn vouch(&self, name: &str) -> Self {
        let key = KeyPair::generate().expect("a key pair");
        let issuer =
            CertifiedIssuer::signed_by(params(name), key, &self.issuer).expect("a certificate");
        Self { issuer }
    }

    /// A certificate for these names and addresses, signed by this authority. It comes without a chain.
    pub fn issue(&self, names: &[&str]) -> Identity {
        Identity::make(names, 2100, |mut params, key| {
            params.distinguished_name.push(DnType::CommonName, names[0]);
            params.signed_by(key, &self.issuer).expect("a certificate")
        })
    }

    /// The certificate of the authority itself.
    pub fn certificate(&self) -> Certificate {
        self.issuer.der().clone()
    }
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([]).expect("no names");
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(2100, 1, 1);
    params
}
