//! The whole run.

use postern_collection::Collection;
use postern_egress::Egress;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use tokio::time::Instant;

use crate::event::{Observer, RunEvent};
use crate::plan::Step;
use crate::state::State;
use crate::{Plan, PlanError, Summary, iteration, plan};

/// Runs a collection and tells what happens. The future isn't `Send`, because scripts aren't: give it a thread of its own with
/// a current-thread runtime and a stack of 4 MiB or more.
pub async fn run(
    plan: &Plan,
    egress: &Egress,
    observer: &mut dyn Observer,
) -> Result<Summary, PlanError> {
    let collection = Collection::from_document(&plan.document);
    let steps = plan::steps(&collection, &plan.options.folders)?;
    let iterations = iterations(plan);
    let begun = Instant::now();
    let mut state = State::new(plan, &collection, egress, observer)
        .map_err(|error| PlanError::Engine(error.to_string()))?;
    state.tell(&RunEvent::Started {
        document: &plan.document,
        iterations,
        steps: steps.len(),
    });
    for number in 0..iterations {
        let steps = shuffled(&steps, plan.options.shuffle, number);
        if !iteration::run(&mut state, &steps, number, iterations).await {
            break;
        }
    }
    let mut summary = std::mem::take(&mut state.summary);
    summary.aborted = state.is_over();
    summary.completed = state.now();
    summary.duration = begun.elapsed();
    summary.cookies = std::mem::take(&mut state.jar);
    summary.environment = std::mem::take(&mut state.scopes.environment);
    summary.globals = std::mem::take(&mut state.scopes.globals);
    summary.collection_variables = std::mem::take(&mut state.scopes.collection);
    state.tell(&RunEvent::Finished(&summary));
    Ok(summary)
}

/// How many iterations a plan has.
pub(crate) fn iterations(plan: &Plan) -> u32 {
    let rows = u32::try_from(plan.data.len()).unwrap_or(u32::MAX);
    plan.options.iterations.unwrap_or(rows.max(1))
}

/// The steps in the order in which this iteration makes them.
pub(crate) fn shuffled(steps: &[Step], seed: Option<u64>, iteration: u32) -> Vec<&Step> {
    let mut steps: Vec<&Step> = steps.iter().collect();
    if let Some(seed) = seed {
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(iteration.into()));
        steps.shuffle(&mut random);
    }
    steps
}
