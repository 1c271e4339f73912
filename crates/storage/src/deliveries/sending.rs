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
    DUE = "WITH mine AS (SELECT shard AS lease, epoch FROM shards WHERE owner = $1),
        ranked AS (
            SELECT d.team, d.id, d.event, d.integration, d.shard, d.state, d.held_reason, d.due_at, NULL AS cancelled_by,
                d.triggered_by, d.attempts, d.made, d.coalesce_key, d.created_at, d.updated_at, mine.epoch,
                ROW_NUMBER() OVER (PARTITION BY d.team, d.integration ORDER BY d.due_at, d.id) AS place
            FROM mine
            JOIN deliveries d ON d.shard = mine.lease
            JOIN integrations i ON i.team = d.team AND i.id = d.integration
            WHERE d.state = 'scheduled' AND d.due_at <= $2 AND (i.not_before IS NULL OR i.not_before <= $2))
        SELECT * FROM ranked WHERE place <= $3 ORDER BY due_at, id LIMIT $4";
    NEXT_DUE_AT = "SELECT MIN(CASE WHEN i.not_before > d.due_at THEN i.not_before ELSE d.due_at END) AS due_at
        FROM shards s
        JOIN deliveries d ON d.shard = s.shard
        JOIN integrations i ON i.team = d.team AND i.id = d.integration
        WHERE s.owner = $1 AND d.state = 'scheduled'";
    FIND_HOT = find_hot!() => concat!(find_hot!(), " FOR UPDATE");
    FIND_DONE = find_done!() => concat!(find_done!(), " FOR UPDATE");
    AGAIN = "UPDATE deliveries SET state = 'scheduled', held_reason = NULL, due_at = $3, triggered_by = 'automatic',
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
                    .execute(&AGAIN, args![team, id, due_at, spent, made, now])
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
