//! What the sender of deliveries asks and writes.
//!
//! Correctness rests on the fence in [`Deliveries::finish`]: an outcome is written only while the shard's lease has the epoch
//! that the attempt was made under. That `due` asks for the node's own shards only saves work.

use postern_model::{Attempt, AttemptTrigger, Delivery, HeldReason, NodeId, Shard, Timestamp};

use super::{Deliveries, DeliveryStateName, End, delivery};
use crate::StorageError;
use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;

macro_rules! due {
    ($first_of_each:literal) => {
        concat!(
            "WITH lanes AS (
            SELECT i.team, i.id, s.epoch FROM shards s JOIN integrations i ON i.shard = s.shard
            WHERE s.owner = $1 AND (i.not_before IS NULL OR i.not_before <= $2))
        SELECT d.team, d.id, d.event, d.integration, d.shard, d.state, d.held_reason, d.due_at, NULL AS cancelled_by,
            d.triggered_by, d.attempts, d.made, d.coalesce_key, d.created_at, d.updated_at, lanes.epoch
        FROM lanes ",
            $first_of_each,
            " ORDER BY d.due_at, d.id LIMIT $4"
        )
    };
}

macro_rules! find_hot {
    () => {
        "SELECT shard FROM deliveries WHERE team = $1 AND id = $2"
    };
}

macro_rules! find_done {
    () => {
        "SELECT shard FROM deliveries_done WHERE team = $1 AND id = $2"
    };
}

statements! {
    // By integration, through the index of each: what waits behind the first few of a busy one is never read.
    DUE = due!(
        "JOIN deliveries d ON d.team = lanes.team AND d.id IN (
            SELECT id FROM deliveries WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
                AND due_at <= $2 ORDER BY due_at, id LIMIT $3)"
    ) => due!(
        "CROSS JOIN LATERAL (
            SELECT * FROM deliveries WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
                AND due_at <= $2 ORDER BY due_at, id LIMIT $3) d"
    );
    NEXT_DUE_AT = "WITH lanes AS (
            SELECT i.not_before, (
                SELECT MIN(d.due_at) FROM deliveries d
                WHERE d.team = i.team AND d.integration = i.id AND d.state = 'scheduled') AS due_at
            FROM shards s JOIN integrations i ON i.shard = s.shard WHERE s.owner = $1)
        SELECT MIN(CASE WHEN not_before > due_at THEN not_before ELSE due_at END) AS due_at FROM lanes";
    FIND_HOT = find_hot!() => concat!(find_hot!(), " FOR UPDATE");
    FIND_DONE = find_done!() => concat!(find_done!(), " FOR UPDATE");
    // Who asked for another attempt while an automatic one ($7) was under way still gets it.
    AGAIN = "UPDATE deliveries SET
            due_at = CASE WHEN triggered_by = 'manual' AND $7 = 'automatic' THEN due_at ELSE $3 END,
            triggered_by = CASE WHEN triggered_by = 'manual' AND $7 = 'automatic' THEN 'manual' ELSE 'automatic' END,
            attempts = attempts + $4, made = $5, updated_at = $6
        WHERE team = $1 AND id = $2 AND state = 'scheduled'";
    // Somebody paused the integration while the attempt was under way: the delivery stays held.
    STILL_HELD = "UPDATE deliveries SET triggered_by = 'automatic', attempts = attempts + $3, made = $4, updated_at = $5
        WHERE team = $1 AND id = $2 AND state = 'held'";
    HOLD = "UPDATE deliveries SET state = 'held', held_reason = $3, due_at = NULL, triggered_by = 'automatic',
            attempts = attempts + 1, made = $4, updated_at = $5
        WHERE team = $1 AND id = $2";
    TAKE = "DELETE FROM deliveries WHERE team = $1 AND id = $2
        RETURNING team, id, event, integration, shard, attempts, coalesce_key, created_at";
    DONE_MADE = "UPDATE deliveries_done SET attempts = attempts + 1, made = $3 WHERE team = $1 AND id = $2";
    DONE_SUCCEEDED = "UPDATE deliveries_done SET state = 'succeeded', cancelled_by = NULL, finished_at = $3
        WHERE team = $1 AND id = $2 AND state = 'cancelled'";
}

