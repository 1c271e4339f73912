//! Looks for what is due in this node's shards, and gives each a place and a task of its own.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::task::TaskTracker;

use super::lanes::Lanes;
use super::send::send;
use crate::context::Context;
use crate::driver::{Look, Task, TaskError};
use crate::lease::Holding;

/// How often it looks when no bell rings: what a lost ring would strand waits no longer than this.
const PERIOD: Duration = Duration::from_secs(10);
/// How often it looks while requests are under way: their rows hide from the database when the next one is due.
const BUSY: Duration = Duration::from_secs(1);

pub(crate) struct DeliveryTask {
    pub(crate) context: Arc<Context>,
    pub(crate) holding: Holding,
    pub(crate) lanes: Lanes,
    pub(crate) sends: TaskTracker,
}

impl Task for DeliveryTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        self.context.parts.webhooks.sweep();
        if !self.holding.is_fresh() {
            return Ok(Look::nothing());
        }
        let (each, all) = self.lanes.limits();
        let (each, all) = (u32::try_from(each)?, u32::try_from(all)?);
        let node = self.context.config.node;
        let under_way = self.lanes.glance();
        let mut tx = self.context.parts.store.read().await?;
        let now = self.context.now(&mut tx).await?;
        let due = tx.deliveries().due(node, now, each, all).await?;
        let next_due_at = tx.deliveries().next_due_at(node).await?;
        drop(tx);

        let mut started = 0_u32;
        for due in due {
            if under_way.contains(&due.delivery.id) {
                continue;
            }
            let Some(place) = self.lanes.enter(due.delivery.id, due.delivery.integration) else {
                continue;
            };
            started += 1;
            let (context, holding) = (self.context.clone(), self.holding.clone());
            self.sends.spawn(async move {
                Box::pin(send(&context, &holding, due)).await;
                drop(place);
            });
        }
        let again = if self.lanes.under_way() > 0 {
            Some(BUSY)
        } else {
            // What is due and wasn't sent belongs to a shard that has just changed hands: it waits a little.
            next_due_at.map(|due_at| due_at.since(now).max(Duration::from_millis(50)))
        };
        Ok(Look {
            did: if started == 0 {
                String::new()
            } else {
                format!("began {started} attempts")
            },
            again,
        })
    }
}
