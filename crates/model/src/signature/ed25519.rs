//! `v1a` of Standard Webhooks: ed25519, by a key of which a receiver has the public half only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use super::{InvalidSecret, signed};
use crate::{Random, Timestamp};

const PRIVATE: &str = "whsk_";
const PUBLIC: &str = "whpk_";
const VERSION: &str = "v1a,";

/// A new private key.
pub fn new_private_key(random: &dyn Random) -> String {
    let mut seed = [0; 32];
    random.fill(&mut seed);
    format!("{PRIVATE}{}", STANDARD.encode(seed))
}

/// Whether this is a private key and not a secret that both sides know.
pub fn is_private_key(secret: &str) -> bool {
    secret.starts_with(PRIVATE)
}

/// The public half of a private key, to be shown to anybody.
pub fn public_key(private: &str) -> Result<String, InvalidSecret> {
    let pair = pair(private)?;
    let public = STANDARD.encode(pair.public_key());
    Ok(format!("{PUBLIC}{public}"))
}

/// The signature of a message by one private key.
pub fn sign_v1a(
    private: &str,
    id: &str,
    at: Timestamp,
    body: &[u8],
) -> Result<String, InvalidSecret> {
    let signature = pair(private)?.sign(&signed(id, at, body).concat());
    Ok(format!("{VERSION}{}", STANDARD.encode(signature)))
}

pub(super) fn is_public_key(secret: &str) -> bool {
    secret.starts_with(PUBLIC)
}

/// The public half of a key.
pub(super) struct PublicKey(Vec<u8>);

impl PublicKey {
    pub(super) fn parse(public: &str) -> Result<Self, InvalidSecret> {
        let encoded = public.strip_prefix(PUBLIC).ok_or(InvalidSecret)?;
        let key = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
        if key.len() == 32 {
            Ok(Self(key))
        } else {
            Err(InvalidSecret)
        }
    }

    pub(super) fn fits(&self, given: &str, id: &str, at: Timestamp, body: &[u8]) -> bool {
        let Some(signature) = given
            .strip_prefix(VERSION)
            .and_then(|encoded| STANDARD.decode(encoded).ok())
        else {
            return false;
        };
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(&signed(id, at, body).concat(), &signature)
            .is_ok()
    }
}

fn pair(private: &str) -> Result<Ed25519KeyPair, InvalidSecret> {
    let encoded = private.strip_prefix(PRIVATE).ok_or(InvalidSecret)?;
    let seed = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
    Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| InvalidSecret)
}

#[cfg(test)]
mod tests {
    use super::super::{Unverified, sign, verify};
    use super::*;
    use crate::testing::SeededRandom;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    /// The second test of RFC 8032, §7.1: its public key for its seed.
    #[test]
    fn the_public_half_is_the_one_of_the_rfc() {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
                .collect()
        };
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let private = format!("whsk_{}", STANDARD.encode(seed));
        let expected = format!("whpk_{}", STANDARD.encode(public));
        assert_eq!(public_key(&private), Ok(expected));
    }

    #[test]
    fn a_signature_is_verified_by_the_public_half_and_by_nothing_else() {
        let random = SeededRandom::default();
        let (private, other) = (new_private_key(&random), new_private_key(&random));
        let (public, stranger) = (public_key(&private).unwrap(), public_key(&other).unwrap());
        let secret = super::super::new_secret(&random);
        let both = format!(
            "{} {}",
            sign(&secret, "id", NOW, b"body").unwrap(),
            sign_v1a(&private, "id", NOW, b"body").unwrap()
        );
        let verify = |key: &str, body: &[u8]| verify(key, "id", "1700000000", &both, body, NOW);
        assert_eq!(verify(&public, b"body"), Ok(()));
        assert_eq!(verify(&secret, b"body"), Ok(()));
        assert_eq!(verify(&public, b"Body"), Err(Unverified::Signature));
        assert_eq!(verify(&stranger, b"body"), Err(Unverified::Signature));
        assert_eq!(
            verify("whpk_AAAA", b"body"),
            Err(Unverified::Secret(InvalidSecret))
        );
    }
}
