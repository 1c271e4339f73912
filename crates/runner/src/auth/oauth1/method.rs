//! How OAuth 1.0 signs: with a secret that both sides know, or with a private key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::PrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::uri;
use crate::auth::hash::Hash;

/// A signature method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Plaintext,
    Hmac(Hash),
    Rsa(Hash),
}

impl Method {
    /// The method of this name, in these letters.
    pub(super) fn named(name: &str) -> Result<Self, String> {
        match name.strip_suffix("-Accessor").unwrap_or(name) {
            "PLAINTEXT" => Ok(Self::Plaintext),
            "HMAC-SHA1" => Ok(Self::Hmac(Hash::Sha1)),
            "HMAC-SHA256" => Ok(Self::Hmac(Hash::Sha256)),
            "HMAC-SHA512" => Ok(Self::Hmac(Hash::Sha512)),
            "RSA-SHA1" => Ok(Self::Rsa(Hash::Sha1)),
            "RSA-SHA256" => Ok(Self::Rsa(Hash::Sha256)),
            "RSA-SHA512" => Ok(Self::Rsa(Hash::Sha512)),
            _ => Err("Unsupported signature method".to_owned()),
        }
    }

    /// The signature of the line.
    pub(super) fn sign(
        self,
        line: &str,
        consumer_secret: &str,
        token_secret: &str,
        private_key: &str,
    ) -> Result<String, String> {
        let key = format!(
            "{}&{}",
            uri::strict(consumer_secret),
            uri::strict(token_secret)
        );
        let signature = match self {
            Self::Plaintext => return Ok(key),
            Self::Hmac(hash) => hash.keyed(key, line),
            Self::Rsa(hash) => {
                let key = read(private_key)?;
                let line = line.as_bytes();
                let signature = match hash {
                    Hash::Sha1 => key.pkcs1v15_sign::<Sha1>(line),
                    Hash::Sha256 => key.pkcs1v15_sign::<Sha256>(line),
                    Hash::Sha384 => key.pkcs1v15_sign::<Sha384>(line),
                    Hash::Sha512 => key.pkcs1v15_sign::<Sha512>(line),
                };
                signature
                    .map_err(|error| format!("failed to sign with the private key: {error}"))?
            }
        };
        Ok(STANDARD.encode(signature))
    }
}

/// Reads a private key in PEM, in either of the two forms that OpenSSL writes.
fn read(pem: &str) -> Result<PrivateKey, String> {
    let pem = pem.trim();
    let read = if pem.starts_with("-----BEGIN RSA PRIVATE KEY") {
        PrivateKey::from_pkcs1_pem(pem).map_err(|error| error.to_string())
    } else {
        PrivateKey::from_pkcs8_pem(pem).map_err(|error| error.to_string())
    };
    read.map_err(|error| format!("failed to read the private key: {error}"))
}
