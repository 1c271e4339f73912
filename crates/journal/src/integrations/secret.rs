//! Signing secrets and keys, and how one takes the place of another without a message that nobody can check.

use std::time::Duration;

use postern_model::signature::{check_secret, is_private_key, new_private_key, new_secret};
use postern_model::{
    Action, AuditAction, ExtraSignature, Integration, IntegrationId, SigningSecret, Timestamp,
};

use crate::{Actor, Journal, JournalError};

/// The longest that a secret which was replaced goes on signing.
const LONGEST_OVERLAP: Duration = Duration::from_hours(7 * 24);
/// The most secrets that sign at once, and the most keys; each makes the header longer.
const MOST: usize = 5;

/// A secret in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecret {
    /// The secret, where the team brings its own.
    pub secret: Option<String>,
    /// How long the one before goes on signing; at most 7 days.
    pub overlap: Duration,
}

impl Default for NewSecret {
    fn default() -> Self {
        Self {
            secret: None,
            overlap: Duration::from_hours(24),
        }
    }
}

impl NewSecret {
    pub(crate) fn check(&self) -> Result<(), JournalError> {
        if self.overlap > LONGEST_OVERLAP {
            return Err(JournalError::invalid(
                "overlapSeconds",
                "a secret that was replaced goes on being valid for 0 to 604800 seconds (7 days)",
            ));
        }
        Ok(())
    }
}

impl Journal {
    /// Gives an integration a new signing secret, and where it signs with a key a new key; the old ones go on signing for
    /// a while.
    pub async fn rotate_secret(
        &self,
        actor: &Actor,
        id: IntegrationId,
        new: NewSecret,
    ) -> Result<Integration, JournalError> {
        new.check()?;
        let mut entry = self.entry().await?;
        let mut integration = entry.integration(actor.team, id).await?;
        retire(&mut integration.secrets, entry.now, new.overlap);
        self.give_secret(&mut integration, new.secret)?;
        self.give_key(&mut integration);
        integration.updated_at = entry.now;
        entry.tx.integrations().update(&integration).await?;
        let mut activity = entry
            .thing(&integration)
            .await?
            .was(actor, Action::Update, entry.now);
        activity.message = format!(
            "{} gave the integration {} a new signing secret",
            actor.name, integration.name
        );
        let action = AuditAction::SecretRotated;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.owes_deliveries(actor.team);
        entry.finish().await?;
        Ok(integration)
    }

    /// Puts a secret in front of the others: this one, or one that nobody knows yet.
    pub(super) fn give_secret(
        &self,
        integration: &mut Integration,
        secret: Option<String>,
    ) -> Result<(), JournalError> {
        let secret = match secret {
            Some(secret) => {
                check_secret(&secret).map_err(|error| JournalError::invalid("secret", &error))?;
                secret
            }
            None => new_secret(self.parts.random.as_ref()),
        };
        // Of one that comes back there are not two.
        integration.secrets.retain(|old| old.secret != secret);
        integration.secrets.insert(0, for_good(secret));
        Ok(())
    }

    /// Sees to it that an integration that is to sign with a key has one.
    pub(super) fn give_key(&self, integration: &mut Integration) {
        let wanted = integration
            .options
            .signatures
            .contains(&ExtraSignature::Ed25519);
        let has = integration
            .secrets
            .iter()
            .any(|it| is_private_key(&it.secret) && it.not_after.is_none());
        if wanted && !has {
            let key = new_private_key(self.parts.random.as_ref());
            // Behind the secret: the first of all is the one that is shown once.
            let at = integration.secrets.len().min(1);
            integration.secrets.insert(at, for_good(key));
        }
    }
}

pub(crate) fn for_good(secret: String) -> SigningSecret {
    SigningSecret {
        secret,
        not_after: None,
    }
}

/// Lets what signs now sign for a while yet, and drops what doesn't sign any more.
pub(crate) fn retire(secrets: &mut Vec<SigningSecret>, now: Timestamp, overlap: Duration) {
    let until = now + overlap;
    let (mut common, mut keys) = (0, 0);
    secrets.retain_mut(|secret| {
        let end = secret.not_after.map_or(until, |end| end.min(until));
        secret.not_after = Some(end);
        if end <= now {
            return false;
        }
        let count = if is_private_key(&secret.secret) {
            &mut keys
        } else {
            &mut common
        };
        *count += 1;
        *count < MOST
    });
}

#[cfg(test)]
mod tests {
    use postern_model::testing::SeededRandom;

    use super::*;

    #[test]
    fn the_old_ones_sign_for_the_overlap_and_never_longer_than_they_did() {
        let random = SeededRandom::default();
        let now = Timestamp(1_700_000_000_000);
        let mut secrets: Vec<SigningSecret> = (0..8)
            .map(|_| for_good(new_secret(&random)))
            .chain([for_good(new_private_key(&random))])
            .collect();
        secrets[1].not_after = Some(now + Duration::from_secs(1));
        secrets[2].not_after = Some(now);
        retire(&mut secrets, now, Duration::from_mins(1));
        let ends: Vec<u64> = secrets
            .iter()
            .filter_map(|secret| Some(secret.not_after?.since(now).as_secs()))
            .collect();
        assert_eq!(
            ends,
            [60, 1, 60, 60, 60],
            "of the secrets four, and the key"
        );
        assert!(is_private_key(&secrets[4].secret));
        retire(&mut secrets, now, Duration::ZERO);
        assert!(secrets.is_empty(), "without an overlap none");
    }
}
