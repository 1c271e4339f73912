//! Whether an integration sends: paused and resumed by people.

use postern_model::{Action, HeldReason, Integration, IntegrationId, IntegrationStatus};
use postern_storage::SendState;

use super::thing;
use crate::entry::{Entry, found};
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Pauses an integration: what is due for it is held.
    pub async fn pause_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = entry.integration(actor.team, id).await?;
        if integration.status == IntegrationStatus::Paused {
            return Ok(integration);
        }
        integration.status = IntegrationStatus::Paused;
        integration.updated_at = entry.now;
        entry.set_status(&integration).await?;
        entry
            .tx
            .deliveries()
            .hold(actor.team, id, HeldReason::Paused, entry.now)
            .await?;
        let activity = thing(&integration).was(actor, Action::Pause, entry.now);
        entry.tell(vec![activity]).await?;
        entry.owes_deliveries();
        entry.finish().await?;
        Ok(integration)
    }

    /// Lets a paused or disabled integration send again: what was held is due now.
    pub async fn resume_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
    ) -> Result<Integration, JournalError> {
        let mut entry = self.entry().await?;
        let mut integration = entry.integration(actor.team, id).await?;
        if integration.status.is_active() {
            return Ok(integration);
        }
        integration.status = IntegrationStatus::Active;
        entry.set_status(&integration).await?;
        entry
            .tx
            .integrations()
            .set_send_state(actor.team, id, &SendState::default())
            .await?;
        entry
            .tx
            .deliveries()
            .release(actor.team, id, entry.now)
            .await?;
        entry.owes_deliveries();
        let activity = thing(&integration).was(actor, Action::Resume, entry.now);
        entry.tell(vec![activity]).await?;
        let integration = found(
            entry.tx.integrations().get(actor.team, id).await?,
            "integration",
        )?;
        entry.finish().await?;
        Ok(integration)
    }
}

impl Entry<'_> {
    pub(super) async fn set_status(&mut self, it: &Integration) -> Result<(), JournalError> {
        self.tx
            .integrations()
            .set_status(it.team, it.id, &it.status, self.now)
            .await?;
        Ok(())
    }
}
