//! Runs under way: how many, and each from its start to its end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use postern_model::{Monitor, RunId, RunStatus, RunTrigger};
use postern_storage::{ClaimedRun, StorageError};
use serde_json::{Value, json};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::finish::{finish, put_back};
use super::play::{Inputs, Played, Stage};
use super::process::Nursery;
use crate::context::{Context, RunIn};
use crate::driver::words;
use postern_journal::Bell;

/// The runs of this process that are under way.
#[derive(Clone)]
pub(crate) struct Runs {
    context: Arc<Context>,
    stage: Stage,
    /// Rung when a run has ended: there is room for another.
    bell: Bell,
    tasks: TaskTracker,
    /// Stops all of them, and those that would begin later.
    stop: CancellationToken,
    under_way: Arc<Mutex<HashMap<RunId, CancellationToken>>>,
}

impl Runs {
    pub(crate) fn new(context: Arc<Context>, bell: Bell) -> Self {
        let stage = match &context.config.run_in {
            RunIn::Process(children) => Stage::Process(Nursery::start(
                children.clone(),
                context.config.run_deadline,
            )),
            RunIn::Thread => Stage::Thread,
        };
        Self {
            context,
            stage,
            bell,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            under_way: Arc::default(),
        }
    }

    /// How many more may begin.
    pub(crate) fn room(&self) -> usize {
        self.context
            .config
            .runs_at_once
            .saturating_sub(self.lock().len())
    }

    /// Begins a run that storage has marked as running under its epoch.
    pub(crate) fn begin(&self, claimed: ClaimedRun) {
        let (runs, stop) = (self.clone(), self.stop.child_token());
        let id = claimed.run.id;
        self.lock().insert(id, stop.clone());
        let span = tracing::info_span!(
            "worker.monitor.run",
            run.id = %id,
            monitor.id = %claimed.run.monitor,
        );
        self.tasks.spawn(
            async move {
                let _guard = Leave { runs: &runs, id };
                conduct(&runs, claimed, &stop).await;
            }
            .instrument(span),
        );
    }

    /// Stops a run if it is ours; whether it is.
    pub(crate) fn cancel(&self, id: RunId) -> bool {
        let under_way = self.lock();
        let stop = under_way.get(&id);
        if let Some(stop) = stop {
            stop.cancel();
        }
        stop.is_some()
    }

    /// Stops all runs: each goes back into the queue.
    pub(crate) fn cancel_all(&self) {
        self.tasks.close();
        self.stop.cancel();
    }

    /// Waits until no run is under way. None may begin any more.
    pub(crate) async fn wait(&self) {
        self.tasks.wait().await;
        self.stage.close().await;
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<RunId, CancellationToken>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a run off the list however it ends.
struct Leave<'a> {
    runs: &'a Runs,
    id: RunId,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.runs.lock().remove(&self.id);
        self.runs.bell.ring();
    }
}

/// One run, from its inputs to its record.
async fn conduct(runs: &Runs, claimed: ClaimedRun, stop: &CancellationToken) {
    let context = runs.context.as_ref();
    let gathered = gather(context, &claimed).await;
    let played = match gathered {
        Ok(Gathered::Ready { monitor, inputs }) => {
            match goes(runs, &monitor, *inputs, stop).await {
                Some(played) => played,
                None => return put_back(context, &claimed).await,
            }
        }
        Ok(Gathered::Missing(what)) => Played::broken(RunStatus::Error, what),
        Err(error) => {
            tracing::error!(error = %words(&error), "failed to read what is to be run");
            return put_back(context, &claimed).await;
        }
    };
    let Played {
        status,
        stats,
        detail,
    } = played;
    let mut run = claimed.run.clone();
    run.status = status;
    run.finished_at = Some(context.parts.clock.now());
    run.stats = stats;
    finish(context, &run, claimed.epoch, &detail).await;
}

enum Gathered {
    Ready {
        monitor: Box<Monitor>,
        inputs: Box<Inputs>,
    },
    Missing(&'static str),
}

async fn gather(context: &Context, claimed: &ClaimedRun) -> Result<Gathered, StorageError> {
    let team = claimed.run.team;
    let mut tx = context.parts.store.read().await?;
    let Some(monitor) = tx.monitors().get(team, claimed.run.monitor).await? else {
        return Ok(Gathered::Missing("the monitor is gone"));
    };
    let document = tx
        .collections()
        .current_document(team, monitor.collection)
        .await?;
    let Some(document) = document else {
        return Ok(Gathered::Missing("the monitor's collection is gone"));
    };
    let environment = match monitor.environment {
        Some(id) => tx.environments().get(team, id).await?,
        None => None,
    };
    if monitor.environment.is_some() && environment.is_none() {
        return Ok(Gathered::Missing("the monitor's environment is gone"));
    }
    let input = match claimed.run.trigger {
        RunTrigger::Webhook => tx.runs().input(team, claimed.run.id).await?,
        _ => None,
    };
    Ok(Gathered::Ready {
        inputs: Box::new(Inputs {
            globals: input.map(|input| previous_request(&input)),
            document: document.into(),
            environment: environment.map(|environment| environment.document),
            options: monitor.options.clone(),
            clock: context.parts.clock.clone(),
            seed: context.parts.random.u64(),
        }),
        monitor: Box::new(monitor),
    })
}

/// What was posted to the monitor's hook, as Postman gives it to scripts: a global variable that holds JSON as text.
fn previous_request(input: &[u8]) -> Value {
    let input = String::from_utf8_lossy(input);
    json!({"name": "globals", "values": [{"key": "previousRequest", "value": input, "enabled": true}]})
}

/// Plays the collection, and again if it failed and the monitor wants that; `None` when it was stopped. All goes share
/// one deadline, and the last one is what is kept.
async fn goes(
    runs: &Runs,
    monitor: &Monitor,
    inputs: Inputs,
    stop: &CancellationToken,
) -> Option<Played> {
    let context = &runs.context;
    let deadline = Instant::now() + context.config.run_deadline;
    let goes = 1 + u64::from(monitor.options.retry_attempts.min(2));
    let mut number = 1;
    loop {
        let egress = context.parts.monitors.clone();
        let mut played = runs
            .stage
            .play(inputs.clone(), egress, deadline, stop.child_token())
            .await;
        if stop.is_cancelled() {
            return None;
        }
        played.stats.run_count = number;
        // What was aborted took all the time that there was.
        if number == goes || !played.status.failed() || played.status == RunStatus::Abort {
            return Some(played);
        }
        number += 1;
    }
}
