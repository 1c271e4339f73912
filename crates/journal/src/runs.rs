//! Verbs on runs.

use postern_model::{
    EventKind, MonitorId, Run, RunDetail, RunId, RunStats, RunStatus, RunTrigger, UserId,
};

use crate::entry::found;
use crate::fan_out::Occurrence;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError, payload};

impl Journal {
    /// Asks for a run now. Whichever node owns the monitor begins it.
    pub async fn request_run(&self, actor: &Actor, id: MonitorId) -> Result<Run, JournalError> {
        let mut entry = self.entry().await?;
        let monitor = found(entry.tx.monitors().get(actor.team, id).await?, "monitor")?;
        let run = Run {
            id: RunId(entry.id()),
            team: monitor.team,
            monitor: id,
            status: RunStatus::Queued,
            trigger: RunTrigger::Manual,
            requested_by: Some(actor.user),
            due_at: entry.now,
            started_at: None,
            finished_at: None,
            stats: RunStats::default(),
        };
        entry.tx.runs().insert(&run).await?;
        entry.owes_runs(actor.team);
        entry.finish().await?;
        Ok(run)
    }

    /// Writes a run's end: its record, the monitor's streak, and the event for whoever wants to hear of this run. Only if
    /// the monitor's shard still has this epoch; otherwise nothing is written, and the answer is `false`.
    pub async fn finish_run(
        &self,
        run: &Run,
        epoch: i64,
        detail: &RunDetail,
    ) -> Result<bool, JournalError> {
        let mut entry = self.entry().await?;
        let monitor = entry
            .tx
            .monitors()
            .get_for_update(run.team, run.monitor)
            .await?;
        if !entry.tx.runs().finish(run, epoch, detail).await? {
            return Ok(false);
        }
        entry.changed(run.team, Topic::Runs);
        if let Some(monitor) = monitor {
            let before = monitor.streak;
            let streak = before.after(run.status);
            entry
                .tx
                .monitors()
                .set_streak(run.team, monitor.id, streak)
                .await?;
            let collection = entry
                .tx
                .collections()
                .get(run.team, monitor.collection)
                .await?;
            let environment = match monitor.environment {
                Some(id) => entry.tx.environments().get(run.team, id).await?,
                None => None,
            };
            let user: UserId = run.requested_by.unwrap_or(monitor.owner);
            let user = entry.tx.users().get(user).await?;
            let result = payload::Result {
                monitor: &monitor,
                collection: collection.as_ref(),
                environment: environment.as_ref(),
                user: user.as_ref(),
                run,
            };
            let mut told = Occurrence::new(EventKind::MonitorResults, run.team)
                .within(Some(monitor.workspace), Some(monitor.collection))
                .saying(
                    payload::results(&result),
                    payload::results_detail(&result, detail, before.failures, streak.failures),
                );
            told.monitor = Some(monitor.id);
            told.run = Some((before, run.status));
            entry.occur(&told).await?;
        }
        entry.finish().await?;
        // The monitor may have another run that waited for this one.
        self.parts.bells.runs.ring();
        Ok(true)
    }
}
