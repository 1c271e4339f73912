//! Verbs on hooks: addresses that start a monitor's run when something is posted to them.

use postern_model::{ContentHash, Monitor, Run, RunId, RunStats, RunStatus, RunTrigger};

use crate::entry::found;
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
        if entry.tx.runs().count_open(team, id).await? >= MOST_WAITING {
            return Err(JournalError::Conflict {
                doing: "ask for one more run",
                because: "100 runs of this monitor wait already; post again when some have ended",
            });
        }
        let run = Run {
            id: RunId(entry.id()),
            team,
            monitor: id,
            status: RunStatus::Queued,
            trigger: RunTrigger::Webhook,
            requested_by: None,
            due_at: entry.now,
            started_at: None,
            finished_at: None,
            stats: RunStats::default(),
        };
        entry.tx.runs().insert(&run).await?;
        entry.tx.runs().set_input(team, run.id, input).await?;
        entry.owes_runs(team);
        entry.finish().await?;
        Ok(run)
    }
}
