//! Retention: what is old goes, in small batches, each in a unit of work of its own.

use postern_model::{ContentHash, Timestamp};

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};
use postern_model::{DeliveryId, TeamId};

statements! {
    DELIVERIES = "DELETE FROM deliveries_done WHERE (team, id) IN (
            SELECT team, id FROM deliveries_done WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)
        RETURNING team, id";
    ATTEMPTS = "DELETE FROM attempts WHERE team = $1 AND delivery = $2";
    RUNS = "DELETE FROM runs WHERE (team, id) IN (
            SELECT team, id FROM runs WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    REPLAYS = "DELETE FROM replays WHERE (team, id) IN (
            SELECT team, id FROM replays WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    EVENTS = "DELETE FROM events WHERE (team, id) IN (
            SELECT e.team, e.id FROM events e WHERE e.created_at < $1
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.team = e.team AND d.event = e.id)
                AND NOT EXISTS (SELECT 1 FROM deliveries_done d WHERE d.team = e.team AND d.event = e.id)
            ORDER BY e.created_at LIMIT $2)";
    // Not while somebody waits for it; that it is empty says that it is not kept any more.
    BODIES = "UPDATE events SET body = NULL, content = $3, detailed_body = NULL, detailed_content = NULL
        WHERE (team, id) IN (
            SELECT e.team, e.id FROM events e WHERE e.created_at < $1
                AND (e.content IS NULL OR length(e.content) > 0)
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.team = e.team AND d.event = e.id)
            ORDER BY e.created_at LIMIT $2)";
    INBOX_REQUESTS = "DELETE FROM inbox_requests WHERE (team, inbox, id) IN (
            SELECT team, inbox, id FROM inbox_requests WHERE received_at < $1 ORDER BY received_at LIMIT $2)";
    INCOMING_CALLS = "DELETE FROM incoming_calls WHERE (team, hook, mark) IN (
            SELECT team, hook, mark FROM incoming_calls WHERE called_at < $1 ORDER BY called_at LIMIT $2)";
    IDEMPOTENCY_KEYS = "DELETE FROM idempotency_keys WHERE (team, idempotency_key) IN (
            SELECT team, idempotency_key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2)";
    BLOBS_TO_LOOK_AT = "SELECT hash FROM blobs WHERE hash > $1 ORDER BY hash LIMIT $2";
    // On PostgreSQL a put that comes between touches the row, and the condition is looked at again.
    ORPHAN_BLOBS = "DELETE FROM blobs WHERE hash > $1 AND hash <= $2 AND touched_at < $3
            AND NOT EXISTS (SELECT 1 FROM collections WHERE collections.hash = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM versions WHERE versions.hash = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM forks WHERE forks.base = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM deleted_collections d WHERE d.hash = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM deleted_versions d WHERE d.hash = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM events WHERE events.body = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM events WHERE events.detailed_body = blobs.hash)
            AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.detail = blobs.hash)";
}

/// Deletes what is old. Each call deletes at most `limit` rows and says how many; zero: there is nothing more.
pub struct Purge<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Purge<'_> {
    /// Finished deliveries that ended before this time, with their attempts.
    pub async fn deliveries(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        let rows = self.tx.all(&DELIVERIES, args![before, limit]).await?;
        for row in &rows {
            let (team, id): (TeamId, DeliveryId) = (row.get("team")?, row.get("id")?);
            self.tx.execute(&ATTEMPTS, args![team, id]).await?;
        }
        Ok(rows.len() as u64)
    }

    /// Runs that ended before this time.
    pub async fn runs(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        self.tx.execute(&RUNS, args![before, limit]).await
    }

    /// Replays that ended before this time.
    pub async fn replays(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        self.tx.execute(&REPLAYS, args![before, limit]).await
    }

    /// Events older than this that no delivery refers to.
    pub async fn events(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        self.tx.execute(&EVENTS, args![before, limit]).await
    }

    /// The bodies of events older than this for which nothing waits; the events stay, with an empty body.
    pub async fn bodies(&mut self, before: Timestamp, limit: u32) -> Result<u64, StorageError> {
        let empty: &[u8] = &[];
        self.tx.execute(&BODIES, args![before, limit, empty]).await
    }

    /// Requests that came to an inbox before this time.
    pub async fn inbox_requests(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StorageError> {
        self.tx.execute(&INBOX_REQUESTS, args![before, limit]).await
    }

    /// Marks of calls that came to incoming hooks before this time.
    pub async fn incoming_calls(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StorageError> {
        self.tx.execute(&INCOMING_CALLS, args![before, limit]).await
    }

    /// Idempotency keys older than this.
    pub async fn idempotency_keys(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StorageError> {
        self.tx
            .execute(&IDEMPOTENCY_KEYS, args![before, limit])
            .await
    }

    /// Looks at up to `limit` blobs behind `after` (in the order of their hashes) and deletes those that were not put since
    /// `before` and that nothing refers to; how many, and where to go on (`None`: all have been looked at). `before` must lie
    /// an hour or more back, so that a blob that is just being put is not taken away.
    pub async fn orphan_blobs(
        &mut self,
        after: Option<ContentHash>,
        before: Timestamp,
        limit: u32,
    ) -> Result<(u64, Option<ContentHash>), StorageError> {
        let from = after.map_or_else(Vec::new, |hash| hash.0.to_vec());
        let looked_at = self.tx.all(&BLOBS_TO_LOOK_AT, args![&from, limit]).await?;
        let Some(last) = looked_at.last() else {
            return Ok((0, None));
        };
        let last: ContentHash = last.get("hash")?;
        let deleted = self
            .tx
            .execute(&ORPHAN_BLOBS, args![&from, &last, before])
            .await?;
        let more = looked_at.len() as u64 >= u64::from(limit);
        Ok((deleted, more.then_some(last)))
    }
}
