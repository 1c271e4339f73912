//! What the sender of deliveries asks and writes.
//!
//! Correctness rests on the fence in [`Deliveries::finish`]: an outcome is written only while the shard's lease has the epoch
//! that the attempt was made under. That a node asks for its own shards only saves work.

use std::collections::{BTreeSet, HashMap, HashSet};

use postern_model::{
    Attempt, AttemptTrigger, Delivery, DeliveryId, Event, HeldReason, IntegrationId, NodeId, Shard,
    TeamId, Timestamp,
};

use super::{Deliveries, DeliveryStateName, End, delivery};
use crate::StorageError;
use crate::argument::{Argument, args};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;

macro_rules! window {
    ($first_of_each:literal) => {
        concat!(
            ") SELECT d.team, d.id, d.event, d.integration, d.shard, d.state, d.held_reason, d.due_at, d.retry_at,
            NULL AS cancelled_by, d.triggered_by, d.attempts, d.made, d.coalesce_key, d.created_at, d.updated_at,
            e.kind, e.custom_type, e.workspace, e.collection, e.monitor,
            e.detailed_body IS NOT NULL OR e.detailed_content IS NOT NULL AS detailed, e.created_at AS happened_at
        FROM lanes ",
            $first_of_each,
            " JOIN events e ON e.team = d.team AND e.id = d.event ORDER BY d.due_at, d.id"
        )
    };
}

statements! {
    // Of this node's integrations those that owe something, and since when.
    LANES = "SELECT team, id, due_at FROM (
            SELECT i.team, i.id, (
                SELECT MIN(d.due_at) FROM deliveries d
                WHERE d.team = i.team AND d.integration = i.id AND d.state = 'scheduled') AS due_at
            FROM shards s JOIN integrations i ON i.shard = s.shard WHERE s.owner = $1) lanes
        WHERE due_at IS NOT NULL";
    // Who asked for another attempt while an automatic one ($7) was under way still gets it.
    // Who keeps its place ($8) keeps the time that is its place.
    AGAIN = "UPDATE deliveries SET
            due_at = CASE WHEN $8 OR (triggered_by = 'manual' AND $7 = 'automatic') THEN due_at ELSE $3 END,
            retry_at = CASE WHEN $8 AND NOT (triggered_by = 'manual' AND $7 = 'automatic') THEN $3 END,
            triggered_by = CASE WHEN triggered_by = 'manual' AND $7 = 'automatic' THEN 'manual' ELSE 'automatic' END,
            attempts = attempts + $4, made = $5, updated_at = $6
        WHERE team = $1 AND id = $2 AND state = 'scheduled'";
    // Somebody paused the integration while the attempt was under way: the delivery stays held.
    STILL_HELD = "UPDATE deliveries SET triggered_by = 'automatic', attempts = attempts + $3, made = $4, updated_at = $5
        WHERE team = $1 AND id = $2 AND state = 'held'";
    HOLD = "UPDATE deliveries SET state = 'held', held_reason = $3, due_at = NULL, triggered_by = 'automatic',
            attempts = attempts + 1, made = $4, updated_at = $5
        WHERE team = $1 AND id = $2";
    DONE_MADE = "UPDATE deliveries_done SET attempts = attempts + 1, made = $3 WHERE team = $1 AND id = $2";
    DONE_SUCCEEDED = "UPDATE deliveries_done SET state = 'succeeded', cancelled_by = NULL, finished_at = $3
        WHERE team = $1 AND id = $2 AND state = 'cancelled'";
}

rows! {
    // By integration, through the index of each: what waits behind the first few of a busy one is never read. On SQLite the index
    // and the order of the joins are said, for with a million rows of one integration no other way will do.
    WINDOW = "WITH most (number) AS (SELECT CAST($1 AS BIGINT)), lanes (team, id) AS (VALUES", [2 after 1: "uuid", "uuid"], window!(
        "CROSS JOIN deliveries d ON d.team = lanes.team AND d.id IN (
            SELECT id FROM deliveries INDEXED BY deliveries_due WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
            ORDER BY due_at, id LIMIT (SELECT number FROM most))"
    ) => window!(
        "CROSS JOIN LATERAL (
            SELECT * FROM deliveries WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
            ORDER BY due_at, id LIMIT (SELECT number FROM most)) d"
    );
    TAKE = "DELETE FROM deliveries WHERE (team, id) IN (VALUES", [2: "uuid", "uuid"], ")
        RETURNING team, id, event, integration, shard, attempts, coalesce_key, created_at";
}

