//! What has come to inboxes. Headers are sealed: some are as good as a password.

use std::collections::HashMap;

use postern_model::{InboxId, InboxRequest, InboxRequestId, TeamId, Timestamp};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

/// What the sealed headers are bound to.
const HEADERS: &str = "inbox_requests.headers";

macro_rules! columns {
    () => {
        "team, inbox, id, received_at, method, path, query, bytes, content_type, event, webhook_id, attempt, verdict, \
         integration, answered"
    };
}

statements! {
    INSERT = concat!("INSERT INTO inbox_requests (", columns!(), ", sealed_headers, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");
    LIST = concat!("SELECT ", columns!(), " FROM inbox_requests WHERE team = $1 AND inbox = $2 AND id < $3
        ORDER BY id DESC LIMIT $4");
    GET = concat!("SELECT ", columns!(), ", sealed_headers FROM inbox_requests WHERE team = $1 AND inbox = $2 AND id = $3");
    BODY = "SELECT body FROM inbox_requests WHERE team = $1 AND inbox = $2 AND id = $3";
    SIZES = "SELECT id, bytes FROM inbox_requests WHERE team = $1 AND inbox = $2 ORDER BY id DESC";
    TALLIES = "SELECT inbox, COUNT(*) AS requests, MAX(received_at) AS last_at FROM inbox_requests
        WHERE team = $1 GROUP BY inbox";
    TALLY = "SELECT COUNT(*) AS requests, MAX(received_at) AS last_at FROM inbox_requests WHERE team = $1 AND inbox = $2";
    DELETE_UP_TO = "DELETE FROM inbox_requests WHERE team = $1 AND inbox = $2 AND id <= $3";
    DELETE = "DELETE FROM inbox_requests WHERE team = $1 AND inbox = $2 AND id = $3";
    EMPTY = "DELETE FROM inbox_requests WHERE team = $1 AND inbox = $2";
}

/// How much is in an inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many requests.
    pub requests: u32,
    /// When the last one came.
    pub last_at: Option<Timestamp>,
}

/// The table of requests that have come to inboxes.
pub struct InboxRequests<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl InboxRequests<'_> {
    /// Adds a request.
    pub async fn insert(
        &mut self,
        request: &InboxRequest,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<(), StorageError> {
        let headers = crate::tx::json("a request's headers", &headers)?;
        let headers = self.tx.seal(HEADERS, request.id.0, headers.as_bytes());
        self.tx
            .execute(
                &INSERT,
                args![
                    request.team,
                    request.inbox,
                    request.id,
                    request.received_at,
                    &request.method,
                    &request.path,
                    &request.query,
                    request.bytes,
                    &request.content_type,
                    &request.event,
                    &request.webhook_id,
                    request.attempt,
                    request.verdict.as_str(),
                    request.integration,
                    request.answered,
                    &headers,
                    body
                ],
            )
            .await?;
        Ok(())
    }

    /// Removes the oldest until there are at most so many, with at most so many bytes in their bodies. The newest always stays.
    pub async fn trim(
        &mut self,
        team: TeamId,
        inbox: InboxId,
        most: usize,
        most_bytes: i64,
    ) -> Result<(), StorageError> {
        let rows = self.tx.all(&SIZES, args![team, inbox]).await?;
        let mut bytes: i64 = 0;
        for (at, row) in rows.iter().enumerate() {
            bytes = bytes.saturating_add(row.get("bytes")?);
            if at > 0 && (at >= most || bytes > most_bytes) {
                let id: InboxRequestId = row.get("id")?;
                self.tx
                    .execute(&DELETE_UP_TO, args![team, inbox, id])
                    .await?;
                break;
            }
        }
        Ok(())
    }

    /// What has come to an inbox, the newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        inbox: InboxId,
        page: PageRequest,
    ) -> Result<Page<InboxRequest>, StorageError> {
        let arguments = args![team, inbox, page.below(), page.rows()];
        let rows = self.tx.all(&LIST, arguments).await?;
        let requests: Result<Vec<_>, _> = rows.iter().map(request).collect();
        Ok(page.page(requests?, |request| request.id.0))
    }

    /// The request of this id, with its headers in their order.
    pub async fn get(
        &mut self,
        team: TeamId,
        inbox: InboxId,
        id: InboxRequestId,
    ) -> Result<Option<(InboxRequest, Vec<(String, String)>)>, StorageError> {
        let Some(row) = self.tx.optional(&GET, args![team, inbox, id]).await? else {
            return Ok(None);
        };
        let sealed: Vec<u8> = row.get("sealed_headers")?;
        let headers = self.tx.unseal(HEADERS, id.0, &sealed)?;
        let headers = serde_json::from_slice(&headers)
            .map_err(|error| row.inconsistent("sealed_headers", error.to_string()))?;
        Ok(Some((request(&row)?, headers)))
    }

    /// A request's body.
    pub async fn body(
        &mut self,
        team: TeamId,
        inbox: InboxId,
        id: InboxRequestId,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let row = self.tx.optional(&BODY, args![team, inbox, id]).await?;
        row.map(|row| row.get("body")).transpose()
    }

    /// How much is in each of a team's inboxes; one in which nothing is, is not among them.
    pub async fn tallies(&mut self, team: TeamId) -> Result<HashMap<InboxId, Tally>, StorageError> {
        let rows = self.tx.all(&TALLIES, args![team]).await?;
        rows.iter()
            .map(|row| Ok((row.get("inbox")?, tally(row)?)))
            .collect()
    }

    /// How much is in an inbox.
    pub async fn tally(&mut self, team: TeamId, inbox: InboxId) -> Result<Tally, StorageError> {
        tally(&self.tx.one(&TALLY, args![team, inbox]).await?)
    }

    /// Removes a request. Whether it was there.
    pub async fn delete(
        &mut self,
        team: TeamId,
        inbox: InboxId,
        id: InboxRequestId,
    ) -> Result<bool, StorageError> {
        let arguments = args![team, inbox, id];
        Ok(self.tx.execute(&DELETE, arguments).await? > 0)
    }

    /// Removes all that has come to an inbox.
    pub async fn empty(&mut self, team: TeamId, inbox: InboxId) -> Result<(), StorageError> {
        self.tx.execute(&EMPTY, args![team, inbox]).await?;
        Ok(())
    }
}

fn tally(row: &Row) -> Result<Tally, StorageError> {
    Ok(Tally {
        requests: row.get("requests")?,
        last_at: row.get("last_at")?,
    })
}

fn request(row: &Row) -> Result<InboxRequest, StorageError> {
    Ok(InboxRequest {
        id: row.get("id")?,
        team: row.get("team")?,
        inbox: row.get("inbox")?,
        received_at: row.get("received_at")?,
        method: row.get("method")?,
        path: row.get("path")?,
        query: row.get("query")?,
        bytes: row.get("bytes")?,
        content_type: row.get("content_type")?,
        event: row.get("event")?,
        webhook_id: row.get("webhook_id")?,
        attempt: row.get("attempt")?,
        verdict: row.get("verdict")?,
        integration: row.get("integration")?,
        answered: row.get("answered")?,
    })
}
