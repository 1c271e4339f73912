//! `pm.execution.runRequest`: a request of the collection, with its scripts, while the script that asked for it waits.

use std::mem;
use std::pin::Pin;

use postern_collection::Listen;
use postern_sandbox::{Answer, Ran, RunAsk};
use serde_json::Value;

use crate::execution::{self, Current};
use crate::plan::{self, Step};
use crate::script;
use crate::state::State;

/// How many a script may run, counting what they run themselves: postern-runtime's own limit.
const MOST: u32 = 5;

/// Runs it and says what it brought. Boxed, for its scripts may ask for the same.
pub(crate) fn run<'a>(
    state: &'a mut State<'_>,
    current: &'a Current,
    ask: RunAsk,
) -> Pin<Box<dyn Future<Output = Answer> + 'a>> {
    Box::pin(async move {
        state.nested.runs += 1;
        if state.nested.runs > MOST {
            return Answer::Failed(
                "Exceeded max number of requests per script invokable by pm.execution.runRequest"
                    .to_owned(),
            );
        }
        let steps = plan::steps(state.collection, &[]).unwrap_or_default();
        let Some(step) = steps.iter().find(|step| step.is_called(&ask.request)) else {
            let wanted = ask.request;
            return Answer::Failed(format!("the collection has no request {wanted:?}"));
        };
        // The asking script stays where it is, in a context of its own.
        let sandbox = match state.another_sandbox() {
            Ok(sandbox) => sandbox,
            Err(error) => return Answer::Failed(error.to_string()),
        };
        let waiting = mem::replace(&mut state.sandbox, sandbox);
        state.scopes.take(ask.changed);
        let own = state.scopes.locals.clone();
        for (key, value) in &ask.variables {
            state.scopes.locals.set(key.as_str(), value.clone());
        }
        state.nested.depth += 1;
        let brought = play(state, step, current).await;
        state.nested.depth -= 1;
        // What held for this run only is as it was, unless a script of it has set it anew.
        for (key, value) in &ask.variables {
            if state.scopes.locals.get(key) == Some(value) {
                match own.get(key) {
                    Some(before) => state.scopes.locals.set(key.as_str(), before.clone()),
                    None => state.scopes.locals.unset(key),
                }
            }
        }
        state.sandbox = waiting;
        match brought {
            Ok(response) => Answer::Ran(Box::new(Ran {
                response,
                variables: state.scopes.all(),
            })),
            Err(message) => Answer::Failed(message),
        }
    })
}

/// Its scripts and itself; no response if it was skipped, an error if it could not be sent.
async fn play(
    state: &mut State<'_>,
    step: &Step,
    current: &Current,
) -> Result<Option<postern_sandbox::Response>, String> {
    let mut current = Current {
        next: None,
        ..*current
    };
    let raw = step.item.raw.get("request").cloned();
    let raw = raw.unwrap_or(Value::Null);
    let listen = Listen::PreRequest;
    let before = script::run_all(state, step, listen, &mut current, raw.clone(), None).await;
    if before.skip || state.is_over() {
        return Ok(None);
    }
    let mut execution = current.execution(state, step);
    let changed = before.request.is_some();
    let request = before.request.unwrap_or(raw);
    let (sent, answer) =
        execution::send(state, step, &mut execution, &request, changed, true).await;
    let listen = Listen::Test;
    script::run_all(state, step, listen, &mut current, sent, answer.as_ref()).await;
    match answer {
        Some(answer) => Ok(Some(script::seen(&answer, state))),
        None => Err(execution.error.unwrap_or_default()),
    }
}
