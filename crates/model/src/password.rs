//! Passwords: argon2id, with the parameters that OWASP names as the least (19 MiB, two passes, one lane).

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use thiserror::Error;

use crate::Random;

/// The fewest and the most characters of a password (NIST SP 800-63B asks for 8 or more, and for no rules about kinds of characters).
const CHARS: std::ops::RangeInclusive<usize> = 8..=256;

/// The hash of a password that nobody has: who isn't there takes as long to refuse as who gave a wrong one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InvalidPassword {
    /// It is too short or too long.
    #[error("it needs 8 to 256 characters")]
    Length,
    /// It could not be hashed.
    #[error("it can't be hashed")]
    Hash,
}

/// A password's hash, to be stored. It takes some 20 ms and 19 MiB on purpose.
pub fn hash_password(password: &str, random: &dyn Random) -> Result<String, InvalidPassword> {
    if !CHARS.contains(&password.chars().count()) {
        return Err(InvalidPassword::Length);
    }
    let mut salt = [0_u8; 16];
    random.fill(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(|_| InvalidPassword::Hash)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|_| InvalidPassword::Hash)?.to_string())
}

/// Whether this password has this hash. Without a hash it takes as long, and the answer is no.
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    let fits = PasswordHash::new(hash.unwrap_or(NOBODYS)).is_ok_and(|parsed| {
        Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    });
    fits && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn a_password_opens_its_own_hash_and_no_other() {
        let random = SeededRandom::default();
        let hash = hash_password("correct horse", &random).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(is_password("correct horse", Some(&hash)));
        assert!(!is_password("correct horsf", Some(&hash)));
        assert!(!is_password("correct horse", None));
        assert!(!is_password("correct horse", Some("no hash")));
        assert_ne!(hash, hash_password("correct horse", &random).unwrap());
    }

    #[test]
    fn nobodys_hash_costs_as_much_as_any() {
        let parsed = PasswordHash::new(NOBODYS).unwrap();
        let own = hash_password("correct horse", &SeededRandom::default()).unwrap();
        let own = PasswordHash::new(&own).unwrap();
        assert_eq!(
            (parsed.algorithm, parsed.params),
            (own.algorithm, own.params)
        );
    }

    #[test]
    fn short_and_endless_ones_are_refused() {
        let random = SeededRandom::default();
        for password in ["", "sevench", &"x".repeat(257)] {
            assert_eq!(
                hash_password(password, &random),
                Err(InvalidPassword::Length)
            );
        }
        assert!(hash_password("пароль88", &random).is_ok());
    }
}
