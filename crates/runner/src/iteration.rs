//! One go through the steps.

use postern_collection::VariableScope;
use tokio::time::sleep;

use crate::event::RunEvent;
use crate::execution::{self, Then};
use crate::plan::Step;
use crate::state::State;

/// Runs one iteration; whether the next one may begin.
pub(crate) async fn run(state: &mut State<'_>, steps: &[&Step], number: u32, of: u32) -> bool {
    let row = state
        .plan
        .data
        .get(number as usize)
        .or(state.plan.data.last());
    state.scopes.data = VariableScope::new(row.cloned().unwrap_or_default());
    state.scopes.locals = VariableScope::default();
    state.tell(&RunEvent::Iteration { number });
    let before = state.summary.failures.len();
    let mut at = 0;
    let mut first = number == 0;
    while let Some(step) = steps.get(at) {
        if state.is_over() {
            break;
        }
        let delay = state.options().delay;
        if !first && !delay.is_zero() {
            let stop = state.plan.stop.clone();
            // A run that is stopped doesn't wait first.
            stop.run_until_cancelled(sleep(delay)).await;
        }
        first = false;
        let then = execution::run(state, step, at, number, of).await;
        if state.options().bail && state.summary.failures.len() > before {
            state.summary.iterations.add(false);
            return false;
        }
        at = match then {
            Then::Next => at + 1,
            Then::Stop => break,
            Then::GoTo(name) => {
                if let Some(found) = steps.iter().position(|step| step.is_called(&name)) {
                    found
                } else {
                    state.summary.warnings += 1;
                    break;
                }
            }
        };
    }
    state.summary.iterations.add(false);
    !state.is_over()
}
