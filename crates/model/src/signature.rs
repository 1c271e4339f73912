//! Standard Webhooks signatures: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; in the rooms below those by a
//! key with a public half, and GitHub's.

mod ed25519;
mod hub;

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::{Random, Timestamp};

pub use self::ed25519::{is_private_key, new_private_key, public_key, sign_v1a};
pub use self::hub::{fits_hub, sign_hub};

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How many random bytes a new secret has.
const BYTES: usize = 32;

/// A secret that can't sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a signing secret is whsec_ and the base64 of 24 to 64 bytes; a public key whpk_ and that of 32"
)]
pub struct InvalidSecret;

/// A new secret.
pub fn new_secret(random: &dyn Random) -> String {
    let mut bytes = [0; BYTES];
    random.fill(&mut bytes);
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// Whether a secret can sign.
pub fn check_secret(secret: &str) -> Result<(), InvalidSecret> {
    key(secret).map(drop)
}

/// The signature of a message by one secret.
pub fn sign(secret: &str, id: &str, at: Timestamp, body: &[u8]) -> Result<String, InvalidSecret> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret)?).map_err(|_| InvalidSecret)?;
    for part in signed(id, at, body).each_ref() {
        mac.update(part);
    }
    Ok(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

/// What is signed, in parts.
fn signed<'a>(id: &'a str, at: Timestamp, body: &'a [u8]) -> [Cow<'a, [u8]>; 3] {
    let time = format!(".{}.", at.seconds());
    [
        Cow::Borrowed(id.as_bytes()),
        Cow::Owned(time.into_bytes()),
        Cow::Borrowed(body),
    ]
}

/// How far the timestamp of a message may be from the receiver's own clock, either way.
pub const TOLERANCE: Duration = Duration::from_mins(5);

/// Why a receiver refuses a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// The receiver's own secret is none.
    #[error(transparent)]
    Secret(#[from] InvalidSecret),
    /// The timestamp is no number of seconds.
    #[error("the timestamp is not a number of seconds")]
    Timestamp,
    /// Somebody may be sending an old message once more.
    #[error("the timestamp is more than five minutes away from now")]
    Stale,
    /// No signature is the one that the secret makes.
    #[error("no signature fits")]
    Signature,
}

/// Checks a message as a receiver does, by its body and its three headers.
///
/// They are `webhook-id`, `webhook-timestamp` and `webhook-signature` (one or several, with spaces in between). The secret is
/// `whsec_…`, or `whpk_…` for the public half of a key.
pub fn verify(
    secret: &str,
    id: &str,
    timestamp: &str,
    signatures: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Unverified> {
    let seconds: i64 = timestamp.parse().map_err(|_| Unverified::Timestamp)?;
    if now.seconds().abs_diff(seconds) > TOLERANCE.as_secs() {
        return Err(Unverified::Stale);
    }
    verify_whenever(secret, id, timestamp, signatures, body)
}

/// The same, whenever it was signed: for who only wants to know who has.
pub fn verify_whenever(
    secret: &str,
    id: &str,
    timestamp: &str,
    signatures: &str,
    body: &[u8],
) -> Result<(), Unverified> {
    let seconds: i64 = timestamp.parse().map_err(|_| Unverified::Timestamp)?;
    let at = seconds.checked_mul(1000).map(Timestamp);
    let at = at.ok_or(Unverified::Timestamp)?;
    let mut given = signatures.split(' ');
    let fits = if ed25519::is_public_key(secret) {
        let key = ed25519::PublicKey::parse(secret)?;
        given.any(|given| key.fits(given, id, at, body))
    } else {
        let expected = sign(secret, id, at, body)?;
        given.any(|given| bool::from(given.as_bytes().ct_eq(expected.as_bytes())))
    };
    if fits {
        Ok(())
    } else {
        Err(Unverified::Signature)
    }
}

fn key(secret: &str) -> Result<Vec<u8>, InvalidSecret> {
    let encoded = secret.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
    let key = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
    if (24..=64).contains(&key.len()) {
        Ok(key)
    } else {
        Err(InvalidSecret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    /// The example of the Standard Webhooks specification.
    #[test]
    fn the_signature_is_the_one_of_the_specification() {
        let signature = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Timestamp(1_614_265_330_000),
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(
            signature.unwrap(),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_new_secret_signs_and_the_official_library_takes_it() {
        let secret = new_secret(&SeededRandom::default());
        let webhook = standardwebhooks::Webhook::new(&secret).unwrap();
        let official = webhook.sign("id", 1_700_000_000, b"body").unwrap();
        let ours = sign(&secret, "id", Timestamp(1_700_000_000_999), b"body").unwrap();
        assert_eq!(ours, official);
    }

    #[test]
    fn what_is_no_secret_cannot_sign() {
        for secret in [
            "",
            "whsec_",
            "whsec_%%%",
            "whsec_c2hvcnQ=",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            assert_eq!(check_secret(secret), Err(InvalidSecret), "{secret}");
        }
    }

    #[test]
    fn a_message_is_verified_by_any_of_its_signatures_while_it_is_fresh() {
        let random = SeededRandom::default();
        let (old, new) = (new_secret(&random), new_secret(&random));
        let now = Timestamp(1_700_000_000_000);
        let both = format!(
            "{} {}",
            sign(&new, "id", now, b"body").unwrap(),
            sign(&old, "id", now, b"body").unwrap()
        );
        let verify = |secret: &str, timestamp: &str, body: &[u8], now: i64| {
            verify(secret, "id", timestamp, &both, body, Timestamp(now))
        };
        for (secret, timestamp, body, at, expected) in [
            (&new, "1700000000", b"body", now.0, Ok(())),
            (&old, "1700000000", b"body", now.0, Ok(())),
            (&new, "1700000000", b"body", now.0 + 300_999, Ok(())),
            (
                &new,
                "1700000000",
                b"body",
                now.0 + 301_000,
                Err(Unverified::Stale),
            ),
            (
                &new,
                "1700000000",
                b"body",
                now.0 - 301_000,
                Err(Unverified::Stale),
            ),
            (
                &new,
                "1700000001",
                b"body",
                now.0,
                Err(Unverified::Signature),
            ),
            (
                &new,
                "1700000000",
                b"Body",
                now.0,
                Err(Unverified::Signature),
            ),
            (
                &new_secret(&random),
                "1700000000",
                b"body",
                now.0,
                Err(Unverified::Signature),
            ),
            (
                &"whsec_".to_owned(),
                "1700000000",
                b"body",
                now.0,
                Err(Unverified::Secret(InvalidSecret)),
            ),
            (&new, "now", b"body", now.0, Err(Unverified::Timestamp)),
            (
                &new,
                "9223372036854775807",
                b"body",
                now.0,
                Err(Unverified::Stale),
            ),
        ] {
            assert_eq!(verify(secret, timestamp, body, at), expected, "{timestamp}");
        }
    }
}