/// By whom a delivery was cancelled that was not sent because its integration's script said so.
const BY_THE_TRANSFORM: &str = "the integration's transform";

/// An integration that owes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwingLane {
    /// Its team.
    pub team: TeamId,
    /// The integration.
    pub integration: IntegrationId,
    /// When the first of what it owes is due.
    pub due_at: Timestamp,
}

/// A delivery that is due now or later, with its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDelivery {
    /// The delivery.
    pub delivery: Delivery,
    /// What it tells.
    pub event: Event,
    /// What made it due.
    pub trigger: AttemptTrigger,
    /// The number of the attempt that is due. It also counts those that were not spent, so it may be more than
    /// `delivery.attempts + 1`.
    pub number: i32,
    /// When it is due.
    pub due_at: Timestamp,
    /// When it is made again, if it has failed and kept its place.
    pub retry_at: Option<Timestamp>,
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
        /// Whether it stays before those that came after it, as in a lane that keeps order.
        keeps_place: bool,
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
    /// The integration's transform decided not to send it.
    Cancelled,
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
    /// The integrations in this node's shards that owe something.
    pub async fn owing(&mut self, owner: NodeId) -> Result<Vec<OwingLane>, StorageError> {
        self.tx
            .all(&LANES, args![owner])
            .await?
            .iter()
            .map(|row| {
                Ok(OwingLane {
                    team: row.get("team")?,
                    integration: row.get("id")?,
                    due_at: row.get("due_at")?,
                })
            })
            .collect()
    }

    /// What these integrations owe, at most `each` of one, the longest due first, due or not. What is under way is still
    /// there: the caller knows what it is sending.
    pub async fn window(
        &mut self,
        lanes: &[(TeamId, IntegrationId)],
        each: u32,
    ) -> Result<Vec<DueDelivery>, StorageError> {
        let rows: Vec<Argument<'_>> = lanes
            .iter()
            .flat_map(|&(team, id)| [team.into(), id.into()])
            .collect();
        self.tx
            .all_rows(&WINDOW, args![each], &rows)
            .await?
            .iter()
            .map(due)
            .collect()
    }

    /// Writes attempts and what follows each, as far as the shard's lease still has the attempt's epoch (`attempt.epoch`)
    /// and this owner. Of one delivery there is one attempt at most.
    ///
    /// Who also writes an integration's send state locks it before this call: whoever locks both locks the integration
    /// first.
    pub async fn finish(
        &mut self,
        owner: NodeId,
        made: &[(&Attempt, Next)],
        now: Timestamp,
    ) -> Result<Vec<Finished>, StorageError> {
        let epochs: BTreeSet<(Shard, i64)> = made
            .iter()
            .map(|(attempt, _)| (Shard::of(attempt.integration.0), attempt.epoch))
            .collect();
        let held = self.tx.leases().fences(owner, &epochs).await?;
        let fenced: Vec<(&Attempt, Next)> = made
            .iter()
            .filter(|(attempt, _)| {
                held.contains(&(Shard::of(attempt.integration.0), attempt.epoch))
            })
            .copied()
            .collect();
        let ends: Vec<(&Attempt, Ending)> = fenced
            .iter()
            .filter_map(|&(attempt, next)| match next {
                Next::End(ending) => Some((attempt, ending)),
                _ => None,
            })
            .collect();
        let mut written: HashSet<DeliveryId> = self.end(&ends, now).await?;
        for &(attempt, next) in &fenced {
            if !matches!(next, Next::End(_)) && self.follow(attempt, next, now).await? {
                written.insert(attempt.delivery);
            }
        }
        let mut there: Vec<&Attempt> = Vec::with_capacity(fenced.len());
        for &(attempt, next) in &fenced {
            if written.contains(&attempt.delivery) || self.was_over(attempt, next, now).await? {
                there.push(attempt);
            }
        }
        self.tx.attempts().insert_all(&there).await?;
        Ok(made
            .iter()
            .map(|(attempt, _)| {
                if !held.contains(&(Shard::of(attempt.integration.0), attempt.epoch)) {
                    Finished::LeaseLost
                } else if written.contains(&attempt.delivery) {
                    Finished::Written
                } else {
                    Finished::AlreadyOver
                }
            })
            .collect())
    }

    /// Notes the attempt of a delivery that was cancelled while it was under way; a success counts all the same. Whether it
    /// was there.
    async fn was_over(
        &mut self,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let (team, id) = (attempt.team, attempt.delivery);
        let there = self
            .tx
            .execute(&DONE_MADE, args![team, id, attempt.number])
            .await?;
        if next == Next::End(Ending::Succeeded) {
            self.tx
                .execute(&DONE_SUCCEEDED, args![team, id, now])
                .await?;
        }
        Ok(there > 0)
    }

    /// What follows an attempt of a delivery that goes on; whether it was not over.
    async fn follow(
        &mut self,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let (team, id, made) = (attempt.team, attempt.delivery, attempt.number);
        let touched = match next {
            Next::Again {
                due_at,
                spent,
                keeps_place,
            } => {
                let spent = i64::from(spent);
                let trigger = attempt.trigger.as_str();
                let again = args![team, id, due_at, spent, made, now, trigger, keeps_place];
                match self.tx.execute(&AGAIN, again).await? {
                    0 => {
                        let held = args![team, id, spent, made, now];
                        self.tx.execute(&STILL_HELD, held).await?
                    }
                    touched => touched,
                }
            }
            Next::Held(reason) => {
                self.tx
                    .execute(&HOLD, args![team, id, reason.as_str(), made, now])
                    .await?
            }
            Next::End(ending) => {
                return Ok(!self.end(&[(attempt, ending)], now).await?.is_empty());
            }
        };
        Ok(touched > 0)
    }

    /// Moves deliveries from the hot table to the other one; those that were there.
    async fn end(
        &mut self,
        ended: &[(&Attempt, Ending)],
        now: Timestamp,
    ) -> Result<HashSet<DeliveryId>, StorageError> {
        let ids: Vec<Argument<'_>> = ended
            .iter()
            .flat_map(|(attempt, _)| [attempt.team.into(), attempt.delivery.into()])
            .collect();
        let how: HashMap<DeliveryId, (&Attempt, Ending)> = ended
            .iter()
            .map(|&(attempt, ending)| (attempt.delivery, (attempt, ending)))
            .collect();
        let rows = self.tx.all_rows(&TAKE, &[], &ids).await?;
        let mut done = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some((attempt, ending)) = how.get(&row.get::<DeliveryId>("id")?) else {
                continue;
            };
            let (state, by) = match ending {
                Ending::Succeeded => (DeliveryStateName::Succeeded, None),
                Ending::Exhausted => (DeliveryStateName::Exhausted, None),
                Ending::Cancelled => (DeliveryStateName::Cancelled, Some(BY_THE_TRANSFORM)),
            };
            let end = End {
                state,
                by,
                spent: 1,
                made: i64::from(attempt.number),
                at: now,
            };
            done.push((row, end));
        }
        self.insert_done(&done).await?;
        done.iter().map(|(row, _)| row.get("id")).collect()
    }
}

fn due(row: &Row) -> Result<DueDelivery, StorageError> {
    let delivery = delivery(row)?;
    let made: i32 = row.get("made")?;
    Ok(DueDelivery {
        event: Event {
            id: delivery.event,
            team: delivery.team,
            kind: row.get("kind")?,
            custom_type: row.get("custom_type")?,
            workspace: row.get("workspace")?,
            collection: row.get("collection")?,
            monitor: row.get("monitor")?,
            detailed: row.get("detailed")?,
            created_at: row.get("happened_at")?,
        },
        trigger: row.get("triggered_by")?,
        number: made + 1,
        due_at: row.get("due_at")?,
        retry_at: row.get("retry_at")?,
        delivery,
    })
}
