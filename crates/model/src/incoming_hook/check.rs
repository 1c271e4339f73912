//! Whether a call comes from who knows the secret.
//!
//! A signature says more than a token beside it: where both are there, the signature decides, and one that is wrong is not made good by
//! the token.

use subtle::ConstantTimeEq as _;

use super::{IncomingCall, IncomingHook, IncomingKind};
use crate::signature::{self, Unverified, check_secret};
use crate::{ContentHash, Timestamp};

/// Why a call is refused. Nothing of it tells what the secret is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// There is no signature.
    #[error("the call is not signed: {0}")]
    Missing(&'static str),
    /// There is one, and it is not the secret's.
    #[error("the signature does not fit: is the hook's secret set where the call comes from?")]
    Wrong,
    /// It is too old, or from the future.
    #[error("the webhook-timestamp is more than five minutes away from now")]
    Stale,
}

/// A secret that a hook can't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIncomingSecret {
    /// Its length, or what is in it.
    #[error(
        "a secret has 16 to 255 characters that are ASCII and no control characters, and no space at either end"
    )]
    Text,
    /// It begins like one of Standard Webhooks.
    #[error("whsec_ is followed by the base64 of 24 to 64 bytes")]
    Standard,
    /// It is a key, or the half of one that anybody may know.
    #[error("a key (whsk_, whpk_) can't be the secret that both sides know")]
    Key,
}

/// Checks a secret that somebody brings along. It must be able to be a header's value, for GitLab and others send it as one.
pub fn check_incoming_secret(secret: &str) -> Result<(), InvalidIncomingSecret> {
    let is_text = (16..=255).contains(&secret.len())
        && secret.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && secret.trim() == secret;
    if !is_text {
        return Err(InvalidIncomingSecret::Text);
    }
    if secret.starts_with("whsk_") || secret.starts_with("whpk_") {
        return Err(InvalidIncomingSecret::Key);
    }
    if secret.starts_with("whsec_") && check_secret(secret).is_err() {
        return Err(InvalidIncomingSecret::Standard);
    }
    Ok(())
}

impl IncomingHook {
    /// Whether a call comes from who knows one of the secrets that are valid now.
    pub fn check(&self, call: &IncomingCall, now: Timestamp) -> Result<(), Unsigned> {
        match self.kind {
            IncomingKind::GitHub => match call.header("x-hub-signature-256") {
                Some(given) => self.check_hub(given, call, now),
                None => Err(Unsigned::Missing(
                    "X-Hub-Signature-256 is missing; give GitHub the hook's secret",
                )),
            },
            IncomingKind::GitLab => {
                if let Some(given) = call.header("webhook-signature") {
                    return self.check_standard(given, call, now);
                }
                match call.header("x-gitlab-token") {
                    Some(given) => self.check_token(given, now),
                    None => Err(Unsigned::Missing(
                        "X-Gitlab-Token and webhook-signature are missing; give GitLab the hook's secret",
                    )),
                }
            }
            IncomingKind::Generic => {
                if let Some(given) = call.header("webhook-signature") {
                    return self.check_standard(given, call, now);
                }
                if let Some(given) = call.header("x-hub-signature-256") {
                    return self.check_hub(given, call, now);
                }
                match call.header("authorization").and_then(bearer) {
                    Some(given) => self.check_token(given, now),
                    None => Err(Unsigned::Missing(
                        "send webhook-signature, X-Hub-Signature-256 or Authorization: Bearer",
                    )),
                }
            }
        }
    }

    fn check_hub(&self, given: &str, call: &IncomingCall, now: Timestamp) -> Result<(), Unsigned> {
        self.check_by(now, |secret| {
            if signature::fits_hub(secret, given, &call.body) {
                Ok(())
            } else {
                Err(Unsigned::Wrong)
            }
        })
    }

