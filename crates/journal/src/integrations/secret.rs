//! Signing secrets, and how one takes the place of another without a message that nobody can check.

use std::time::Duration;

use postern_model::signature::{check_secret, new_secret};
use postern_model::{Action, Integration, IntegrationId, SigningSecret};

use super::thing;
use crate::{Actor, Journal, JournalError};

/// How long a secret that was replaced goes on signing.
const OVERLAP: Duration = Duration::from_hours(24);
/// The most secrets that sign at once; each makes the header longer.
const MOST_SECRETS: usize = 5;

impl Journal {
    /// Gives an integration a new signing secret; the old one goes on signing for 24 h.
    pub async fn rotate_secret(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = entry.integration(actor.team, id).await?;
        let (now, until) = (entry.now, entry.now + OVERLAP);
        integration.secrets.retain(|secret| {
            secret.not_after.is_none_or(|end| end > now) && check_secret(&secret.secret).is_ok()
        });
        integration.secrets.truncate(MOST_SECRETS - 1);
        for secret in &mut integration.secrets {
            secret.not_after = Some(secret.not_after.map_or(until, |end| end.min(until)));
        }
        integration.secrets.insert(
            0,
            SigningSecret {
                secret: new_secret(self.parts.random.as_ref()),
                not_after: None,
            },
        );
        integration.updated_at = entry.now;
        entry.tx.integrations().update(&integration).await?;
        let mut activity = thing(&integration).was(actor, Action::Update, entry.now);
        activity.message = format!(
            "{} gave the integration {} a new signing secret",
            actor.name, integration.name
        );
        entry.tell(vec![activity]).await?;
        entry.finish().await?;
        Ok(integration)
    }
}
