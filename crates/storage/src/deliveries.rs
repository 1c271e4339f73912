//! Deliveries: what is owed, and what was.
//!
//! What is not finished lies in `deliveries`, hot and narrow; what is lies in `deliveries_done`. A delivery moves from one to
//! the other within one unit of work, so it is always in exactly one of them. Its sender is in [`sending`], what people do to
//! it in [`waiting`], and many at once are found in [`chosen`].

pub(crate) mod chosen;
pub(crate) mod sending;
pub(crate) mod waiting;

use postern_model::{
    AttemptTrigger, Delivery, DeliveryId, DeliveryState, EventId, EventKind, HeldReason,
    IntegrationId, TeamId, Timestamp, WorkspaceId,
};

use crate::argument::{Argument, args};
use crate::pagination::lowest_id;
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

pub use chosen::Chosen;
pub use sending::{DueDelivery, Ending, Finished, Next, OwingLane};
pub use waiting::{BATCH, Redelivered};

/// By whom a delivery was cancelled whose place a newer one took.
const BY_A_NEWER_BACKUP: &str = "a newer backup";

macro_rules! told {
    ($columns:literal, $table:literal, $($where:literal),+) => {
        concat!(
            "SELECT d.team, d.id, d.event, d.integration, d.shard, d.state, ", $columns, ", d.attempts,
                d.coalesce_key, d.created_at, e.kind, e.custom_type, e.workspace, COALESCE(i.name, '') AS integration_name
            FROM ", $table, " d
            JOIN events e ON e.team = d.team AND e.id = d.event
            LEFT JOIN integrations i ON i.team = d.team AND i.id = d.integration
            WHERE ", $($where,)+ " ORDER BY d.id DESC"
        )
    };
}

// Each table is read as far as the limit goes, and the two are put together then.
macro_rules! both_tables {
    ($limit:literal, $($where:literal),+) => {
        concat!(
            "SELECT * FROM (SELECT * FROM (",
            told!(
                "d.held_reason, d.due_at, CAST(NULL AS TEXT) AS cancelled_by, d.updated_at", "deliveries", $($where),+
            ), $limit,
            ") waiting UNION ALL SELECT * FROM (",
            told!(
                "CAST(NULL AS TEXT) AS held_reason, CAST(NULL AS BIGINT) AS due_at, d.cancelled_by, d.finished_at AS updated_at", "deliveries_done", $($where),+
            ), $limit,
            ") done) either"
        )
    };
}

macro_rules! list {
    ($($by:literal),+) => {
        concat!(
            both_tables!(
                " LIMIT $7",
                "d.team = $1 AND d.id < $2 AND (d.integration = $3 OR $3 IS NULL) AND (d.state = $4 OR $4 IS NULL)
                AND d.id >= $8 AND (d.created_at >= $5 OR $5 IS NULL) AND (d.created_at < $9 OR $9 IS NULL)
                AND (e.kind = $6 OR $6 IS NULL) AND (d.event = $10 OR $10 IS NULL)",
                $($by),+
            ),
            " ORDER BY id DESC LIMIT $7"
        )
    };
}

statements! {
    TAKE_PLACE_OF = "DELETE FROM deliveries WHERE team = $1 AND integration = $2 AND coalesce_key = $3
        RETURNING team, id, event, integration, shard, attempts, made, coalesce_key, created_at";
    GET = both_tables!("", "d.team = $1 AND d.id = $2");
    // A text of its own for each index that answers it.
    LIST = list!("");
    LIST_UNLUCKY = list!(" AND d.state = $4 AND d.state <> 'succeeded'");
    LIST_OF = list!(" AND d.integration = $3");
    LIST_OF_EVENT = list!(" AND d.event = $10");
}

rows! {
    INSERT = "INSERT INTO deliveries (team, id, event, integration, shard, state, held_reason, due_at, triggered_by,
            attempts, made, coalesce_key, created_at, updated_at) VALUES", [14], "";
    INSERT_DONE = "INSERT INTO deliveries_done (team, id, event, integration, shard, state, cancelled_by, attempts, made,
            coalesce_key, created_at, finished_at) VALUES", [12], "";
}

/// How a delivery stands, without the data of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryStateName {
    /// It is due at some time.
    Scheduled,
    /// It waits for somebody.
    Held,
    /// The receiver answered 2xx.
    Succeeded,
    /// The last attempt failed.
    Exhausted,
    /// Somebody or something cancelled it.
    Cancelled,
    /// Stated retention ended it.
    Expired,
}

