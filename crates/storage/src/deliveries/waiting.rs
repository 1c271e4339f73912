//! What people do to deliveries: deliver again, hold, release, cancel.

use postern_model::{
    DeliveryId, EventId, HeldReason, IntegrationId, IntegrationStatus, TeamId, Timestamp,
};

use super::Deliveries;
use crate::StorageError;
use crate::argument::args;
use crate::integrations;
use crate::statement::statements;

macro_rules! integration_of {
    ($table:literal) => {
        concat!(
            "SELECT i.id, i.status, i.status_reason FROM ",
            $table,
            " d
            JOIN integrations i ON i.team = d.team AND i.id = d.integration
            WHERE d.team = $1 AND d.id = $2"
        )
    };
}

macro_rules! of_integration {
    ($state:literal) => {
        concat!(
            "SELECT id FROM deliveries WHERE team = $1 AND integration = $2 AND state = '",
            $state,
            "'"
        )
    };
}

/// How many rows are held, released, discarded or cancelled in one unit of work at most: what people do to a million of them
/// keeps nobody else waiting.
pub const BATCH: u64 = 2_000;
const ROWS: u32 = 2_000;

statements! {
    INTEGRATION_OF_HOT = integration_of!("deliveries") => concat!(integration_of!("deliveries"), " FOR SHARE OF i");
    INTEGRATION_OF_DONE = integration_of!("deliveries_done") => concat!(integration_of!("deliveries_done"), " FOR SHARE OF i");
    IS_DONE = "SELECT id FROM deliveries_done WHERE team = $1 AND id = $2";
    DUE_NOW = "UPDATE deliveries SET state = $3, held_reason = $4, due_at = $5, retry_at = NULL, triggered_by = 'manual', updated_at = $6
        WHERE team = $1 AND id = $2";
    TAKE_BACK = "DELETE FROM deliveries_done WHERE team = $1 AND id = $2
        RETURNING event, integration, shard, attempts, made, created_at";
    // Without its coalesce key: what somebody asked for by hand, a newer backup does not take away.
    BRING_BACK = "INSERT INTO deliveries (team, id, event, integration, shard, state, held_reason, due_at, triggered_by,
            attempts, made, coalesce_key, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'manual', $9, $10, NULL, $11, $12)";
    HOLD = concat!("UPDATE deliveries SET state = 'held', held_reason = $3, due_at = NULL, updated_at = $4
        WHERE team = $1 AND id IN (", of_integration!("scheduled"), " LIMIT $5)");
    RELEASE = concat!("UPDATE deliveries SET state = 'scheduled', held_reason = NULL, due_at = $3, retry_at = NULL, updated_at = $5
        WHERE team = $1 AND id IN (", of_integration!("held"), " LIMIT $4)");
    DISCARD = concat!("DELETE FROM deliveries WHERE team = $1 AND id IN (", of_integration!("held"), "
            AND (created_at < $3 OR $3 IS NULL) LIMIT $4)
        RETURNING team, id, event, integration, shard, attempts, made, coalesce_key, created_at");
    CANCEL = "DELETE FROM deliveries WHERE team = $1 AND id = $2
        RETURNING team, id, event, integration, shard, attempts, made, coalesce_key, created_at";
    CANCEL_SOME = "DELETE FROM deliveries WHERE team = $1 AND id IN (
            SELECT id FROM deliveries WHERE team = $1 AND integration = $2 LIMIT $3)
        RETURNING team, id, event, integration, shard, attempts, made, coalesce_key, created_at";
    COUNT = "SELECT COUNT(CASE WHEN state = 'scheduled' THEN 1 END) AS scheduled,
            COUNT(CASE WHEN state = 'held' THEN 1 END) AS held
        FROM deliveries WHERE team = $1 AND integration = $2";
}

/// What became of a wish to deliver again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redelivered {
    /// It is due now.
    Scheduled,
    /// It waits, because its integration does not send.
    Held(HeldReason),
    /// Its integration is gone.
    IntegrationGone,
    /// There is no such delivery.
    NotFound,
}

