//! Idempotency keys: the same POST twice is done once and answered twice.

use std::time::Duration;

use postern_model::{ContentHash, TeamId, Timestamp};

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    CLAIM = "INSERT INTO idempotency_keys (team, idempotency_key, route, request_hash, status, body, created_at)
        VALUES ($1, $2, $3, $4, NULL, NULL, $5) ON CONFLICT (team, idempotency_key) DO UPDATE
        SET route = $3, request_hash = $4, status = NULL, body = NULL, created_at = $5
        WHERE idempotency_keys.created_at <= $6
            OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at <= $7)";
    GET = "SELECT route, request_hash, status, body FROM idempotency_keys WHERE team = $1 AND idempotency_key = $2";
    ANSWER = "UPDATE idempotency_keys SET status = $3, body = $4 WHERE team = $1 AND idempotency_key = $2";
    FORGET = "DELETE FROM idempotency_keys WHERE team = $1 AND idempotency_key = $2 AND status IS NULL";
}

/// How long an answer is kept.
const KEPT_FOR: Duration = Duration::from_hours(24);

/// How long a key without an answer is waited for: longer than any call takes, so that only one that a crash left behind is
/// taken over.
const ABANDONED_AFTER: Duration = Duration::from_mins(15);

/// What the sealed answers are bound to: some of them hold a secret that is shown once.
const BODY: &str = "idempotency_keys.body";

/// A key that came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose it is.
    pub team: TeamId,
    /// The key, as the caller chose it.
    pub key: String,
    /// Method and path.
    pub route: String,
    /// The hash of the request's body.
    pub request: ContentHash,
    /// When the request came.
    pub created_at: Timestamp,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and now belongs to this request.
    New,
    /// Another request with it is still under way.
    UnderWay,
    /// The same request was answered so.
    Answered(StoredAnswer),
    /// The key came with another request.
    OtherRequest,
}

/// The table of idempotency keys.
pub struct IdempotencyKeys<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl IdempotencyKeys<'_> {
    /// Takes the key for a request, or says what is known of it. A key is forgotten a day after its request, or earlier when
    /// its request never came back.
    pub async fn claim(&mut self, key: &IdempotencyKey) -> Result<Claim, StorageError> {
        let taken = self
            .tx
            .execute(
                &CLAIM,
                args![
                    key.team,
                    &key.key,
                    &key.route,
                    &key.request,
                    key.created_at,
                    key.created_at - KEPT_FOR,
                    key.created_at - ABANDONED_AFTER
                ],
            )
            .await?;
        if taken > 0 {
            return Ok(Claim::New);
        }
        let Some(row) = self.tx.optional(&GET, args![key.team, &key.key]).await? else {
            // The other request failed and gave the key back between the two statements: the caller may try again.
            return Ok(Claim::UnderWay);
        };
        let route: String = row.get("route")?;
        let request: ContentHash = row.get("request_hash")?;
        if route != key.route || request != key.request {
            return Ok(Claim::OtherRequest);
        }
        let status: Option<u16> = row.get("status")?;
        let body: Option<Vec<u8>> = row.get("body")?;
        Ok(match (status, body) {
            (Some(status), Some(sealed)) => Claim::Answered(StoredAnswer {
                status,
                body: self.tx.unseal(BODY, key.team.0, &sealed)?,
            }),
            _ => Claim::UnderWay,
        })
    }

    /// Notes the answer.
    pub async fn answer(
        &mut self,
        team: TeamId,
        key: &str,
        answer: &StoredAnswer,
    ) -> Result<(), StorageError> {
        let sealed = self.tx.seal(BODY, team.0, &answer.body);
        self.tx
            .execute(&ANSWER, args![team, key, answer.status, &sealed])
            .await?;
        Ok(())
    }

    /// Gives the key back: its request failed and may be tried again.
    pub async fn forget(&mut self, team: TeamId, key: &str) -> Result<(), StorageError> {
        self.tx.execute(&FORGET, args![team, key]).await?;
        Ok(())
    }
}
