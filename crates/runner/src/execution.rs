//! One step, from its first script to its last test.

use std::sync::Arc;
use std::time::Duration;

use postern_collection::{Auth, Listen, Request};
use postern_sandbox::NextRequest;
use serde_json::Value;

use crate::behaviour::Behaviour;
use crate::event::{ConsoleLine, RunEvent};
use crate::exchange::Answered;
use crate::legs::Errand;
use crate::plan::Step;
use crate::script::{self, Left};
use crate::state::State;
use crate::{Execution, auth, legs, wire};

/// Where the run goes on.
pub(crate) enum Then {
    /// At the next step.
    Next,
    /// Nowhere: the iteration ends.
    Stop,
    /// At the step of this name or id.
    GoTo(String),
}

/// The step that is under way.
pub(crate) struct Current {
    /// The number of its execution, from 1.
    pub(crate) number: u64,
    pub(crate) iteration: u32,
    pub(crate) iterations: u32,
    pub(crate) position: usize,
    /// Where a script wants the run to go on.
    pub(crate) next: Option<NextRequest>,
}

/// Runs a step.
pub(crate) async fn run(
    state: &mut State<'_>,
    step: &Step,
    position: usize,
    iteration: u32,
    iterations: u32,
) -> Then {
    state.executions += 1;
    let number = state.executions;
    let mut current = Current {
        number,
        iteration,
        iterations,
        position,
        next: None,
    };
    state.tell(&RunEvent::Step {
        location: &step.location,
    });

    let raw = step.item.raw.get("request").cloned().unwrap_or(Value::Null);
    let before = script::run_all(
        state,
        step,
        Listen::PreRequest,
        &mut current,
        raw.clone(),
        None,
    )
    .await;
    let Left {
        request,
        skip,
        mut assertions,
    } = before;
    if skip {
        state.tell(&RunEvent::Skipped {
            location: &step.location,
        });
    } else if !state.is_over() {
        let mut execution = current.execution(state, step);
        let changed = request.is_some();
        let request = request.unwrap_or(raw);
        let (sent, answer) = send(state, step, &mut execution, &request, changed, false).await;
        let after = script::run_all(
            state,
            step,
            Listen::Test,
            &mut current,
            sent,
            answer.as_ref(),
        )
        .await;
        execution.response = answer;
        assertions.extend(after.assertions);
        execution.assertions = assertions;
        state.tell(&RunEvent::StepEnded {
            execution: &execution,
            item: &step.item.raw,
        });
    }
    state.summary.items.add(false);
    match current.next {
        None => Then::Next,
        Some(NextRequest::Stop) => Then::Stop,
        Some(NextRequest::Name(name)) => Then::GoTo(name),
    }
}

/// Sends the step's request; the request as test scripts see it, and the answer.
pub(crate) async fn send(
    state: &mut State<'_>,
    step: &Step,
    execution: &mut Execution,
    request: &Value,
    changed_by_script: bool,
    by_script: bool,
) -> (Value, Option<Answered>) {
    let resolved = wire::resolve_deep(state, request);
    let typed = Request::from_value(&resolved);
    let own = if changed_by_script {
        typed.auth.as_ref()
    } else {
        None
    };
    let auth = own
        .or(step.auth.as_ref())
        .cloned()
        .map(|auth| resolve_auth(state, auth));
    if let Some(auth) = auth.as_ref().filter(|auth| !auth::is_known(&auth.kind)) {
        let words = format!("runtime: could not find a handler for auth: {}", auth.kind);
        state.warn(execution.number, &words);
    }
    let mut behaviour = Behaviour::of(&step.behaviour, state.options());
    if let Some(auth) = &auth {
        behaviour.versions = auth::versions(&auth.kind, behaviour.versions);
    }
    for words in &behaviour.impossible {
        state.warn(execution.number, words);
    }
    // What an inherited auth learns holds for all that inherit it; a request's own begins anew each time.
    let place = step.auth_place.as_ref().filter(|_| own.is_none());
    let mut learnt = place
        .and_then(|place| state.learnt.remove(place))
        .unwrap_or_default();
    let errand = Errand {
        request: &typed,
        auth,
        behaviour: &behaviour,
        by_script,
    };
    let answer = legs::send(state, execution, errand, &mut learnt).await;
    if let Some(place) = place {
        state.learnt.insert(Arc::clone(place), learnt);
    }
    let sent = match &execution.request {
        Some(wire) => wire::as_sent(&resolved, wire),
        None => resolved,
    };
    (sent, answer)
}

fn resolve_auth(state: &mut State<'_>, mut auth: Auth) -> Auth {
    for (_, value) in &mut auth.parameters {
        *value = wire::resolve_deep(state, value);
    }
    auth
}

impl State<'_> {
    /// Tells the user, where scripts tell theirs, that something isn't as it was meant.
    pub(crate) fn warn(&mut self, execution: u64, words: &str) {
        self.summary.warnings += 1;
        self.tell(&RunEvent::Console(&ConsoleLine {
            execution,
            level: "warn",
            messages: vec![words.into()],
        }));
    }

    /// Adds an answer to the figures.
    pub(crate) fn count(&mut self, answer: &Answered) {
        self.summary.received += answer.body.len() as u64;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one answer")]
        self.summary.times.add(answer.time_ms as f64);
        let millis = |span: Option<Duration>| span.unwrap_or_default().as_secs_f64() * 1000.0;
        self.summary.dns_times.add(millis(answer.timings.dns));
        let first_byte = millis(answer.timings.first_byte);
        self.summary.first_byte_times.add(first_byte);
    }
}
