//! Iterations spread over several workers, told in their order.
//!
//! Each worker is a thread with a script engine and connections of its own. It takes the lowest iteration that nobody has, plays it as
//! if it were the first of a run, and records what happens; the caller's thread tells the records in the order of the iterations. A worker
//! may be ahead of what is told by a bounded number of iterations, so that one slow iteration doesn't fill the memory.

mod recorded;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use postern_collection::Collection;
use postern_egress::Egress;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use self::recorded::{Recorded, Recorder};
use crate::event::{Observer, RunEvent};
use crate::plan::{self, Step};
use crate::run::{iterations, shuffled};
use crate::state::{Scopes, State};
use crate::{Plan, PlanError, Summary, iteration};

/// How many iterations may be played and not yet told, for each worker.
const AHEAD: usize = 16;

/// The stack that scripts want, and as much again.
const STACK: usize = 16 * 1024 * 1024;

/// What a worker has played.
struct Played {
    number: u32,
    events: Vec<Recorded>,
    summary: Summary,
    scopes: Scopes,
    goes_on: bool,
}

/// What the workers share.
struct Work<'a> {
    plan: &'a Plan,
    collection: &'a Collection,
    steps: &'a [Step],
    iterations: u32,
    next: AtomicU32,
    ahead: Arc<Semaphore>,
}

/// Runs a collection with so many workers, each with an egress of its own. Blocks until the run is over.
pub fn run_parallel(
    plan: &Plan,
    egress: &(dyn Fn() -> Egress + Sync),
    workers: u16,
    observer: &mut dyn Observer,
) -> Result<Summary, PlanError> {
    let mut plan = plan.clone();
    // What ends the workers early isn't what ends the caller's other work.
    plan.stop = plan.stop.child_token();
    let collection = Collection::from_document(&plan.document);
    let steps = plan::steps(&collection, &plan.options.folders)?;
    let work = Work {
        plan: &plan,
        collection: &collection,
        steps: &steps,
        iterations: iterations(&plan),
        next: AtomicU32::new(0),
        ahead: Arc::new(Semaphore::new(AHEAD * usize::from(workers))),
    };
    let begun = Instant::now();
    let mut summary = Summary {
        name: collection.name.clone(),
        started: (plan.now)(),
        ..Summary::default()
    };
    observer.on(&RunEvent::Started {
        document: &plan.document,
        iterations: work.iterations,
        steps: steps.len(),
    });
    let broken = std::thread::scope(|scope| {
        let (out, played) = channel();
        let mut broken = None;
        for number in 0..workers {
            let (out, work) = (out.clone(), &work);
            let worker = std::thread::Builder::new()
                .name(format!("worker {number}"))
                .stack_size(STACK)
                .spawn_scoped(scope, move || work_on(work, egress, &out));
            if let Err(error) = worker {
                broken = Some(PlanError::Engine(error.to_string()));
                plan.stop.cancel();
                break;
            }
        }
        drop(out);
        let told = tell(&work, &played, &mut summary, observer);
        broken.or(told)
    });
    if let Some(broken) = broken {
        return Err(broken);
    }
    let bailed = plan.options.bail && !summary.failures.is_empty();
    summary.aborted = !bailed && summary.iterations.total < u64::from(work.iterations);
    summary.completed = (plan.now)();
    summary.duration = begun.elapsed();
    observer.on(&RunEvent::Finished(&summary));
    Ok(summary)
}

/// One worker's life: an engine, and iterations until there are none.
fn work_on(work: &Work<'_>, egress: &dyn Fn() -> Egress, out: &Sender<Result<Played, PlanError>>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let played = runtime
        .map_err(|error| PlanError::Engine(error.to_string()))
        .and_then(|runtime| runtime.block_on(play(work, &egress(), out)));
    if let Err(error) = played {
        work.plan.stop.cancel();
        let _ = out.send(Err(error));
    }
}

async fn play(
    work: &Work<'_>,
    egress: &Egress,
    out: &Sender<Result<Played, PlanError>>,
) -> Result<(), PlanError> {
    let recorder = Recorder::default();
    let mut observer = recorder.clone();
    let mut state = State::new(work.plan, work.collection, egress, &mut observer)
        .map_err(|error| PlanError::Engine(error.to_string()))?;
    loop {
        let stop = work.plan.stop.clone();
        let Some(Ok(permit)) = stop.run_until_cancelled(work.ahead.acquire()).await else {
            return Ok(());
        };
        // It is given back when the iteration has been told.
        permit.forget();
        let number = work.next.fetch_add(1, Ordering::Relaxed);
        if number >= work.iterations {
            return Ok(());
        }
        state.begin_afresh(work.collection, number);
        let steps = shuffled(work.steps, work.plan.options.shuffle, number);
        let goes_on = iteration::run(&mut state, &steps, number, work.iterations).await;
        state.summary.cookies = std::mem::take(&mut state.jar);
        let played = Played {
            number,
            events: recorder.take(),
            summary: std::mem::take(&mut state.summary),
            scopes: std::mem::take(&mut state.scopes),
            goes_on,
        };
        if out.send(Ok(played)).is_err() {
            return Ok(());
        }
    }
}

/// Tells what was played, in the order of the iterations, until all are told or one ends the run.
fn tell(
    work: &Work<'_>,
    played: &Receiver<Result<Played, PlanError>>,
    summary: &mut Summary,
    observer: &mut dyn Observer,
) -> Option<PlanError> {
    let items: HashMap<&str, &Value> = work
        .steps
        .iter()
        .map(|step| (step.id(), &step.item.raw))
        .collect();
    let mut waiting: BTreeMap<u32, Played> = BTreeMap::new();
    let (mut next, mut executions) = (0, 0);
    for one in played {
        match one {
            Ok(one) => waiting.insert(one.number, one),
            Err(error) => return Some(error),
        };
        while let Some(one) = waiting.remove(&next) {
            for event in one.events {
                event.tell(executions, &items, observer);
            }
            executions += one.summary.items.total;
            summary.cookies.clone_from(&one.summary.cookies);
            summary.add(one.summary);
            summary.environment = one.scopes.environment;
            summary.globals = one.scopes.globals;
            summary.collection_variables = one.scopes.collection;
            work.ahead.add_permits(1);
            next += 1;
            if !one.goes_on {
                work.plan.stop.cancel();
                return None;
            }
        }
    }
    None
}