impl DeliveryStateName {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Scheduled,
        Self::Held,
        Self::Succeeded,
        Self::Exhausted,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Held => "held",
            Self::Succeeded => "succeeded",
            Self::Exhausted => "exhausted",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Which deliveries of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Only those for this integration.
    pub integration: Option<IntegrationId>,
    /// Only those that stand so.
    pub state: Option<DeliveryStateName>,
    /// Only those of such events.
    pub event: Option<EventKind>,
    /// Only those accepted at this time or later.
    pub since: Option<Timestamp>,
    /// Only those accepted before this time.
    pub until: Option<Timestamp>,
    /// Only those of this event.
    pub of_event: Option<EventId>,
}

/// A delivery with the names that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The delivery.
    pub delivery: Delivery,
    /// The kind of its event.
    pub event_kind: EventKind,
    /// The type of a custom event.
    pub custom_type: Option<String>,
    /// The workspace that it happened in, where there is one.
    pub workspace: Option<WorkspaceId>,
    /// The integration's name; empty when the integration is gone.
    pub integration_name: String,
}

/// The tables of deliveries.
pub struct Deliveries<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Deliveries<'_> {
    /// Adds deliveries. One with a coalesce key takes the place of those of its integration with the same key that still
    /// wait: they end as cancelled "by a newer backup".
    pub async fn insert_all(&mut self, deliveries: &[Delivery]) -> Result<(), StorageError> {
        let mut rows = Vec::with_capacity(deliveries.len() * 14);
        for delivery in deliveries {
            if delivery.coalesce_key.is_some() {
                // One after another, for it may take the place of the one before it.
                self.insert(delivery).await?;
            } else {
                rows.extend(self.row_of(delivery)?);
            }
        }
        self.tx.execute_rows(&INSERT, &rows).await?;
        Ok(())
    }

    /// Adds a delivery, as [`Deliveries::insert_all`] does; how many waiting ones it took the place of.
    pub async fn insert(&mut self, delivery: &Delivery) -> Result<u64, StorageError> {
        let replaced = self.take_place(delivery).await?;
        let row = self.row_of(delivery)?;
        self.tx.execute_rows(&INSERT, &row).await?;
        Ok(replaced)
    }

    fn row_of<'d>(&self, delivery: &'d Delivery) -> Result<[Argument<'d>; 14], StorageError> {
        let (due_at, reason) = match delivery.state {
            DeliveryState::Scheduled { due_at } => (Some(self.tx.steady(due_at)), None),
            DeliveryState::Held { reason } => (None, Some(reason)),
            _ => return Err(StorageError::Finished { id: delivery.id }),
        };
        Ok([
            delivery.team.into(),
            delivery.id.into(),
            delivery.event.into(),
            delivery.integration.into(),
            delivery.shard.into(),
            delivery.state.as_str().into(),
            reason.map(HeldReason::as_str).into(),
            due_at.into(),
            AttemptTrigger::Automatic.as_str().into(),
            delivery.attempts.into(),
            delivery.attempts.into(),
            (&delivery.coalesce_key).into(),
            delivery.created_at.into(),
            delivery.updated_at.into(),
        ])
    }

    /// Ends those that this one takes the place of; how many.
    async fn take_place(&mut self, delivery: &Delivery) -> Result<u64, StorageError> {
        if delivery.coalesce_key.is_none() {
            return Ok(0);
        }
        let rows = self
            .tx
            .all(
                &TAKE_PLACE_OF,
                args![delivery.team, delivery.integration, &delivery.coalesce_key],
            )
            .await?;
        self.cancelled(&rows, BY_A_NEWER_BACKUP, delivery.created_at)
            .await
    }

    /// Writes rows that were taken out of the hot table as cancelled; how many.
    async fn cancelled(
        &mut self,
        rows: &[Row],
        by: &str,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let ended = rows
            .iter()
            .map(|row| {
                let end = End {
                    state: DeliveryStateName::Cancelled,
                    by: Some(by),
                    spent: 0,
                    made: row.get("made")?,
                    at: now,
                };
                Ok((row, end))
            })
            .collect::<Result<Vec<_>, StorageError>>()?;
        self.insert_done(&ended).await?;
        Ok(rows.len() as u64)
    }

    /// The delivery of this id, finished or not.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: DeliveryId,
    ) -> Result<Option<DeliveryRecord>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(|row| self.record(row))
            .transpose()
    }

    /// A team's deliveries, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<DeliveryRecord>, StorageError> {
        let list = match (filter.integration, filter.state) {
            _ if filter.of_event.is_some() => &LIST_OF_EVENT,
            (Some(_), _) => &LIST_OF,
            (None, None | Some(DeliveryStateName::Succeeded)) => &LIST,
            (None, Some(_)) => &LIST_UNLUCKY,
        };
        let rows = self
            .tx
            .all(
                list,
                args![
                    team,
                    page.below_time(filter.until),
                    filter.integration,
                    filter.state.map(DeliveryStateName::as_str),
                    filter.since,
                    filter.event.map(EventKind::as_str),
                    page.rows(),
                    lowest_id(filter.since.unwrap_or(Timestamp(0))),
                    filter.until,
                    filter.of_event
                ],
            )
            .await?;
        let records = rows
            .iter()
            .map(|row| self.record(row))
            .collect::<Result<_, _>>()?;
        Ok(page.page(records, |record| record.delivery.id.0))
    }

    fn record(&self, row: &Row) -> Result<DeliveryRecord, StorageError> {
        let mut delivery = delivery(row)?;
        if let DeliveryState::Scheduled { due_at } = &mut delivery.state {
            *due_at = self.tx.shown(*due_at);
        }
        Ok(DeliveryRecord {
            delivery,
            event_kind: row.get("kind")?,
            custom_type: row.get("custom_type")?,
            workspace: row.get("workspace")?,
            integration_name: row.get("integration_name")?,
        })
    }

    /// Writes rows that were taken out of the hot table into the other one.
    async fn insert_done(&mut self, ended: &[(&Row, End<'_>)]) -> Result<(), StorageError> {
        let ended = ended
            .iter()
            .map(|&(row, end)| {
                let attempts: i64 = row.get("attempts")?;
                Ok((taken(row)?, attempts + end.spent, end))
            })
            .collect::<Result<Vec<_>, StorageError>>()?;
        let rows: Vec<Argument<'_>> = ended
            .iter()
            .flat_map(|(taken, attempts, end)| {
                [
                    taken.team.into(),
                    taken.id.into(),
                    taken.event.into(),
                    taken.integration.into(),
                    taken.shard.into(),
                    end.state.as_str().into(),
                    end.by.into(),
                    (*attempts).into(),
                    end.made.into(),
                    (&taken.coalesce_key).into(),
                    taken.created_at.into(),
                    end.at.into(),
                ]
            })
            .collect();
        self.tx.execute_rows(&INSERT_DONE, &rows).await?;
        Ok(())
    }
}

/// What stays the same when a delivery moves from the hot table to the other one.
struct Taken {
    team: TeamId,
    id: DeliveryId,
    event: EventId,
    integration: IntegrationId,
    shard: i16,
    coalesce_key: Option<String>,
    created_at: Timestamp,
}

fn taken(row: &Row) -> Result<Taken, StorageError> {
    Ok(Taken {
        team: row.get("team")?,
        id: row.get("id")?,
        event: row.get("event")?,
        integration: row.get("integration")?,
        shard: row.get("shard")?,
        coalesce_key: row.get("coalesce_key")?,
        created_at: row.get("created_at")?,
    })
}

/// How and when a delivery ends.
#[derive(Clone, Copy)]
struct End<'a> {
    state: DeliveryStateName,
    /// By whom it was cancelled.
    by: Option<&'a str>,
    /// How many attempts more were spent on it.
    spent: i64,
    /// How many attempts were made in all.
    made: i64,
    at: Timestamp,
}

fn delivery(row: &Row) -> Result<Delivery, StorageError> {
    Ok(Delivery {
        id: row.get("id")?,
        team: row.get("team")?,
        event: row.get("event")?,
        integration: row.get("integration")?,
        state: state(row)?,
        attempts: row.get("attempts")?,
        shard: row.get("shard")?,
        coalesce_key: row.get("coalesce_key")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn state(row: &Row) -> Result<DeliveryState, StorageError> {
    Ok(match row.get("state")? {
        DeliveryStateName::Scheduled => DeliveryState::Scheduled {
            due_at: row.get("due_at")?,
        },
        DeliveryStateName::Held => DeliveryState::Held {
            reason: row.get("held_reason")?,
        },
        DeliveryStateName::Succeeded => DeliveryState::Succeeded,
        DeliveryStateName::Exhausted => DeliveryState::Exhausted,
        DeliveryStateName::Cancelled => DeliveryState::Cancelled {
            by: row.get("cancelled_by")?,
        },
        DeliveryStateName::Expired => DeliveryState::Expired,
    })
}
