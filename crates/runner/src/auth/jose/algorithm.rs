//! The algorithms of RFC 7518 for signatures.

use p256::ecdsa::signature::Signer as _;
use rand::CryptoRng;
use rsa::PrivateKey;
use rsa::traits::PublicKeyParts as _;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::key::Key;
use crate::auth::hash::Hash;

/// RFC 7518 wants keys of RSA to have so many bits.
const LEAST_RSA_BITS: u32 = 2048;

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::auth) enum Algorithm {
    /// With a secret that both sides know.
    Hmac(Hash),
    /// RSA, padded as PKCS #1 v1.5 pads.
    Rsa(Hash),
    /// RSA, padded with salt.
    Pss(Hash),
    /// The curve that goes with the hash.
    Ecdsa(Hash),
}

impl Algorithm {
    /// The algorithm of this name, in these letters.
    pub(in crate::auth) fn named(name: &str) -> Option<Self> {
        let (kind, bits) = name.split_at_checked(2)?;
        let hash = match bits {
            "256" => Hash::Sha256,
            "384" => Hash::Sha384,
            "512" => Hash::Sha512,
            _ => return None,
        };
        match kind {
            "HS" => Some(Self::Hmac(hash)),
            "RS" => Some(Self::Rsa(hash)),
            "PS" => Some(Self::Pss(hash)),
            "ES" => Some(Self::Ecdsa(hash)),
            _ => None,
        }
    }

    /// The signature of what stands in the token.
    pub(super) fn sign(
        self,
        key: &Key,
        signed: &[u8],
        random: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, String> {
        match (self, key) {
            (Self::Hmac(hash), Key::Secret(secret)) => Ok(hash.keyed(secret, signed)),
            (Self::Rsa(hash), Key::Rsa(key)) => {
                long_enough(key)?;
                let signature = match hash {
                    Hash::Sha1 => key.pkcs1v15_sign_with_rng::<Sha1, _>(random, signed),
                    Hash::Sha256 => key.pkcs1v15_sign_with_rng::<Sha256, _>(random, signed),
                    Hash::Sha384 => key.pkcs1v15_sign_with_rng::<Sha384, _>(random, signed),
                    Hash::Sha512 => key.pkcs1v15_sign_with_rng::<Sha512, _>(random, signed),
                };
                signature.map_err(|error| error.to_string())
            }
            (Self::Pss(hash), Key::Rsa(key)) => {
                long_enough(key)?;
                let signature = match hash {
                    Hash::Sha1 => key.pss_sign_with_rng::<Sha1, _>(random, signed),
                    Hash::Sha256 => key.pss_sign_with_rng::<Sha256, _>(random, signed),
                    Hash::Sha384 => key.pss_sign_with_rng::<Sha384, _>(random, signed),
                    Hash::Sha512 => key.pss_sign_with_rng::<Sha512, _>(random, signed),
                };
                signature.map_err(|error| error.to_string())
            }
            (Self::Ecdsa(Hash::Sha256), Key::P256(key)) => {
                let signature: p256::ecdsa::Signature = key.sign(signed);
                Ok(signature.to_bytes().to_vec())
            }
            (Self::Ecdsa(Hash::Sha384), Key::P384(key)) => {
                let signature: p384::ecdsa::Signature = key.sign(signed);
                Ok(signature.to_bytes().to_vec())
            }
            (Self::Ecdsa(Hash::Sha512), Key::P521(key)) => {
                let signature: p521::ecdsa::Signature = key.sign(signed);
                Ok(signature.to_bytes().to_vec())
            }
            (_, key) => Err(format!(
                "the algorithm wants another kind of key than {}",
                key.kind()
            )),
        }
    }
}

fn long_enough(key: &PrivateKey) -> Result<(), String> {
    let bits = key.n().bit_width();
    if bits < LEAST_RSA_BITS {
        return Err(format!(
            "the private key has {bits} bits; it must have {LEAST_RSA_BITS} or more"
        ));
    }
    Ok(())
}
