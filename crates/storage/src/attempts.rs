//! Attempts. They are written by [`crate::Deliveries::finish`] and read here.

use postern_model::{Attempt, DeliveryId, TeamId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};
use postern_model::PhaseTimes;

macro_rules! columns {
    () => {
        "team, id, delivery, integration, number, triggered_by, epoch, started_at, dns_ms, connect_ms, tls_ms, \
         first_byte_ms, total_ms, outcome, message, peer, url, status, request_headers, response_headers, response_body, \
         response_bytes, retry_after_ms"
    };
}

statements! {
    INSERT = concat!("INSERT INTO attempts (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
        $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)");
    LIST = concat!("SELECT ", columns!(), " FROM attempts WHERE team = $1 AND delivery = $2 ORDER BY number");
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
    /// Adds an attempt; only together with what follows it.
    pub(crate) async fn insert(&mut self, attempt: &Attempt) -> Result<(), StorageError> {
        let request_headers = json("an attempt's headers", &attempt.request_headers)?;
        let response_headers = json("an attempt's headers", &attempt.response_headers)?;
        let PhaseTimes {
            dns_ms,
            connect_ms,
            tls_ms,
            first_byte_ms,
            total_ms,
        } = attempt.times;
        self.tx
            .execute(
                &INSERT,
                args![
                    attempt.team,
                    attempt.id,
                    attempt.delivery,
                    attempt.integration,
                    attempt.number,
                    attempt.trigger.as_str(),
                    attempt.epoch,
                    attempt.started_at,
                    dns_ms,
                    connect_ms,
                    tls_ms,
                    first_byte_ms,
                    total_ms,
                    attempt.outcome.code(),
                    &attempt.message,
                    &attempt.peer,
                    &attempt.url,
                    attempt.status,
                    &request_headers,
                    &response_headers,
                    &attempt.response_body,
                    attempt.response_bytes,
                    attempt.retry_after_ms,
                ],
            )
            .await?;
        Ok(())
    }
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
    })
}