/// A delivery whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDelivery {
    /// The delivery.
    pub delivery: Delivery,
    /// What made it due.
    pub trigger: AttemptTrigger,
    /// The number of the attempt that is due. It also counts those that were not spent, so it may be more than
    /// `delivery.attempts + 1`.
    pub number: i32,
    /// The epoch of its shard's lease: what comes of the attempt is written under it.
    pub epoch: i64,
}

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another attempt at this time. `spent`: whether this one counts (one that met `Retry-After` does not).
    Again {
        /// When it is due.
        due_at: Timestamp,
        /// Whether the attempt counts.
        spent: bool,
    },
    /// It waits until the integration works again.
    Held(HeldReason),
    /// It is over.
    End(Ending),
}

/// How an attempt ends its delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The receiver answered 2xx.
    Succeeded,
    /// It was the last attempt of the schedule.
    Exhausted,
}

/// What became of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// The attempt and what follows are written.
    Written,
    /// The delivery ended (was cancelled) while the attempt was under way: the attempt is written, and a success too.
    AlreadyOver,
    /// The lease has changed hands: nothing is written, and the new owner will send again.
    LeaseLost,
}

impl Deliveries<'_> {
    /// Deliveries in this node's shards that are due, at most `per_integration` of each integration, the longest due first.
    /// Integrations that must wait (`not_before`) are left out. What is under way is still there: the caller knows what it
    /// is sending.
    pub async fn due(
        &mut self,
        owner: NodeId,
        now: Timestamp,
        per_integration: u32,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StorageError> {
        self.tx
            .all(&DUE, args![owner, now, per_integration, limit])
            .await?
            .iter()
            .map(|row| {
                let made: i32 = row.get("made")?;
                Ok(DueDelivery {
                    delivery: delivery(row)?,
                    trigger: row.get("triggered_by")?,
                    number: made + 1,
                    epoch: row.get("epoch")?,
                })
            })
            .collect()
    }

    /// When the next delivery in this node's shards is due, `not_before` of its integration included; a time that has
    /// passed means: now.
    pub async fn next_due_at(&mut self, owner: NodeId) -> Result<Option<Timestamp>, StorageError> {
        self.tx.one(&NEXT_DUE_AT, args![owner]).await?.get("due_at")
    }

    /// Writes an attempt and what follows it, if the shard's lease still has the attempt's epoch (`attempt.epoch`) and
    /// this owner.
    ///
    /// Who also writes the integration's send state reads it with `get_for_update` before this call: whoever locks both locks
    /// the integration first.
    pub async fn finish(
        &mut self,
        owner: NodeId,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<Finished, StorageError> {
        let (team, id) = (attempt.team, attempt.delivery);
        let hot = self.tx.optional(&FIND_HOT, args![team, id]).await?;
        let is_hot = hot.is_some();
        let found = match hot {
            Some(row) => Some(row),
            None => self.tx.optional(&FIND_DONE, args![team, id]).await?,
        };
        let Some(row) = found else {
            return Ok(Finished::AlreadyOver);
        };
        let shard = Shard(row.get("shard")?);
        if !self.tx.leases().fence(owner, shard, attempt.epoch).await? {
            return Ok(Finished::LeaseLost);
        }
        self.tx.attempts().insert(attempt).await?;
        if is_hot {
            self.follow(attempt, next, now).await?;
            return Ok(Finished::Written);
        }
        self.tx
            .execute(&DONE_MADE, args![team, id, attempt.number])
            .await?;
        if next == Next::End(Ending::Succeeded) {
            self.tx
                .execute(&DONE_SUCCEEDED, args![team, id, now])
                .await?;
        }
        Ok(Finished::AlreadyOver)
    }

    /// What follows an attempt of a delivery that is not over.
    async fn follow(
        &mut self,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (team, id, made) = (attempt.team, attempt.delivery, attempt.number);
        match next {
            Next::Again { due_at, spent } => {
                let spent = i64::from(spent);
                self.tx
                    .execute(
                        &AGAIN,
                        args![team, id, due_at, spent, made, now, attempt.trigger.as_str()],
                    )
                    .await?;
                self.tx
                    .execute(&STILL_HELD, args![team, id, spent, made, now])
                    .await?;
            }
            Next::Held(reason) => {
                self.tx
                    .execute(&HOLD, args![team, id, reason.as_str(), made, now])
                    .await?;
            }
            Next::End(ending) => {
                let row: Row = self.tx.one(&TAKE, args![team, id]).await?;
                let end = End {
                    state: match ending {
                        Ending::Succeeded => DeliveryStateName::Succeeded,
                        Ending::Exhausted => DeliveryStateName::Exhausted,
                    },
                    by: None,
                    spent: 1,
                    made: i64::from(made),
                    at: now,
                };
                self.insert_done(&row, &end).await?;
            }
        }
        Ok(())
    }
}