impl Deliveries<'_> {
    /// Makes a delivery due now: a finished one comes back with its id and the numbers of its attempts; one that waits is
    /// not waited for any longer; for an integration that does not send it is held.
    pub async fn redeliver(
        &mut self,
        team: TeamId,
        id: DeliveryId,
        now: Timestamp,
    ) -> Result<Redelivered, StorageError> {
        if let Some(row) = self
            .tx
            .optional(&INTEGRATION_OF_HOT, args![team, id])
            .await?
        {
            let due = Due::of(&integrations::status(&row)?, self.tx.steady(now));
            let touched = self
                .tx
                .execute(
                    &DUE_NOW,
                    args![
                        team,
                        id,
                        due.state(),
                        due.held.map(HeldReason::as_str),
                        due.at,
                        now
                    ],
                )
                .await?;
            if touched > 0 {
                return Ok(due.told());
            }
            // It ended between the two statements: it is among the finished ones now.
        }
        let Some(row) = self
            .tx
            .optional(&INTEGRATION_OF_DONE, args![team, id])
            .await?
        else {
            let is_done = self.tx.optional(&IS_DONE, args![team, id]).await?.is_some();
            return Ok(if is_done {
                Redelivered::IntegrationGone
            } else {
                Redelivered::NotFound
            });
        };
        let due = Due::of(&integrations::status(&row)?, self.tx.steady(now));
        let Some(row) = self.tx.optional(&TAKE_BACK, args![team, id]).await? else {
            // Somebody else brought it back a moment ago, or retention took it.
            return Ok(Redelivered::NotFound);
        };
        let (event, integration): (EventId, IntegrationId) =
            (row.get("event")?, row.get("integration")?);
        let (shard, attempts, made): (i16, i64, i64) =
            (row.get("shard")?, row.get("attempts")?, row.get("made")?);
        let created_at: Timestamp = row.get("created_at")?;
        self.tx
            .execute(
                &BRING_BACK,
                args![
                    team,
                    id,
                    event,
                    integration,
                    shard,
                    due.state(),
                    due.held.map(HeldReason::as_str),
                    due.at,
                    attempts,
                    made,
                    created_at,
                    now
                ],
            )
            .await?;
        Ok(due.told())
    }

    /// A batch of what is scheduled for an integration is held from now on; how many. A full [`BATCH`]: there may be more.
    pub async fn hold(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        reason: HeldReason,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let reason = reason.as_str();
        self.tx
            .execute(&HOLD, args![team, integration, reason, now, ROWS])
            .await
    }

    /// A batch of what is held for an integration is due now; how many.
    pub async fn release(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let due_at = self.tx.steady(now);
        self.tx
            .execute(&RELEASE, args![team, integration, due_at, ROWS, now])
            .await
    }

    /// Ends a batch of what is held for an integration, only what was accepted before a time where one is given; how many.
    pub async fn discard(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        before: Option<Timestamp>,
        by: &str,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let rows = self
            .tx
            .all(&DISCARD, args![team, integration, before, ROWS])
            .await?;
        self.cancelled(&rows, by, now).await
    }

    /// Ends one delivery that is not finished; whether it was there.
    pub async fn cancel(
        &mut self,
        team: TeamId,
        id: DeliveryId,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let rows = self.tx.all(&CANCEL, args![team, id]).await?;
        Ok(self.cancelled(&rows, by, now).await? > 0)
    }

    /// Ends a batch of what is not finished of an integration; how many.
    pub async fn cancel_some(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        by: &str,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let rows = self
            .tx
            .all(&CANCEL_SOME, args![team, integration, ROWS])
            .await?;
        self.cancelled(&rows, by, now).await
    }

    /// How many deliveries of an integration are scheduled and held.
    pub async fn count_waiting(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
    ) -> Result<(u64, u64), StorageError> {
        let row = self.tx.one(&COUNT, args![team, integration]).await?;
        Ok((row.get("scheduled")?, row.get("held")?))
    }
}

/// When a delivery is due that somebody wants now: now, or when its integration works again.
struct Due {
    at: Option<Timestamp>,
    held: Option<HeldReason>,
}

impl Due {
    fn of(integration: &IntegrationStatus, now: Timestamp) -> Self {
        match integration {
            IntegrationStatus::Active => Self {
                at: Some(now),
                held: None,
            },
            IntegrationStatus::Paused => Self {
                at: None,
                held: Some(HeldReason::Paused),
            },
            IntegrationStatus::Disabled { .. } => Self {
                at: None,
                held: Some(HeldReason::Disabled),
            },
        }
    }

    fn state(&self) -> &'static str {
        if self.held.is_some() {
            "held"
        } else {
            "scheduled"
        }
    }

    fn told(&self) -> Redelivered {
        self.held.map_or(Redelivered::Scheduled, Redelivered::Held)
    }
}
