//! Replays go on: each second so many of what was chosen become due, batch by batch. How far each has come lies in the
//! database, so that a crash or another node goes on from there.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use postern_model::ReplayId;
use tokio::time::Instant;

use crate::context::Context;
use crate::driver::{Look, Task, TaskError};
use crate::lease::Holding;

/// How often it looks when nothing wakes it.
const PERIOD: Duration = Duration::from_secs(30);
/// How often a replay gets what its rate allows.
const TICK: Duration = Duration::from_secs(1);

pub(crate) struct ReplayTask {
    pub(crate) context: Arc<Context>,
    pub(crate) holding: Holding,
    /// When each gets its next.
    pub(crate) next: HashMap<ReplayId, Instant>,
}

impl Task for ReplayTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        if !self.holding.is_fresh() {
            return Ok(Look::nothing());
        }
        let running = {
            let mut tx = self.context.parts.store.read().await?;
            tx.replays().running(self.context.config.node).await?
        };
        self.next
            .retain(|id, _| running.iter().any(|replay| replay.id == *id));
        let mut made = 0;
        for replay in &running {
            let now = Instant::now();
            let next = self.next.entry(replay.id).or_insert(now);
            if *next > now {
                continue;
            }
            *next = now + TICK;
            let mut left = replay.rate;
            while left > 0 {
                let journal = &self.context.parts.journal;
                match journal.step_replay(replay.team, replay.id, left).await? {
                    // A page in which nothing fits counts for one, so that a look has an end.
                    Some(count) => left = left.saturating_sub(count.max(1)),
                    None => break,
                }
                made += 1;
            }
        }
        if running.is_empty() {
            return Ok(Look::nothing());
        }
        let soonest = self.next.values().min();
        let pause = soonest.map_or(TICK, |next| {
            next.saturating_duration_since(Instant::now())
                .max(Duration::from_millis(10))
        });
        Ok(Look {
            did: format!("went on with {} replays, in {made} batches", running.len()),
            again: Some(pause),
        })
    }
}
