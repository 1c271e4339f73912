//! Attempts. They are written by [`crate::Deliveries::finish`] and read here.

use postern_model::{Attempt, AttemptStep, DeliveryId, TeamId};

use crate::argument::{Argument, args};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};
use postern_model::PhaseTimes;

macro_rules! columns {
    () => {
        "team, id, delivery, integration, number, triggered_by, epoch, started_at, dns_ms, connect_ms, tls_ms, \
         first_byte_ms, total_ms, outcome, message, peer, url, status, request_headers, response_headers, response_body, \
         response_bytes, retry_after_ms, steps"
    };
}

statements! {
    LIST = concat!("SELECT ", columns!(), " FROM attempts WHERE team = $1 AND delivery = $2 ORDER BY number");
}

rows! {
    INSERT = concat!("INSERT INTO attempts (", columns!(), ") VALUES"), [24], "";
}

/// The table of attempts.
pub struct Attempts<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Attempts<'_> {
    /// A delivery's attempts, the first one first.
    pub async fn list(
        &mut self,
        team: TeamId,
        delivery: DeliveryId,
    ) -> Result<Vec<Attempt>, StorageError> {
        self.tx
            .all(&LIST, args![team, delivery])
            .await?
            .iter()
            .map(attempt)
            .collect()
    }
}

impl Attempts<'_> {
    /// Adds attempts; only together with what follows them.
    pub(crate) async fn insert_all(&mut self, attempts: &[&Attempt]) -> Result<(), StorageError> {
        let headers = |of: fn(&Attempt) -> &Vec<(String, String)>| {
            attempts
                .iter()
                .map(|attempt| json("an attempt's headers", of(attempt)))
                .collect::<Result<Vec<_>, _>>()
        };
        let sent = headers(|attempt| &attempt.request_headers)?;
        let received = headers(|attempt| &attempt.response_headers)?;
        let steps = attempts
            .iter()
            .map(|attempt| match attempt.steps.as_slice() {
                [] => Ok(None),
                steps => json("an attempt's steps", &steps).map(Some),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<Argument<'_>> = attempts
            .iter()
            .zip(sent.iter().zip(&received))
            .zip(&steps)
            .flat_map(|((attempt, (sent, received)), steps)| {
                row_of(attempt, sent, received, steps.as_deref())
            })
            .collect();
        self.tx.execute_rows(&INSERT, &rows).await?;
        Ok(())
    }
}

fn row_of<'a>(
    attempt: &'a Attempt,
    sent: &'a str,
    received: &'a str,
    steps: Option<&'a str>,
) -> [Argument<'a>; 24] {
    let times = &attempt.times;
    [
        attempt.team.into(),
        attempt.id.into(),
        attempt.delivery.into(),
        attempt.integration.into(),
        attempt.number.into(),
        attempt.trigger.as_str().into(),
        attempt.epoch.into(),
        attempt.started_at.into(),
        times.dns_ms.into(),
        times.connect_ms.into(),
        times.tls_ms.into(),
        times.first_byte_ms.into(),
        times.total_ms.into(),
        attempt.outcome.code().into(),
        (&attempt.message).into(),
        (&attempt.peer).into(),
        (&attempt.url).into(),
        attempt.status.into(),
        sent.into(),
        received.into(),
        (&attempt.response_body).into(),
        attempt.response_bytes.into(),
        attempt.retry_after_ms.into(),
        steps.into(),
    ]
}

fn attempt(row: &Row) -> Result<Attempt, StorageError> {
    Ok(Attempt {
        id: row.get("id")?,
        team: row.get("team")?,
        delivery: row.get("delivery")?,
        integration: row.get("integration")?,
        number: row.get("number")?,
        trigger: row.get("triggered_by")?,
        epoch: row.get("epoch")?,
        started_at: row.get("started_at")?,
        times: PhaseTimes {
            dns_ms: row.get("dns_ms")?,
            connect_ms: row.get("connect_ms")?,
            tls_ms: row.get("tls_ms")?,
            first_byte_ms: row.get("first_byte_ms")?,
            total_ms: row.get("total_ms")?,
        },
        outcome: row.get("outcome")?,
        message: row.get("message")?,
        peer: row.get("peer")?,
        url: row.get("url")?,
        status: row.get("status")?,
        request_headers: row.json("request_headers")?,
        response_headers: row.json("response_headers")?,
        response_body: row.get("response_body")?,
        response_bytes: row.get("response_bytes")?,
        retry_after_ms: row.get("retry_after_ms")?,
        steps: steps(row)?,
    })
}

fn steps(row: &Row) -> Result<Vec<AttemptStep>, StorageError> {
    let json: Option<String> = row.get("steps")?;
    match json {
        None => Ok(Vec::new()),
        Some(_) => row.json("steps"),
    }
}
