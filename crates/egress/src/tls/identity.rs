//! Who a client is, where a server asks: a certificate with its chain, and the key to it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error as TlsError, InconsistentKeys};

use super::{Certificate, provider};

const ENCRYPTED: [&str; 2] = [
    "-----BEGIN ENCRYPTED PRIVATE KEY-----",
    "-----END ENCRYPTED PRIVATE KEY-----",
];

/// A certificate that is shown to servers that ask for one, with its chain and its key. Clones share it.
#[derive(Clone)]
pub struct ClientIdentity(Arc<CertifiedKey>);

/// A certificate or a key that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidIdentity {
    /// There is no certificate.
    #[error("failed to read the client certificate: {0}")]
    Certificate(String),
    /// There is no key.
    #[error("failed to read the client certificate's key: {0}")]
    Key(String),
    /// The key is encrypted, and there is no passphrase.
    #[error(
        "failed to read the client certificate's key: it is encrypted, and no passphrase is given"
    )]
    NoPassphrase,
    /// The passphrase is not the right one.
    #[error("failed to read the client certificate's key: the passphrase is not the right one")]
    WrongPassphrase,
    /// The key belongs to another certificate.
    #[error("failed to use the client certificate: the key belongs to another one")]
    OtherKey,
}

impl ClientIdentity {
    /// The certificate, followed by those that lead to its root, and the key, all as PEM. The key may be PKCS#8 (also
    /// encrypted, PBES2), PKCS#1 or SEC1; a passphrase for a key that is not encrypted is of no consequence.
    pub fn from_pem(
        certificates: &[u8],
        key: &[u8],
        passphrase: Option<&str>,
    ) -> Result<Self, InvalidIdentity> {
        let chain = Certificate::pem_slice_iter(certificates)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| InvalidIdentity::Certificate(error.to_string()))?;
        Self::new(chain, key_from_pem(key, passphrase)?)
    }

    /// The same in one file, as Windows and browsers export it: PFX, also called PKCS#12.
    pub fn from_pfx(pfx: &[u8], passphrase: Option<&str>) -> Result<Self, InvalidIdentity> {
        use p12_keystore::error::Error;
        let unreadable = |error: Error| match (error, passphrase) {
            (Error::MacError(_) | Error::UnpadError, None) => InvalidIdentity::NoPassphrase,
            (Error::MacError(_) | Error::UnpadError, Some(_)) => InvalidIdentity::WrongPassphrase,
            (error, _) => InvalidIdentity::Certificate(error.to_string()),
        };
        let store = KeyStore::from_pkcs12(
            pfx,
            passphrase.unwrap_or_default(),
            Pkcs12ImportPolicy::Relaxed,
        )
        .map_err(unreadable)?;
        let (_, entry) = store
            .private_key_chain()
            .ok_or_else(|| InvalidIdentity::Key("there is none in the PFX file".to_owned()))?;
        let chain = entry
            .certs()
            .iter()
            .map(|certificate| Certificate::from(certificate.as_der().to_vec()))
            .collect();
        let key = PrivatePkcs8KeyDer::from(entry.key().as_der().to_vec());
        Self::new(chain, key.into())
    }

    fn new(chain: Vec<Certificate>, key: PrivateKeyDer<'static>) -> Result<Self, InvalidIdentity> {
        if chain.is_empty() {
            let none = "there is none in it".to_owned();
            return Err(InvalidIdentity::Certificate(none));
        }
        let key = provider()
            .key_provider
            .load_private_key(key)
            .map_err(|error| InvalidIdentity::Key(error.to_string()))?;
        let certified = CertifiedKey::new(chain, key);
        match certified.keys_match() {
            Err(TlsError::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
                Err(InvalidIdentity::OtherKey)
            }
            // A certificate that webpki can't read (an old version, say) may still be what the server waits for.
            _ => Ok(Self(Arc::new(certified))),
        }
    }

    pub(super) fn certified(&self) -> Arc<CertifiedKey> {
        self.0.clone()
    }
}

fn key_from_pem(
    pem: &[u8],
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, InvalidIdentity> {
    let invalid = |what: &str| InvalidIdentity::Key(what.to_owned());
    let text = String::from_utf8_lossy(pem);
    if let Some((_, rest)) = text.split_once(ENCRYPTED[0])
        && let Some((body, _)) = rest.split_once(ENCRYPTED[1])
    {
        let body: String = body.split_ascii_whitespace().collect();
        let der = STANDARD
            .decode(body)
            .map_err(|_| invalid("what it holds is not base64"))?;
        return decrypt(&der, passphrase.ok_or(InvalidIdentity::NoPassphrase)?);
    }
    if text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(invalid(
            "it is encrypted in OpenSSL's old form; `openssl pkcs8 -topk8 -in old.pem -out new.pem` makes one that can be read",
        ));
    }
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
        rustls::pki_types::pem::Error::NoItemsFound => invalid("there is none in it"),
        other => invalid(&other.to_string()),
    })
}

fn decrypt(der: &[u8], passphrase: &str) -> Result<PrivateKeyDer<'static>, InvalidIdentity> {
    use pkcs8::{Error, pkcs5};
    let invalid = |error: String| InvalidIdentity::Key(error);
    let encrypted =
        EncryptedPrivateKeyInfoRef::try_from(der).map_err(|error| invalid(error.to_string()))?;
    let key = encrypted.decrypt(passphrase).map_err(|error| match error {
        // A wrong passphrase makes noise, which by chance may look padded, and then is no key.
        Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | Error::Asn1(_) => {
            InvalidIdentity::WrongPassphrase
        }
        other => invalid(other.to_string()),
    })?;
    Ok(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec()).into())
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let certificates = self.0.cert.len();
        f.debug_struct("ClientIdentity")
            .field("certificates", &certificates)
            .finish_non_exhaustive()
    }
}

// A certificate has one key only, so the chain says it all.
impl PartialEq for ClientIdentity {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.cert == other.0.cert
    }
}

impl Eq for ClientIdentity {}

impl Hash for ClientIdentity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.cert.first().hash(state);
    }
}
