//! Looks for monitors that are due and for runs that were asked for, and has them run.

use std::sync::Arc;
use std::time::Duration;

use postern_journal::Topic;
use postern_model::{
    Run, RunId, RunStats, RunStatus, RunTrigger, Schedule, Shard, TeamId, Timestamp,
};
use postern_storage::{DueMonitor, StorageError};

use super::put_back::{self, Looked};
use super::run::Runs;
use crate::context::Context;
use crate::driver::{Look, Task, TaskError, words};
use crate::lease::Holding;

/// How often it looks when nothing wakes it.
const PERIOD: Duration = Duration::from_secs(10);
/// Rows in one look.
const ROWS: u32 = 64;

pub(crate) struct MonitorTask {
    pub(crate) context: Arc<Context>,
    pub(crate) holding: Holding,
    pub(crate) runs: Runs,
    pub(crate) looked: Looked,
}

impl Task for MonitorTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        if !self.holding.is_fresh() {
            return Ok(Look::nothing());
        }
        self.context.parts.monitors.sweep();
        let now = {
            let mut tx = self.context.parts.store.read().await?;
            self.context.now(&mut tx).await?
        };
        if let Some(by) = self.looked.put_back(now, self.context.parts.clock.as_ref()) {
            let anew = self.plan_anew(now, by).await?;
            tracing::warn!(
                seconds = by.as_secs(),
                monitors = anew,
                "the clock was put back: monitors that would have waited for it are planned anew"
            );
        }
        self.looked.at(now, self.context.parts.clock.as_ref());
        let taken_back = self.take_back().await?;
        let queued = self.queue_due(now).await?;
        let started = self.start(now).await?;
        let next_due_at = self.next_due_at().await?;
        Ok(Look {
            did: match (taken_back, queued, started) {
                (0, 0, 0) => String::new(),
                _ => format!("took back {taken_back}, queued {queued} and started {started} runs"),
            },
            again: next_due_at.map(|due_at| due_at.since(now).max(Duration::from_millis(50))),
        })
    }
}

impl MonitorTask {
    /// Something about this team's runs has changed.
    fn tell(&self, team: TeamId) {
        self.context.parts.bells.told.ring(team, Topic::Runs);
    }

    /// Runs whose runner is gone, by a crash or because the shard changed hands, are queued again.
    async fn take_back(&self) -> Result<u32, StorageError> {
        let node = self.context.config.node;
        let stranded = {
            let mut tx = self.context.parts.store.read().await?;
            tx.runs().stranded(node, ROWS).await?
        };
        let mut taken = 0;
        for claimed in stranded {
            let run = &claimed.run;
            // Ours, from before the shard went away and came back: its end will not count, so it need not go on.
            if self.runs.cancel(run.id) {
                continue;
            }
            let mut tx = self.context.parts.store.begin().await?;
            if tx.runs().requeue(run.team, run.id, claimed.epoch).await? {
                tx.commit().await?;
                self.tell(run.team);
                tracing::warn!(run.id = %run.id, monitor.id = %run.monitor, "a run was left behind: it is queued again");
                taken += 1;
            }
        }
        Ok(taken)
    }

    /// A due monitor gets a queued run and its next time.
    async fn queue_due(&self, now: Timestamp) -> Result<u32, StorageError> {
        let node = self.context.config.node;
        let due = {
            let mut tx = self.context.parts.store.read().await?;
            tx.monitors().due(node, now, ROWS).await?
        };
        let mut queued = 0;
        for due in due {
            queued += u32::from(self.queue(due, now).await?);
        }
        Ok(queued)
    }

    async fn queue(&self, due: DueMonitor, now: Timestamp) -> Result<bool, StorageError> {
        let node = self.context.config.node;
        let (team, id) = (due.monitor.team, due.monitor.id);
        let mut tx = self.context.parts.store.begin().await?;
        let shard = Shard(due.monitor.shard);
        if !tx.leases().fence(node, shard, due.epoch).await? {
            return Ok(false);
        }
        // Read again and locked: it may have been changed, paused or deleted since the look.
        let Some(monitor) = tx.monitors().get_for_update(team, id).await? else {
            return Ok(false);
        };
        let Some(due_at) = monitor
            .next_due_at
            .filter(|&at| monitor.active && at <= now)
        else {
            return Ok(false);
        };
        // From now on, not from the time that was missed: a server that was down for a day runs it once.
        let next = match Schedule::parse(&monitor.cron, &monitor.timezone) {
            Ok(schedule) => schedule.next_after(now),
            Err(error) => {
                tracing::error!(monitor.id = %id, error = %words(&error), "failed to read a monitor's schedule: it rests");
                None
            }
        };
        tx.monitors().set_next_due(team, id, next).await?;
        // While one run goes on the next may wait behind it; a second one that waits would only repeat it.
        let waits = tx.runs().waits(team, id).await?;
        if !waits {
            let run = Run {
                id: RunId::new(now, self.context.parts.random.as_ref()),
                team,
                monitor: id,
                status: RunStatus::Queued,
                trigger: RunTrigger::Schedule,
                requested_by: None,
                due_at,
                started_at: None,
                finished_at: None,
                stats: RunStats::default(),
            };
            tx.runs().insert(&run).await?;
        }
        tx.commit().await?;
        self.tell(team);
        Ok(!waits)
    }

    /// Starts what is queued, as far as there is room.
    async fn start(&self, now: Timestamp) -> Result<u32, StorageError> {
        let room = u32::try_from(self.runs.room()).unwrap_or(u32::MAX);
        if room == 0 {
            return Ok(0);
        }
        let queued = {
            let mut tx = self.context.parts.store.read().await?;
            tx.runs().queued(self.context.config.node, room).await?
        };
        let mut started = 0;
        for mut claimed in queued {
            let run = &mut claimed.run;
            let mut tx = self.context.parts.store.begin().await?;
            if !tx
                .runs()
                .start(run.team, run.id, claimed.epoch, now)
                .await?
            {
                continue;
            }
            tx.commit().await?;
            self.tell(run.team);
            run.status = RunStatus::Running;
            run.started_at = Some(now);
            self.runs.begin(claimed);
            started += 1;
        }
        Ok(started)
    }

    /// Gives monitors that run often their next time by a clock that was put back by so much; how many.
    async fn plan_anew(&self, now: Timestamp, by: Duration) -> Result<u32, StorageError> {
        let node = self.context.config.node;
        let mut anew = 0;
        for shard in Shard::all() {
            let mut tx = self.context.parts.store.begin().await?;
            let ahead = tx.monitors().ahead(node, shard, now).await?;
            for DueMonitor { monitor, .. } in ahead {
                if put_back::next(&monitor, now, by).is_none() {
                    continue;
                }
                let (team, id) = (monitor.team, monitor.id);
                // Read again and locked, as when it is queued.
                let monitor = tx.monitors().get_for_update(team, id).await?;
                if let Some(next) = monitor.and_then(|it| put_back::next(&it, now, by)) {
                    tx.monitors().set_next_due(team, id, Some(next)).await?;
                    anew += 1;
                }
            }
            tx.commit().await?;
        }
        Ok(anew)
    }

    async fn next_due_at(&self) -> Result<Option<Timestamp>, StorageError> {
        let mut tx = self.context.parts.store.read().await?;
        tx.monitors().next_due_at(self.context.config.node).await
    }
}
