//! All background tasks, named once: made here, started here, stopped here.

use std::sync::Arc;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::context::{Context, WorkerConfig, WorkerParts};
use crate::delivery::{DeliveryTask, Tokens};
use crate::digest::DigestTask;
use crate::driver::{Task, drive, words};
use crate::ear::talk;
use crate::lease::{Holding, LeaseTask, hand_back};
use crate::monitor::{Looked, MonitorTask, Runs};
use crate::purge::PurgeTask;
use crate::replay::ReplayTask;
use crate::source::SourceTask;
use crate::status::{StatusBoard, TaskStatus};
use postern_journal::Bell;

/// The tasks. Starting them takes this apart field by field, so that the compiler points at one forgotten.
struct Tasks {
    leases: LeaseTask,
    deliveries: DeliveryTask,
    monitors: MonitorTask,
    replays: ReplayTask,
    sources: SourceTask,
    digests: DigestTask,
    purge: PurgeTask,
}

/// The background work of one server process, from its start to its stop.
pub struct Worker {
    context: Arc<Context>,
    holding: Holding,
    runs: Runs,
    /// Requests under way.
    sends: TaskTracker,
    /// The drivers.
    drivers: TaskTracker,
    /// Stops all drivers but that of the leases, which has to go on while what is under way ends.
    stop_looking: CancellationToken,
    stop_leasing: CancellationToken,
    statuses: Vec<StatusBoard>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("node", &self.context.config.node)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// Starts the background work, on the present runtime.
    pub fn start(parts: WorkerParts, config: WorkerConfig) -> Self {
        let bells = parts.bells.clone();
        let context = Arc::new(Context {
            parts,
            config,
            tokens: Tokens::default(),
        });
        let (holding, sends) = (Holding::default(), TaskTracker::new());
        let runs = Runs::new(context.clone(), bells.runs.clone());
        let tasks = Tasks {
            leases: LeaseTask {
                store: context.parts.store.clone(),
                node: context.config.node,
                node_name: context.config.node_name.clone(),
                holding: holding.clone(),
                wake: vec![
                    bells.deliveries.bell().clone(),
                    bells.runs.clone(),
                    bells.replays.clone(),
                ],
            },
            deliveries: DeliveryTask::new(
                context.clone(),
                holding.clone(),
                sends.clone(),
                bells.deliveries.clone(),
            ),
            monitors: MonitorTask {
                looked: Looked::default(),
                context: context.clone(),
                holding: holding.clone(),
                runs: runs.clone(),
            },
            replays: ReplayTask {
                context: context.clone(),
                holding: holding.clone(),
                next: std::collections::HashMap::new(),
            },
            sources: SourceTask {
                context: context.clone(),
            },
            digests: DigestTask {
                context: context.clone(),
            },
            purge: PurgeTask {
                context: context.clone(),
            },
        };
        let mut worker = Self {
            context,
            holding,
            runs,
            sends,
            drivers: TaskTracker::new(),
            stop_looking: CancellationToken::new(),
            stop_leasing: CancellationToken::new(),
            statuses: Vec::new(),
        };
        // Until all that was under way is written, and may be said.
        worker.drivers.spawn(talk(
            worker.context.parts.store.clone(),
            bells.clone(),
            worker.context.config.node,
            worker.stop_leasing.clone(),
        ));
        let Tasks {
            leases,
            deliveries,
            monitors,
            replays,
            sources,
            digests,
            purge,
        } = tasks;
        let (looking, leasing) = (worker.stop_looking.clone(), worker.stop_leasing.clone());
        worker.run("leases", leases, Bell::default(), leasing);
        let bell = bells.deliveries.bell().clone();
        worker.run("deliveries", deliveries, bell, looking.clone());
        worker.run("monitors", monitors, bells.runs, looking.clone());
        worker.run("replays", replays, bells.replays, looking.clone());
        worker.run("sources", sources, bells.sources, looking.clone());
        worker.run("digests", digests, bells.digests, looking.clone());
        worker.run("purge", purge, Bell::default(), looking);
        worker
    }

    fn run(&mut self, name: &'static str, task: impl Task, bell: Bell, stop: CancellationToken) {
        let status = StatusBoard::new(name, self.context.parts.clock.clone());
        self.statuses.push(status.clone());
        self.drivers.spawn(drive(task, bell, status, stop));
    }

    /// How each task stands.
    pub fn statuses(&self) -> Vec<TaskStatus> {
        self.statuses.iter().map(StatusBoard::read).collect()
    }

    /// Ends the background work: nothing new begins, requests under way end and their outcomes are written, runs under
    /// way are put back into the queue, and the leases are handed back. What takes longer than the grace is left as a
    /// crash would leave it.
    pub async fn stop(self) {
        self.stop_looking.cancel();
        self.runs.cancel_all();
        self.sends.close();
        let grace = self.context.config.grace;
        let ends = async {
            self.sends.wait().await;
            self.runs.wait().await;
        };
        if timeout(grace, ends).await.is_err() {
            tracing::warn!(
                under_way = self.sends.len(),
                "the grace is over: what is still under way is left"
            );
        }
        self.stop_leasing.cancel();
        self.drivers.close();
        self.drivers.wait().await;
        let store = &self.context.parts.store;
        if let Err(error) = hand_back(store, self.context.config.node, &self.holding).await {
            tracing::warn!(error = %words(error.as_ref()), "failed to hand back the leases: they run out by themselves");
        }
    }
}
