//! What the sender of deliveries asks and writes.
//!
//! Correctness rests on the fence in [`Deliveries::finish`]: an outcome is written only while the shard's lease has the epoch
//! that the attempt was made under. That a node asks for its own shards only saves work.

use std::collections::{BTreeSet, HashMap};

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
            e.kind, e.custom_type, e.workspace, e.collection, e.monitor, e.body, e.detailed_body, e.created_at AS happened_at
        FROM lanes ",
            $first_of_each,
            " JOIN events e ON e.team = d.team AND e.id = d.event ORDER BY d.due_at, d.id"
        )
    };
}

macro_rules! find_done {
    () => {
        "SELECT shard FROM deliveries_done WHERE team = $1 AND id = $2"
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
    FIND_DONE = find_done!() => concat!(find_done!(), " FOR UPDATE");
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
    // By integration, through the index of each: what waits behind the first few of a busy one is never read.
    WINDOW = "WITH most (number) AS (SELECT CAST($1 AS BIGINT)), lanes (team, id) AS (VALUES", [2 after 1: "uuid", "uuid"], window!(
        "JOIN deliveries d ON d.team = lanes.team AND d.id IN (
            SELECT id FROM deliveries WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
            ORDER BY due_at, id LIMIT (SELECT number FROM most))"
    ) => window!(
        "CROSS JOIN LATERAL (
            SELECT * FROM deliveries WHERE team = lanes.team AND integration = lanes.id AND state = 'scheduled'
            ORDER BY due_at, id LIMIT (SELECT number FROM most)) d"
    );
    FIND_ALL_HOT = "SELECT id, shard FROM deliveries WHERE (team, id) IN (VALUES", [2: "uuid", "uuid"], ")"
        => ") ORDER BY team, id FOR UPDATE";
    TAKE = "DELETE FROM deliveries WHERE (team, id) IN (VALUES", [2: "uuid", "uuid"], ")
        RETURNING team, id, event, integration, shard, attempts, coalesce_key, created_at";
}

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
        let ids: Vec<Argument<'_>> = made
            .iter()
            .flat_map(|(attempt, _)| [attempt.team.into(), attempt.delivery.into()])
            .collect();
        let mut shards: HashMap<DeliveryId, (Shard, bool)> = HashMap::with_capacity(made.len());
        for row in &self.tx.all_rows(&FIND_ALL_HOT, &[], &ids).await? {
            shards.insert(row.get("id")?, (Shard(row.get("shard")?), true));
        }
        for (attempt, _) in made {
            if shards.contains_key(&attempt.delivery) {
                continue;
            }
            let arguments = args![attempt.team, attempt.delivery];
            if let Some(row) = self.tx.optional(&FIND_DONE, arguments).await? {
                shards.insert(attempt.delivery, (Shard(row.get("shard")?), false));
            }
        }
        let epochs: BTreeSet<(Shard, i64)> = made
            .iter()
            .filter_map(|(attempt, _)| Some((shards.get(&attempt.delivery)?.0, attempt.epoch)))
            .collect();
        let held = self.tx.leases().fences(owner, &epochs).await?;
        let became = |attempt: &Attempt| match shards.get(&attempt.delivery) {
            None => Finished::AlreadyOver,
            Some((shard, _)) if !held.contains(&(*shard, attempt.epoch)) => Finished::LeaseLost,
            Some((_, true)) => Finished::Written,
            Some((_, false)) => Finished::AlreadyOver,
        };
        let finished: Vec<Finished> = made.iter().map(|(attempt, _)| became(attempt)).collect();
        let counted: Vec<&(&Attempt, Next)> = made
            .iter()
            .zip(&finished)
            .filter(|((attempt, _), finished)| {
                **finished != Finished::LeaseLost && shards.contains_key(&attempt.delivery)
            })
            .map(|(made, _)| made)
            .collect();
        let attempts: Vec<&Attempt> = counted.iter().map(|(attempt, _)| *attempt).collect();
        self.tx.attempts().insert_all(&attempts).await?;
        let mut ended = Vec::new();
        for &&(attempt, next) in &counted {
            match (shards.get(&attempt.delivery), next) {
                (Some((_, true)), Next::End(ending)) => ended.push((attempt, ending)),
                (Some((_, true)), _) => self.follow(attempt, next, now).await?,
                _ => self.was_over(attempt, next, now).await?,
            }
        }
        self.end(&ended, now).await?;
        Ok(finished)
    }

    /// Notes the attempt of a delivery that was cancelled while it was under way; a success counts all the same.
    async fn was_over(
        &mut self,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (team, id) = (attempt.team, attempt.delivery);
        self.tx
            .execute(&DONE_MADE, args![team, id, attempt.number])
            .await?;
        if next == Next::End(Ending::Succeeded) {
            self.tx
                .execute(&DONE_SUCCEEDED, args![team, id, now])
                .await?;
        }
        Ok(())
    }

    /// What follows an attempt of a delivery that goes on.
    async fn follow(
        &mut self,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (team, id, made) = (attempt.team, attempt.delivery, attempt.number);
        match next {
            Next::Again {
                due_at,
                spent,
                keeps_place,
            } => {
                let spent = i64::from(spent);
                let trigger = attempt.trigger.as_str();
                self.tx
                    .execute(
                        &AGAIN,
                        args![team, id, due_at, spent, made, now, trigger, keeps_place],
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
            Next::End(ending) => self.end(&[(attempt, ending)], now).await?,
        }
        Ok(())
    }

    /// Moves deliveries from the hot table to the other one.
    async fn end(
        &mut self,
        ended: &[(&Attempt, Ending)],
        now: Timestamp,
    ) -> Result<(), StorageError> {
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
            let end = End {
                state: match ending {
                    Ending::Succeeded => DeliveryStateName::Succeeded,
                    Ending::Exhausted => DeliveryStateName::Exhausted,
                },
                by: None,
                spent: 1,
                made: i64::from(attempt.number),
                at: now,
            };
            done.push((row, end));
        }
        self.insert_done(&done).await
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
            body: row.get("body")?,
            detailed_body: row.get("detailed_body")?,
            created_at: row.get("happened_at")?,
        },
        trigger: row.get("triggered_by")?,
        number: made + 1,
        due_at: row.get("due_at")?,
        retry_at: row.get("retry_at")?,
        delivery,
    })
}
