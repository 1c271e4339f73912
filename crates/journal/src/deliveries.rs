//! Verbs on deliveries: all of them make a row due, or end it; the worker does the rest.

use postern_model::{DeliveryId, DeliveryState};
use postern_storage::Redelivered;

use crate::entry::found;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Makes a delivery due now, also one that has ended; for an integration that doesn't send it is held.
    pub async fn redeliver(&self, actor: &Actor, id: DeliveryId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        match entry
            .tx
            .deliveries()
            .redeliver(actor.team, id, entry.now)
            .await?
        {
            Redelivered::Scheduled => entry.owes_deliveries(actor.team),
            Redelivered::Held(_) => entry.changed(actor.team, Topic::Deliveries),
            Redelivered::IntegrationGone => {
                return Err(JournalError::Conflict {
                    doing: "redeliver",
                    because: "the integration has been deleted, so there is nowhere to send it",
                });
            }
            Redelivered::NotFound => return Err(JournalError::NotFound { what: "delivery" }),
        }
        entry.finish().await
    }

    /// Makes a held delivery due now, if its integration sends.
    pub async fn release_delivery(
        &self,
        actor: &Actor,
        id: DeliveryId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let record = found(entry.tx.deliveries().get(actor.team, id).await?, "delivery")?;
        if !matches!(record.delivery.state, DeliveryState::Held { .. }) {
            return Err(JournalError::Conflict {
                doing: "release the delivery",
                because: "it is not held",
            });
        }
        match entry
            .tx
            .deliveries()
            .redeliver(actor.team, id, entry.now)
            .await?
        {
            Redelivered::Scheduled => entry.owes_deliveries(actor.team),
            _ => {
                return Err(JournalError::Conflict {
                    doing: "release the delivery",
                    because: "its integration is paused or disabled: resume it, and all that is held goes out",
                });
            }
        }
        entry.finish().await
    }

    /// Ends a delivery that waits.
    pub async fn cancel_delivery(&self, actor: &Actor, id: DeliveryId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        found(entry.tx.deliveries().get(actor.team, id).await?, "delivery")?;
        if !entry
            .tx
            .deliveries()
            .cancel(actor.team, id, &actor.name, entry.now)
            .await?
        {
            return Err(JournalError::Conflict {
                doing: "cancel the delivery",
                because: "it has already ended",
            });
        }
        entry.owes_deliveries(actor.team);
        entry.finish().await
    }
}