    fn check_token(&self, given: &str, now: Timestamp) -> Result<(), Unsigned> {
        // Of equal length, so that not even the secret's is told.
        let given = ContentHash::of(given.as_bytes());
        self.check_by(now, |secret| {
            let known = ContentHash::of(secret.as_bytes());
            if bool::from(known.0.ct_eq(&given.0)) {
                Ok(())
            } else {
                Err(Unsigned::Wrong)
            }
        })
    }

    fn check_standard(
        &self,
        given: &str,
        call: &IncomingCall,
        now: Timestamp,
    ) -> Result<(), Unsigned> {
        let (id, timestamp) = (call.header("webhook-id"), call.header("webhook-timestamp"));
        let (Some(id), Some(timestamp)) = (id, timestamp) else {
            return Err(Unsigned::Missing(
                "webhook-signature needs webhook-id and webhook-timestamp beside it",
            ));
        };
        self.check_by(now, |secret| {
            signature::verify(secret, id, timestamp, given, &call.body, now).map_err(
                |why| match why {
                    Unverified::Stale => Unsigned::Stale,
                    Unverified::Secret(_) | Unverified::Timestamp | Unverified::Signature => {
                        Unsigned::Wrong
                    }
                },
            )
        })
    }

    fn check_by(
        &self,
        now: Timestamp,
        fits: impl Fn(&str) -> Result<(), Unsigned>,
    ) -> Result<(), Unsigned> {
        let mut why = Unsigned::Wrong;
        for secret in &self.secrets {
            if secret.not_after.is_some_and(|end| end <= now) {
                continue;
            }
            match fits(&secret.secret) {
                Ok(()) => return Ok(()),
                Err(said) => why = said,
            }
        }
        Err(why)
    }
}

/// The token of `Authorization: Bearer …`.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start())
}

#[cfg(test)]
mod tests {
    use super::super::call::testing::{call, hook};
    use super::*;
    use crate::SigningSecret;
    use crate::signature::{new_secret, sign, sign_hub};
    use crate::testing::SeededRandom;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    #[test]
    fn github_s_own_example_is_taken_and_nothing_like_it() {
        let hook = hook(IncomingKind::GitHub, "It's a Secret to Everybody");
        let fits = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let check = |name: &str, value: &str, body: &str| {
            hook.check(&call(&[(name, value)], body.as_bytes()), NOW)
        };
        let name = "X-Hub-Signature-256";
        assert_eq!(check(name, fits, "Hello, World!"), Ok(()));
        for (value, body) in [
            (fits, "Hello, World"),
            (&fits[..70], "Hello, World!"),
            (&fits[7..], "Hello, World!"),
            (&fits.to_uppercase(), "Hello, World!"),
            ("", "Hello, World!"),
            ("sha256=", ""),
        ] {
            assert_eq!(check(name, value, body), Err(Unsigned::Wrong), "{value}");
        }
        // What other senders use is nothing here.
        for name in ["X-Hub-Signature", "X-Gitlab-Token", "Authorization"] {
            let refused = check(name, fits, "Hello, World!").unwrap_err();
            assert!(matches!(refused, Unsigned::Missing(_)), "{name}");
        }
    }

    #[test]
    fn gitlab_sends_the_secret_or_signs_and_a_wrong_signature_is_not_made_good() {
        let secret = new_secret(&SeededRandom::default());
        let hook = hook(IncomingKind::GitLab, &secret);
        let check = |headers: &[(&str, &str)]| hook.check(&call(headers, b"{}"), NOW);
        let token = ("x-gitlab-token", secret.as_str());
        let signed = sign(&secret, "id", NOW, b"{}").unwrap();
        let other = sign(&secret, "id", NOW, b"{ }").unwrap();
        let id = ("webhook-id", "id");
        let at = ("webhook-timestamp", "1700000000");
        assert_eq!(check(&[token]), Ok(()));
        // GitLab sends these two always.
        assert_eq!(check(&[token, id, at]), Ok(()));
        assert_eq!(check(&[id, at, ("webhook-signature", &signed)]), Ok(()));
        assert_eq!(
            check(&[token, id, at, ("webhook-signature", &other)]),
            Err(Unsigned::Wrong)
        );
        assert_eq!(
            check(&[("x-gitlab-token", &secret[..40])]),
            Err(Unsigned::Wrong)
        );
        let missing = check(&[id, at]).unwrap_err();
        assert!(matches!(missing, Unsigned::Missing(_)), "{missing}");
        let missing = check(&[("webhook-signature", &signed)]).unwrap_err();
        assert!(matches!(missing, Unsigned::Missing(_)), "{missing}");
    }

