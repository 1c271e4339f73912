//! Verbs on hooks: addresses that start a monitor's run when something is posted to them.

use postern_model::{
    ContentHash, Monitor, MonitorId, Run, RunId, RunStats, RunStatus, RunTrigger, TeamId,
};

use crate::entry::{Entry, found};
use crate::keys::new_token;
use crate::{Actor, Journal, JournalError, NewMonitor};

/// The most runs of one monitor that wait: who posts faster than they run is told so.
const MOST_WAITING: u64 = 100;

impl Journal {
    /// Makes a monitor that runs when something is posted to its address. What the address holds is answered once and not kept.
    pub async fn create_hook(
        &self,
        actor: &Actor,
        new: NewMonitor,
    ) -> Result<(Monitor, String), JournalError> {
        let mut entry = self.entry().await?;
        let monitor = entry.add_monitor(actor, new).await?;
        let token = new_token("hook_", self.parts.random.as_ref());
        let hash = ContentHash::of(token.as_bytes());
        let now = entry.now;
        let mut hooks = entry.tx.hooks();
        hooks.insert(monitor.team, monitor.id, hash, now).await?;
        entry.finish().await?;
        Ok((monitor, token))
    }

    /// Asks for a run of the monitor whose address this is; its scripts find `input` in the global variable `previousRequest`.
    pub async fn call_hook(&self, token: &str, input: &[u8]) -> Result<Run, JournalError> {
        let mut entry = self.entry().await?;
        let hash = ContentHash::of(token.as_bytes());
        let (team, id) = found(entry.tx.hooks().find_by_hash(hash).await?, "hook")?;
        if entry.is_full(team, id).await? {
            return Err(JournalError::Conflict {
                doing: "ask for one more run",
                because: "100 runs of this monitor wait already; post again when some have ended",
            });
        }
        let run = entry.ask_for_run(team, id, input).await?;
        entry.finish().await?;
        Ok(run)
    }
}

impl Entry<'_> {
    /// Whether as many runs of a monitor wait as may.
    pub(crate) async fn is_full(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<bool, JournalError> {
        Ok(self.tx.runs().count_open(team, id).await? >= MOST_WAITING)
    }

    /// A run that something from outside asks for.
    pub(crate) async fn ask_for_run(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
        input: &[u8],
    ) -> Result<Run, JournalError> {
        let run = Run {
            id: RunId(self.id()),
            team,
            monitor,
            status: RunStatus::Queued,
            trigger: RunTrigger::Webhook,
            requested_by: None,
            due_at: self.now,
            started_at: None,
            finished_at: None,
            stats: RunStats::default(),
        };
        self.tx.runs().insert(&run).await?;
        self.tx.runs().set_input(team, run.id, input).await?;
        self.owes_runs(team);
        Ok(run)
    }
}
