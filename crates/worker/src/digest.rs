//! Digests that are due become events.

use std::sync::Arc;
use std::time::Duration;

use crate::context::Context;
use crate::driver::{Look, Task, TaskError};

/// How often it looks when nothing wakes it: a digest that begins meanwhile is due in a minute at the earliest.
const PERIOD: Duration = Duration::from_secs(30);
/// How many are told at one look.
const AT_ONCE: u32 = 100;

pub(crate) struct DigestTask {
    pub(crate) context: Arc<Context>,
}

impl Task for DigestTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        let parts = &self.context.parts;
        let mut tx = parts.store.read().await?;
        let now = self.context.now(&mut tx).await?;
        let due = tx.digests().due(now, AT_ONCE).await?;
        drop(tx);
        let mut told = 0;
        for digest in &due {
            if parts.journal.tell_digest(digest).await? {
                told += 1;
            }
        }
        let mut tx = parts.store.read().await?;
        let now = self.context.now(&mut tx).await?;
        let next = tx.digests().next_due().await?;
        let again = next.map(|next| next.since(now).max(Duration::from_millis(50)));
        let did = match told {
            0 => String::new(),
            count => format!("told {count} digests"),
        };
        Ok(Look { did, again })
    }
}
