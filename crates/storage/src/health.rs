//! How integrations fare: counts over their newest deliveries. Each look is bounded, however much there is.

use std::time::Duration;

use postern_model::{IntegrationId, Outcome, TeamId, Timestamp};

use crate::argument::args;
use crate::deliveries::DeliveryStateName;
use crate::pagination::lowest_id;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    // Rows that were accepted a moment before the first bucket may have an id of its time: they count there.
    DONE = "SELECT state, CAST((created_at - $5) / $6 AS BIGINT) AS bucket, COUNT(*) AS number, MAX(finished_at) AS last
        FROM (SELECT state, created_at, finished_at FROM deliveries_done
            WHERE team = $1 AND integration = $2 AND id >= $3 ORDER BY id DESC LIMIT $4) newest
        GROUP BY state, bucket";
    WAITING = "SELECT state, CASE WHEN id < $3 THEN CAST(-1 AS BIGINT) ELSE CAST((created_at - $5) / $6 AS BIGINT) END AS bucket,
            CAST(CASE WHEN made > 0 THEN 1 ELSE 0 END AS BIGINT) AS tried, COUNT(*) AS number
        FROM (SELECT id, state, created_at, made FROM deliveries
            WHERE team = $1 AND integration = $2 ORDER BY id DESC LIMIT $4) newest
        GROUP BY state, bucket, tried";
    LAST_OF_DONE = "SELECT started_at, status, outcome FROM attempts WHERE team = $1 AND delivery =
            (SELECT id FROM deliveries_done WHERE team = $1 AND integration = $2 ORDER BY id DESC LIMIT 1)
        ORDER BY number DESC LIMIT 1";
    LAST_OF_WAITING = "SELECT started_at, status, outcome FROM attempts WHERE team = $1 AND delivery =
            (SELECT id FROM (SELECT id, made FROM deliveries WHERE team = $1 AND integration = $2 ORDER BY id DESC LIMIT $3) newest
                WHERE made > 0 ORDER BY id DESC LIMIT 1)
        ORDER BY number DESC LIMIT 1";
    ATTEMPTS = "SELECT a.total_ms, a.outcome FROM (
            SELECT id FROM (SELECT id FROM deliveries_done
                WHERE team = $1 AND integration = $2 AND id >= $3 ORDER BY id DESC LIMIT $4) done
            UNION ALL SELECT id FROM (SELECT id FROM deliveries
                WHERE team = $1 AND integration = $2 AND id >= $3 ORDER BY id DESC LIMIT $4) waiting
        ) newest JOIN attempts a ON a.team = $1 AND a.delivery = newest.id LIMIT $5";
}

/// How far back the newest attempt of what waits is looked for.
const LOOKED_AT: u32 = 200;

/// Over which time, and how much of it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From when on.
    pub since: Timestamp,
    /// How long each bucket is.
    pub bucket: Duration,
    /// How many buckets there are.
    pub buckets: usize,
    /// The most deliveries that are looked at, the newest first.
    pub most: u32,
}

/// What became of the deliveries that were accepted within a bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bucket {
    /// They succeeded.
    pub delivered: u64,
    /// They ended otherwise: exhausted or expired.
    pub failed: u64,
    /// They wait, and have failed at least once.
    pub retrying: u64,
}

/// How an integration fares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fares {
    /// The buckets, the oldest first.
    pub buckets: Vec<Bucket>,
    /// What is due at some time, also from before.
    pub pending: u64,
    /// What waits for somebody, also from before.
    pub held: u64,
    /// When the last one succeeded.
    pub last_delivery_at: Option<Timestamp>,
    /// Whether there was more than was looked at.
    pub partial: bool,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastAttempt {
    /// When it began.
    pub started_at: Timestamp,
    /// The answer's status, where there was an answer.
    pub status: Option<u16>,
    /// How it ended.
    pub outcome: Outcome,
}

/// What can be told of deliveries together.
pub struct Health<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Health<'_> {
    /// How an integration has fared within a span.
    pub async fn fares(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        span: &Span,
    ) -> Result<Fares, StorageError> {
        let mut fares = Fares {
            buckets: vec![Bucket::default(); span.buckets],
            ..Fares::default()
        };
        let width = i64::try_from(span.bucket.as_millis()).unwrap_or(i64::MAX);
        // One more, so that it is known whether there are more.
        let rows = i64::from(span.most) + 1;
        let from = lowest_id(span.since);
        let arguments = args![team, integration, from, rows, span.since, width];
        let mut seen = 0;
        for row in self.tx.all(&DONE, arguments).await? {
            let number: u64 = row.get("number")?;
            seen += number;
            let state = state(&row)?;
            if state == DeliveryStateName::Succeeded {
                let last: Timestamp = row.get("last")?;
                fares.last_delivery_at = fares.last_delivery_at.max(Some(last));
            }
            if let Some(bucket) = within(&mut fares.buckets, &row)? {
                match state {
                    DeliveryStateName::Succeeded => bucket.delivered += number,
                    DeliveryStateName::Exhausted | DeliveryStateName::Expired => {
                        bucket.failed += number;
                    }
                    _ => {}
                }
            }
        }
        let mut waiting = 0;
        let arguments = args![team, integration, from, rows, span.since, width];
        for row in self.tx.all(&WAITING, arguments).await? {
            let number: u64 = row.get("number")?;
            waiting += number;
            match state(&row)? {
                DeliveryStateName::Held => fares.held += number,
                _ => fares.pending += number,
            }
            let tried: i64 = row.get("tried")?;
            if tried > 0
                && let Some(bucket) = within(&mut fares.buckets, &row)?
            {
                bucket.retrying += number;
            }
        }
        fares.partial = seen > u64::from(span.most) || waiting > u64::from(span.most);
        Ok(fares)
    }

    /// The newest attempt of an integration that is easily found.
    pub async fn last_attempt(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
    ) -> Result<Option<LastAttempt>, StorageError> {
        let done = args![team, integration];
        let done = self.tx.optional(&LAST_OF_DONE, done).await?;
        let waiting = args![team, integration, LOOKED_AT];
        let waiting = self.tx.optional(&LAST_OF_WAITING, waiting).await?;
        let mut last: Option<LastAttempt> = None;
        for row in [done, waiting].into_iter().flatten() {
            let attempt = LastAttempt {
                started_at: row.get("started_at")?,
                status: row.get("status")?,
                outcome: row.get("outcome")?,
            };
            if last.is_none_or(|last| last.started_at < attempt.started_at) {
                last = Some(attempt);
            }
        }
        Ok(last)
    }

    /// How long attempts of the newest deliveries took, in milliseconds, and how they ended; at most so many.
    pub async fn attempts(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<(u64, Outcome)>, StorageError> {
        let arguments = args![team, integration, lowest_id(since), most, most];
        let rows = self.tx.all(&ATTEMPTS, arguments).await?;
        rows.iter()
            .map(|row| Ok((row.get("total_ms")?, row.get("outcome")?)))
            .collect()
    }
}

fn state(row: &Row) -> Result<DeliveryStateName, StorageError> {
    let word: String = row.get("state")?;
    DeliveryStateName::parse(&word)
        .ok_or_else(|| row.inconsistent("state", "no state of a delivery".to_owned()))
}

/// The bucket that a row is of, where it is within the span.
fn within<'b>(
    buckets: &'b mut [Bucket],
    row: &Row,
) -> Result<Option<&'b mut Bucket>, StorageError> {
    let at: i64 = row.get("bucket")?;
    Ok(usize::try_from(at).ok().and_then(|at| buckets.get_mut(at)))
}
