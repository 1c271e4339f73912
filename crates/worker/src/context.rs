//! What every task of the house works with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use postern_egress::Egress;
use postern_journal::{Bells, Journal};
use postern_model::{Clock, NodeId, Random, Timestamp};
use postern_storage::{StorageError, Store, Tx};

use crate::delivery::Tokens;
use crate::monitor::ChildConfig;
use crate::transform::Transformer;

/// What the worker is made of.
#[derive(Clone)]
pub struct WorkerParts {
    /// The database.
    pub store: Store,
    /// The door for changes.
    pub journal: Journal,
    /// The bells that the journal rings.
    pub bells: Bells,
    /// The way out for webhooks.
    pub webhooks: Egress,
    /// The way out for monitors.
    pub monitors: Egress,
    /// Where integrations' own scripts run.
    pub transformer: Transformer,
    /// Wall time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// How the worker works.
#[derive(Debug, Clone)]
pub struct WorkerConfig {
    /// This process.
    pub node: NodeId,
    /// What people call it.
    pub node_name: String,
    /// What webhooks say in `user-agent`.
    pub user_agent: String,
    /// Where people reach this server, for links back; empty: there are none.
    pub public_url: String,
    /// Under which folders backups may be written on the server itself.
    pub backup_directories: Vec<PathBuf>,
    /// Requests at once to one integration's receiver.
    pub sends_each: usize,
    /// Requests at once in all.
    pub sends_at_once: usize,
    /// Monitors' runs at once.
    pub runs_at_once: usize,
    /// The longest that a run may take.
    pub run_deadline: Duration,
    /// Where they run.
    pub run_in: RunIn,
    /// How long a stop waits for requests that are under way.
    pub grace: Duration,
    /// How long finished things are kept.
    pub retention: Retention,
    /// In which folders sources may lie.
    pub source_directories: Vec<PathBuf>,
    /// Whose time things are due by.
    pub due_by: DueBy,
}

impl WorkerConfig {
    /// The defaults of the design for this process.
    pub fn new(node: NodeId, node_name: impl Into<String>) -> Self {
        Self {
            node,
            node_name: node_name.into(),
            user_agent: concat!("Postern/", env!("CARGO_PKG_VERSION")).to_owned(),
            public_url: String::new(),
            backup_directories: Vec::new(),
            sends_each: 8,
            sends_at_once: 256,
            runs_at_once: 8,
            run_deadline: Duration::from_mins(5),
            run_in: RunIn::Thread,
            grace: Duration::from_secs(30),
            retention: Retention::default(),
            source_directories: Vec::new(),
            due_by: DueBy::Database,
        }
    }
}

/// Whose time things are due by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueBy {
    /// The database's, so that nodes whose clocks differ agree. SQLite has none but this process's.
    Database,
    /// This process's own clock, on PostgreSQL too: where time is only what a test makes pass.
    OwnClock,
}

/// Where monitors run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunIn {
    /// In a child process each, walled in and killed at the deadline: wherever people may write scripts.
    Process(ChildConfig),
    /// On a thread of this process each: where there is no program to start anew, as in the tests of this crate.
    Thread,
}

/// How long finished things are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Finished deliveries with their attempts.
    pub deliveries: Duration,
    /// Bodies of events whose deliveries have all ended: they can go before their records.
    pub bodies: Duration,
    /// Finished runs.
    pub runs: Duration,
    /// Events that no delivery refers to any more, and with them their bodies.
    pub events: Duration,
    /// Collections that were deleted, with their versions.
    pub deleted_collections: Duration,
    /// What has come to inboxes.
    pub inbox_requests: Duration,
    /// Answers kept for a repeated `Idempotency-Key`.
    pub idempotency_keys: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        let day = Duration::from_hours(24);
        Self {
            deliveries: day * 30,
            bodies: day * 30,
            runs: day * 30,
            events: day * 7,
            deleted_collections: day * 30,
            inbox_requests: day * 7,
            idempotency_keys: day,
        }
    }
}

/// The parts and the configuration, as the tasks share them.
pub(crate) struct Context {
    pub(crate) parts: WorkerParts,
    pub(crate) config: WorkerConfig,
    /// What token servers gave us for receivers.
    pub(crate) tokens: Tokens,
}

impl Context {
    /// The time by which monitors are due.
    pub(crate) async fn now(&self, tx: &mut Tx) -> Result<Timestamp, StorageError> {
        match self.config.due_by {
            DueBy::Database => tx.now().await,
            DueBy::OwnClock => Ok(self.parts.clock.now()),
        }
    }

    /// The time by which deliveries are due: no step of a clock that we can notice makes them early or late.
    pub(crate) async fn due_now(&self, tx: &mut Tx) -> Result<Timestamp, StorageError> {
        let now = self.now(tx).await?;
        Ok(tx.steady(now))
    }
}
