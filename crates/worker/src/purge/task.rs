//! Purges once an hour. Every node does: what another one has deleted is simply not there.

use std::sync::Arc;
use std::time::Duration;

use super::batches::purge;
use crate::context::Context;
use crate::driver::{Look, Task, TaskError};

pub(crate) struct PurgeTask {
    pub(crate) context: Arc<Context>,
}

impl Task for PurgeTask {
    fn period(&self) -> Duration {
        Duration::from_hours(1)
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        // A clock that is put forward by years makes nothing old.
        let now = self.context.parts.clock.steady();
        let purged = purge(
            &self.context.parts.store,
            &self.context.config.retention,
            now,
        )
        .await?;
        if purged.total() == 0 {
            return Ok(Look::nothing());
        }
        Ok(Look {
            did: format!(
                "deleted {} deliveries, {} runs, {} replays, {} events, {} requests of inboxes, {} idempotency keys and {} bodies",
                purged.deliveries,
                purged.runs,
                purged.replays,
                purged.events,
                purged.inbox_requests,
                purged.idempotency_keys,
                purged.blobs
            ),
            again: None,
        })
    }
}
