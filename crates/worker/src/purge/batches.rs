//! One kind of old thing after the other, batch by batch.

use std::time::Duration;

use postern_journal::REPEATS_WITHIN;
use postern_model::{ContentHash, Timestamp};
use postern_storage::{StorageError, Store};
use tokio::time::sleep;

use crate::context::Retention;

/// Rows in a batch: a few milliseconds of the writer's time.
const BATCH: u32 = 200;
/// The pause between two batches, in which others have the writer to themselves.
const PAUSE: Duration = Duration::from_millis(50);
/// A body that nothing refers to is left for this long: what refers to it may be just being written.
const BLOBS_REST: Duration = Duration::from_hours(1);

/// How many rows of each kind went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Purged {
    pub(crate) deliveries: u64,
    pub(crate) runs: u64,
    pub(crate) replays: u64,
    pub(crate) events: u64,
    pub(crate) emptied: u64,
    pub(crate) inbox_requests: u64,
    pub(crate) incoming_calls: u64,
    pub(crate) idempotency_keys: u64,
    pub(crate) collections: u64,
    pub(crate) blobs: u64,
}

impl Purged {
    pub(crate) fn total(&self) -> u64 {
        self.deliveries
            + self.runs
            + self.replays
            + self.events
            + self.emptied
            + self.inbox_requests
            + self.incoming_calls
            + self.idempotency_keys
            + self.collections
            + self.blobs
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Deliveries,
    Runs,
    Replays,
    Events,
    Bodies,
    InboxRequests,
    IncomingCalls,
    IdempotencyKeys,
    DeletedCollections,
}

/// Deletes all that is too old now. Deliveries before events and events before bodies, since each refers to the next.
pub(crate) async fn purge(
    store: &Store,
    retention: &Retention,
    now: Timestamp,
) -> Result<Purged, StorageError> {
    Ok(Purged {
        deliveries: rows(store, Kind::Deliveries, now - retention.deliveries).await?,
        runs: rows(store, Kind::Runs, now - retention.runs).await?,
        replays: rows(store, Kind::Replays, now - retention.deliveries).await?,
        events: rows(store, Kind::Events, now - retention.events).await?,
        emptied: rows(store, Kind::Bodies, now - retention.bodies).await?,
        inbox_requests: rows(store, Kind::InboxRequests, now - retention.inbox_requests).await?,
        incoming_calls: rows(store, Kind::IncomingCalls, now - REPEATS_WITHIN).await?,
        idempotency_keys: rows(
            store,
            Kind::IdempotencyKeys,
            now - retention.idempotency_keys,
        )
        .await?,
        collections: rows(
            store,
            Kind::DeletedCollections,
            now - retention.deleted_collections,
        )
        .await?,
        blobs: blobs(store, now - BLOBS_REST).await?,
    })
}

async fn rows(store: &Store, kind: Kind, before: Timestamp) -> Result<u64, StorageError> {
    let mut total = 0;
    loop {
        let mut tx = store.begin().await?;
        let gone = match kind {
            Kind::Deliveries => tx.purge().deliveries(before, BATCH).await?,
            Kind::Runs => tx.purge().runs(before, BATCH).await?,
            Kind::Replays => tx.purge().replays(before, BATCH).await?,
            Kind::Events => tx.purge().events(before, BATCH).await?,
            Kind::Bodies => tx.purge().bodies(before, BATCH).await?,
            Kind::InboxRequests => tx.purge().inbox_requests(before, BATCH).await?,
            Kind::IncomingCalls => tx.purge().incoming_calls(before, BATCH).await?,
            Kind::IdempotencyKeys => tx.purge().idempotency_keys(before, BATCH).await?,
            Kind::DeletedCollections => tx.deleted_collections().purge(before, BATCH).await?,
        };
        tx.commit().await?;
        total += gone;
        if gone == 0 {
            return Ok(total);
        }
        sleep(PAUSE).await;
    }
}

async fn blobs(store: &Store, before: Timestamp) -> Result<u64, StorageError> {
    let mut total = 0;
    let mut after: Option<ContentHash> = None;
    loop {
        let mut tx = store.begin().await?;
        let (gone, next) = tx.purge().orphan_blobs(after, before, BATCH).await?;
        tx.commit().await?;
        total += gone;
        if next.is_none() {
            return Ok(total);
        }
        after = next;
        sleep(PAUSE).await;
    }
}
