//! Whether an integration sends: paused and resumed by people, disabled by Postern.

use postern_model::{Action, HeldReason, Integration, IntegrationId, IntegrationStatus};
use postern_storage::{SendState, Tx};

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

    /// Switches integrations off, each for its reason, within the unit of work that writes the answers which were one too
    /// many, and ends that: the answers, the status, what is held and what the feed tells are there together or not at all.
    /// What is due for them is held.
    pub async fn disable_integrations(
        &self,
        tx: Tx,
        off: &[(Integration, String)],
    ) -> Result<(), JournalError> {
        let mut entry = self.entry_within(tx).await?;
        for (integration, reason) in off {
            let disabled = Integration {
                status: IntegrationStatus::Disabled {
                    reason: reason.clone(),
                },
                ..integration.clone()
            };
            entry.set_status(&disabled).await?;
            entry
                .tx
                .deliveries()
                .hold(disabled.team, disabled.id, HeldReason::Disabled, entry.now)
                .await?;
            let postern = Actor::postern(disabled.team);
            let activity = thing(&disabled).was_disabled(&postern, reason, entry.now);
            entry.tell(vec![activity]).await?;
        }
        entry.owes_deliveries();
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn set_status(&mut self, it: &Integration) -> Result<(), JournalError> {
        self.tx
            .integrations()
            .set_status(it.team, it.id, &it.status, self.now)
            .await?;
        Ok(())
    }
}
