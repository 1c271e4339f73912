//! Whether an integration sends: paused and resumed by people.

use postern_model::{
    Action, HeldReason, Integration, IntegrationId, IntegrationStatus, TeamId, Timestamp,
};
use postern_storage::{BATCH, SendState};

use crate::entry::{Entry, found};
use crate::told::Topic;
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
        let activity = entry
            .thing(&integration)
            .await?
            .was(actor, Action::Pause, entry.now);
        entry.tell(vec![activity]).await?;
        entry.owes_deliveries(actor.team);
        entry.finish().await?;
        Ok(integration)
    }

    /// Holds a batch of what is still scheduled for an integration that doesn't send; whether there may be more. Who pauses or
    /// disables one holds the first batch with it, the worker the rest: nothing of it is sent meanwhile.
    pub async fn hold_rest(&self, team: TeamId, id: IntegrationId) -> Result<bool, JournalError> {
        let mut entry = self.entry().await?;
        let integration = entry.tx.integrations().get_for_update(team, id).await?;
        let reason = match integration.map(|integration| integration.status) {
            Some(IntegrationStatus::Paused) => HeldReason::Paused,
            Some(IntegrationStatus::Disabled { .. }) => HeldReason::Disabled,
            Some(IntegrationStatus::Active) | None => return Ok(false),
        };
        let now = entry.now;
        let held = entry.tx.deliveries().hold(team, id, reason, now).await?;
        entry.changed(team, Topic::Deliveries);
        entry.finish().await?;
        Ok(held == BATCH)
    }

    /// Lets a paused or disabled integration send again: what was held is due now, or only what was accepted since a time,
    /// and the rest is discarded.
    pub async fn resume_integration(
        &self,
        actor: &Actor,
        id: IntegrationId,
        since: Option<Timestamp>,
    ) -> Result<Integration, JournalError> {
        let by = discarded_by(actor);
        let team = actor.team;
        loop {
            let mut entry = self.entry().await?;
            let mut integration = entry.integration(team, id).await?;
            if integration.status.is_active() {
                return Ok(integration);
            }
            let now = entry.now;
            let mut deliveries = entry.tx.deliveries();
            let more = match since {
                Some(_) => deliveries.discard(team, id, since, &by, now).await? == BATCH,
                None => false,
            } || deliveries.release(team, id, now).await? == BATCH;
            entry.changed(team, Topic::Deliveries);
            if more {
                // In units of work of their own, and nothing of it goes out before the last.
                entry.finish().await?;
                continue;
            }
            integration.status = IntegrationStatus::Active;
            entry.set_status(&integration).await?;
            entry
                .tx
                .integrations()
                .set_send_state(team, id, &SendState::default())
                .await?;
            entry.owes_deliveries(actor.team);
            let activity = entry
                .thing(&integration)
                .await?
                .was(actor, Action::Resume, now);
            entry.tell(vec![activity]).await?;
            let integration = found(entry.tx.integrations().get(team, id).await?, "integration")?;
            entry.finish().await?;
            return Ok(integration);
        }
    }

    /// Ends what is held for an integration, only what was accepted before a time where one is given; how many.
    pub async fn discard_held(
        &self,
        actor: &Actor,
        id: IntegrationId,
        before: Option<Timestamp>,
    ) -> Result<u64, JournalError> {
        let by = discarded_by(actor);
        let mut discarded = 0;
        loop {
            let mut entry = self.entry().await?;
            let integration = entry.integration(actor.team, id).await?;
            let now = entry.now;
            let mut deliveries = entry.tx.deliveries();
            let some = deliveries.discard(actor.team, id, before, &by, now).await?;
            discarded += some;
            entry.changed(actor.team, Topic::Deliveries);
            if some == BATCH {
                entry.finish().await?;
                continue;
            }
            if discarded > 0 {
                let mut activity = entry
                    .thing(&integration)
                    .await?
                    .was(actor, Action::Update, now);
                activity.message = format!(
                    "{} discarded {discarded} held deliveries of the integration {}",
                    actor.name, integration.name
                );
                entry.tell(vec![activity]).await?;
            }
            entry.finish().await?;
            return Ok(discarded);
        }
    }
}

fn discarded_by(actor: &Actor) -> String {
    format!("{}, who discarded what was held", actor.name)
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
