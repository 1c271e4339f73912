//! What a request's signature is worth, by the secrets of those who may have sent it.
//!
//! When it was signed is not judged: a request that comes late, or once more, is as valid as it was. Receivers have to look at the time.

use std::borrow::Cow;

use crate::signature::{self, TOLERANCE};
use crate::{IntegrationId, SigningSecret, Timestamp};

words! {
    /// What a request's signature is worth.
    SignatureVerdict {
        /// An integration of the team that sends here has signed it.
        Valid = "valid",
        /// It is signed, and not by one that sends here.
        Invalid = "invalid",
        /// It is not signed.
        Unsigned = "unsigned",
        /// It is signed, and no integration of the team sends here.
        Unknown = "unknown",
    }
}

/// Somebody who may have sent a request.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// Which integration.
    pub id: IntegrationId,
    /// What it signs with, and what it did until lately.
    pub secrets: &'a [SigningSecret],
}

/// What of a request is signed, and how. What isn't there is empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signed<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`.
    pub signatures: &'a str,
    /// `x-hub-signature-256`.
    pub hub: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Signed<'_> {
    /// Whether there is any signature.
    pub fn is_signed(&self) -> bool {
        !(self.signatures.is_empty() && self.hub.is_empty())
    }

    /// What it is worth, and who has signed it. Where it has two kinds of signatures, both have to fit.
    pub fn judge(
        &self,
        senders: &[Sender<'_>],
        now: Timestamp,
    ) -> (SignatureVerdict, Option<IntegrationId>) {
        if !self.is_signed() {
            return (SignatureVerdict::Unsigned, None);
        }
        if senders.is_empty() {
            return (SignatureVerdict::Unknown, None);
        }
        match senders.iter().find(|sender| self.is_by(sender, now)) {
            Some(sender) => (SignatureVerdict::Valid, Some(sender.id)),
            None => (SignatureVerdict::Invalid, None),
        }
    }

    fn is_by(&self, sender: &Sender<'_>, now: Timestamp) -> bool {
        // What was signed with a secret's last breath may be on its way for a moment.
        let valid =
            |secret: &&SigningSecret| secret.not_after.is_none_or(|end| now < end + TOLERANCE);
        let by_any = |fits: &dyn Fn(&str) -> bool| {
            let mut secrets = sender.secrets.iter().filter(valid);
            secrets.any(|secret| fits(&secret.secret))
        };
        let standard = || by_any(&|secret| self.fits(secret));
        let hub = || by_any(&|secret| signature::fits_hub(secret, self.hub, self.body));
        (self.signatures.is_empty() || standard()) && (self.hub.is_empty() || hub())
    }

    fn fits(&self, secret: &str) -> bool {
        let known = if signature::is_private_key(secret) {
            signature::public_key(secret).map(Cow::Owned)
        } else {
            Ok(Cow::Borrowed(secret))
        };
        known.is_ok_and(|known| {
            signature::verify_whenever(&known, self.id, self.timestamp, self.signatures, self.body)
                .is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::testing::SeededRandom;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn secret(secret: &str, not_after: Option<Timestamp>) -> SigningSecret {
        SigningSecret {
            secret: secret.to_owned(),
            not_after,
        }
    }

    #[test]
    fn a_verdict_names_who_has_signed() {
        let random = SeededRandom::default();
        let (one, old, new, worn) = (
            signature::new_secret(&random),
            signature::new_secret(&random),
            signature::new_secret(&random),
            signature::new_secret(&random),
        );
        let key = signature::new_private_key(&random);
        let (first, second) = (
            IntegrationId(Uuid::from_u128(1)),
            IntegrationId(Uuid::from_u128(2)),
        );
        let ones = [secret(&one, None)];
        let twos = [
            secret(&new, None),
            secret(&old, Some(Timestamp(NOW.0 + 1))),
            secret(&key, None),
            secret(&worn, Some(Timestamp(NOW.0 - 600_000))),
        ];
        let senders = [
            Sender {
                id: first,
                secrets: &ones,
            },
            Sender {
                id: second,
                secrets: &twos,
            },
        ];
        let body = b"{}".as_slice();
        // Long ago: when it was signed is not judged.
        let at = Timestamp(1_000_000_000_000);
        let by = |secret: &str| signature::sign(secret, "id", at, body).unwrap();
        let asked = |signatures: &str, hub: &str, body: &[u8], senders: &[Sender<'_>]| {
            let signed = Signed {
                id: "id",
                timestamp: "1000000000",
                signatures,
                hub,
                body,
            };
            signed.judge(senders, NOW)
        };
        let valid = |id| (SignatureVerdict::Valid, Some(id));
        let invalid = (SignatureVerdict::Invalid, None);
        assert_eq!(
            asked("", "", body, &senders),
            (SignatureVerdict::Unsigned, None)
        );
        assert_eq!(
            asked(&by(&one), "", body, &[]),
            (SignatureVerdict::Unknown, None)
        );
        assert_eq!(asked(&by(&one), "", body, &senders), valid(first));
        assert_eq!(asked(&by(&new), "", body, &senders), valid(second));
        let both = format!("{} {}", by(&new), by(&old));
        assert_eq!(asked(&both, "", body, &senders), valid(second));
        assert_eq!(asked(&by(&old), "", body, &senders), valid(second));
        let with_key = signature::sign_v1a(&key, "id", at, body).unwrap();
        assert_eq!(asked(&with_key, "", body, &senders), valid(second));
        let hub = signature::sign_hub(&new, body);
        assert_eq!(asked("", &hub, body, &senders), valid(second));
        assert_eq!(asked(&by(&new), &hub, body, &senders), valid(second));

        assert_eq!(asked(&by(&one), "", b"{ }", &senders), invalid);
        assert_eq!(
            asked(&by(&one), &hub, body, &senders),
            invalid,
            "two who signed"
        );
        assert_eq!(asked("", "sha256=", body, &senders), invalid);
        let spent = by(&worn);
        assert_eq!(
            asked(&spent, "", body, &senders),
            invalid,
            "it has worn out"
        );
        let timeless = Signed {
            id: "id",
            timestamp: "now",
            signatures: &by(&one),
            hub: "",
            body,
        };
        assert_eq!(timeless.judge(&senders, NOW), invalid);
    }
}