    #[test]
    fn others_sign_in_one_of_three_ways() {
        let secret = new_secret(&SeededRandom::default());
        let hook = hook(IncomingKind::Generic, &secret);
        let check = |headers: &[(&str, &str)]| hook.check(&call(headers, b"x"), NOW);
        let hub = sign_hub(&secret, b"x");
        let standard = sign(&secret, "id", NOW, b"x").unwrap();
        let bearer = format!("bearer  {secret}");
        let (id, at) = (("webhook-id", "id"), ("webhook-timestamp", "1700000000"));
        assert_eq!(check(&[("x-hub-signature-256", &hub)]), Ok(()));
        assert_eq!(check(&[id, at, ("webhook-signature", &standard)]), Ok(()));
        assert_eq!(check(&[("authorization", &bearer)]), Ok(()));
        let late = ("webhook-timestamp", "1699999699");
        let stale = check(&[id, late, ("webhook-signature", &standard)]);
        assert_eq!(stale, Err(Unsigned::Stale));
        for (name, value) in [
            ("authorization", "Bearer no"),
            ("x-hub-signature-256", "no"),
        ] {
            assert_eq!(check(&[(name, value)]), Err(Unsigned::Wrong), "{value}");
        }
        let wrong = check(&[
            ("x-hub-signature-256", "no"),
            ("authorization", bearer.as_str()),
        ]);
        assert_eq!(wrong, Err(Unsigned::Wrong));
        for headers in [
            &[][..],
            &[("authorization", "Basic eDp5")],
            &[("authorization", "Bearer ")],
            &[id, at],
        ] {
            let refused = check(headers).unwrap_err();
            assert!(matches!(refused, Unsigned::Missing(_)), "{headers:?}");
        }
    }

    #[test]
    fn a_secret_that_was_replaced_is_good_until_its_end() {
        let mut hook = hook(IncomingKind::Generic, "the new secret, long enough");
        hook.secrets.push(SigningSecret {
            secret: "the old secret, long enough".to_owned(),
            not_after: Some(NOW),
        });
        let old = call(
            &[("authorization", "Bearer the old secret, long enough")],
            b"",
        );
        assert_eq!(hook.check(&old, Timestamp(NOW.0 - 1)), Ok(()));
        assert_eq!(hook.check(&old, NOW), Err(Unsigned::Wrong));
    }

    #[test]
    fn what_a_hook_s_secret_cannot_be_is_refused() {
        for (secret, said) in [
            ("It's a Secret to Everybody", Ok(())),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Ok(())),
            ("too short", Err(InvalidIncomingSecret::Text)),
            (" sixteen and more", Err(InvalidIncomingSecret::Text)),
            ("sixteen and more\n", Err(InvalidIncomingSecret::Text)),
            ("sixteen and möre", Err(InvalidIncomingSecret::Text)),
            (&"x".repeat(256), Err(InvalidIncomingSecret::Text)),
            ("whsec_%%%%%%%%%%%%", Err(InvalidIncomingSecret::Standard)),
            ("whpk_MfKQ9r8GKYqrTwjUPD8", Err(InvalidIncomingSecret::Key)),
        ] {
            assert_eq!(check_incoming_secret(secret), said, "{secret}");
        }
    }
}
