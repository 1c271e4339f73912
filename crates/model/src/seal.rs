//! Secrets at rest: XChaCha20-Poly1305 under one key for the installation.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use thiserror::Error;

use crate::Random;

/// The first byte of what is sealed: how it was done, so that another way can follow.
const FORM: u8 = 1;

/// The length of the nonce, which stands behind the first byte.
const NONCE: usize = 24;

/// Seals secrets, and opens what it sealed. The key stays inside.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    random: Arc<dyn Random>,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").finish_non_exhaustive()
    }
}

/// The bytes were not sealed with this key and in this place, or were changed since; completes "failed to ...".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("open a sealed secret: it was sealed with another key, or has been changed")]
pub struct Unsealable;

impl Sealer {
    /// Seals with this key of 32 bytes.
    pub fn new(key: [u8; 32], random: Arc<dyn Random>) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&Key::from(key)),
            random,
        }
    }

    /// Seals bytes. `aad` names the place (table, column, row): what was sealed for one can't be opened at another.
    pub fn seal(&self, plain: &[u8], aad: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        self.random.fill(&mut nonce);
        let payload = Payload { msg: plain, aad };
        #[expect(
            clippy::expect_used,
            reason = "the cipher refuses only messages of 256 GiB and more"
        )]
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is shorter than 256 GiB");
        [&[FORM], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Sealer::seal`] made for the same place.
    pub fn open(&self, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (&FORM, rest) = sealed.split_first().ok_or(Unsealable)? else {
            return Err(Unsealable);
        };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(Unsealable)?;
        let payload = Payload { msg: sealed, aad };
        self.cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Unsealable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    fn sealer(key: u8) -> Sealer {
        Sealer::new([key; 32], Arc::new(SeededRandom::default()))
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_at_the_same_place_only() {
        let sealed = sealer(1).seal(b"whsec_x", b"here");
        assert_eq!(sealer(1).open(&sealed, b"here").unwrap(), b"whsec_x");
        assert_eq!(sealer(2).open(&sealed, b"here"), Err(Unsealable));
        assert_eq!(sealer(1).open(&sealed, b"there"), Err(Unsealable));
    }

    #[test]
    fn a_changed_or_cut_secret_is_refused() {
        let sealed = sealer(1).seal(b"whsec_x", b"here");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(sealer(1).open(&changed, b"here"), Err(Unsealable));
            assert_eq!(sealer(1).open(&sealed[..at], b"here"), Err(Unsealable));
        }
    }

    #[test]
    fn the_same_secret_is_sealed_differently_each_time() {
        let sealer = sealer(1);
        assert_ne!(sealer.seal(b"x", b""), sealer.seal(b"x", b""));
    }
}
