//! Scripts: what they see, what they ask for while they run, and what they have changed.

use std::sync::Arc;

use postern_collection::{Body, Listen, Request, dynamic};
use postern_sandbox::{
    Answer, Ask, Call, Cookie, Header, Host, Info, Level, Outcome, Response, SandboxError, Scope,
    Script, ScriptError, Turn,
};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::Value;
use tokio::time::sleep;

use crate::auth::Learnt;
use crate::behaviour::Behaviour;
use crate::event::{ConsoleLine, RunEvent, ScriptKind};
use crate::exchange::Answered;
use crate::execution::Current;
use crate::legs::Errand;
use crate::plan::Step;
use crate::state::State;
use crate::summary::{Cause, Count, Source};
use crate::{Address, Assertion, Execution, Failure, legs, nested};

/// What scripts need without waiting.
pub(crate) struct Helper {
    pub(crate) random: StdRng,
    pub(crate) now: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Host for Helper {
    fn dynamic_variable(&mut self, name: &str) -> Option<String> {
        dynamic::value(
            name.strip_prefix('$').unwrap_or(name),
            &mut self.random,
            (self.now)(),
        )
    }

    fn fill_random(&mut self, buffer: &mut [u8]) {
        self.random.fill_bytes(buffer);
    }
}

/// What the scripts of one listener have left.
#[derive(Default)]
pub(crate) struct Left {
    pub(crate) request: Option<Value>,
    pub(crate) skip: bool,
    pub(crate) assertions: Vec<Assertion>,
}

/// Runs a step's scripts of one kind: the collection's, the folders', and then the request's.
pub(crate) async fn run_all(
    state: &mut State<'_>,
    step: &Step,
    listen: Listen,
    current: &mut Current,
    mut request: Value,
    response: Option<&Answered>,
) -> Left {
    let mut left = Left::default();
    let kind = match listen {
        Listen::PreRequest => ScriptKind::PreRequest,
        Listen::Test => ScriptKind::Test,
    };
    for (owner, script) in step.scripts(listen) {
        if state.is_over() {
            break;
        }
        if script.source.trim().is_empty() {
            // Programs that edit collections leave them everywhere: they are counted, and cost nothing.
            scripts_of(state, kind).add(false);
            continue;
        }
        let scope = Scope {
            info: Info {
                iteration: current.iteration,
                iteration_count: current.iterations,
                request_name: step.item.name.clone(),
                request_id: step.id().to_owned(),
                location: step.location.to_vec(),
                current: owner.clone(),
            },
            request: request.clone(),
            response: response.map(|answer| seen(answer, state)),
            cookies: cookies(state, &request, response),
            variables: state.scopes.for_script(),
        };
        let script = Script {
            listen: match listen {
                Listen::PreRequest => postern_sandbox::Listen::PreRequest,
                Listen::Test => postern_sandbox::Listen::Test,
            },
            name: "sandbox-script.js".to_owned(),
            source: Arc::from(script.source.as_str()),
        };
        let outcome = match play(state, step, current, script, scope).await {
            Ok(outcome) => outcome,
            Err(error) => Outcome {
                error: Some(ScriptError {
                    name: "Error".to_owned(),
                    message: error.to_string(),
                    stack: String::new(),
                }),
                ..Outcome::default()
            },
        };
        take(state, step, current, kind, &outcome, &mut left);
        state.scopes.take(outcome.variables);
        if let Some(changed) = outcome.request {
            request = changed.clone();
            left.request = Some(changed);
        }
        left.skip |= outcome.skip_request;
        if let Some(next) = outcome.next_request {
            current.next = Some(next);
        }
        // What is skipped has no further scripts either.
        if left.skip {
            break;
        }
    }
    left
}

/// One script, from its start until nothing of it is left to do.
async fn play(
    state: &mut State<'_>,
    step: &Step,
    current: &mut Current,
    script: Script,
    scope: Scope,
) -> Result<Outcome, SandboxError> {
    if state.nested.depth == 0 {
        state.nested.runs = 0;
    }
    state.sandbox.start(script, scope)?;
    loop {
        let (calls, wake_in) = match state.sandbox.turn()? {
            Turn::Done(outcome) => return Ok(*outcome),
            Turn::Waiting { calls, wake_in } => (calls, wake_in),
        };
        if state.is_over() {
            return state.sandbox.abort("the run was stopped");
        }
        if calls.is_empty() {
            let cancelled = state.plan.stop.clone();
            cancelled
                .run_until_cancelled(sleep(wake_in.unwrap_or_default()))
                .await;
        }
        for Call { id, ask } in calls {
            let answer = match ask {
                Ask::SendRequest(request) => send(state, step, current, &request).await,
                Ask::Cookies(ask) => {
                    let now = state.now();
                    state.jar.serve(&ask, now)
                }
                Ask::RunRequest(ask) => nested::run(state, current, ask).await,
            };
            state.sandbox.answer(id, answer)?;
        }
    }
}

/// `pm.sendRequest`: as it stands, without variables, as postman-runtime does it.
async fn send(
    state: &mut State<'_>,
    step: &Step,
    current: &mut Current,
    request: &Value,
) -> Answer {
    let mut typed = Request::from_value(request);
    if typed.body.as_mut().is_some_and(Body::drop_files) {
        state.warn(
            current.number,
            "uploading files from scripts is not allowed",
        );
    }
    let behaviour = Behaviour::of_script(state.options());
    let mut execution = current.execution(state, step);
    let errand = Errand {
        request: &typed,
        auth: typed.auth.clone(),
        behaviour: &behaviour,
        by_script: true,
    };
    let answer = legs::send(state, &mut execution, errand, &mut Learnt::default()).await;
    match answer {
        Some(answer) => Answer::Response(Box::new(seen(&answer, state))),
        None => Answer::Failed(execution.error.unwrap_or_default()),
    }
}

/// Tells what a script has said, tested and failed at.
fn take(
    state: &mut State<'_>,
    step: &Step,
    current: &Current,
    kind: ScriptKind,
    outcome: &Outcome,
    left: &mut Left,
) {
    for line in &outcome.console {
        let line = ConsoleLine {
            execution: current.number,
            level: match line.level {
                Level::Debug => "debug",
                Level::Log => "log",
                Level::Info => "info",
                Level::Warn => "warn",
                Level::Error => "error",
            },
            messages: line.messages.clone(),
        };
        state.tell(&RunEvent::Console(&line));
    }
    let failure = |source: Source, cause: Cause| Failure {
        execution: current.number,
        iteration: current.iteration,
        location: Arc::clone(&step.location),
        source,
        cause,
    };
    for test in &outcome.tests {
        let index = test.index;
        let error = test.error.as_ref().filter(|_| !test.passed).map(cause);
        let assertion = Assertion {
            name: test.name.clone(),
            index,
            skipped: test.skipped,
            error,
        };
        state.summary.assertions.add(assertion.error.is_some());
        state.summary.skipped += u64::from(test.skipped);
        state.tell(&RunEvent::Assertion(&assertion));
        if let Some(cause) = assertion.error.clone() {
            state.fail(failure(
                Source::Assertion {
                    name: test.name.clone(),
                    index,
                    script: kind,
                },
                cause,
            ));
        }
        left.assertions.push(assertion);
    }
    state.summary.warnings += outcome.warnings.len() as u64;
    let bail = state.options().bail;
    // newman ends a run that is to bail by failing the script whose test failed.
    let bails = bail && outcome.tests.iter().any(|test| !test.passed);
    scripts_of(state, kind).add(outcome.error.is_some() || bails);
    if let Some(error) = &outcome.error {
        state.fail(failure(Source::Script(kind), cause(error)));
    }
}

/// The count of the scripts of a kind.
fn scripts_of<'a>(state: &'a mut State<'_>, kind: ScriptKind) -> &'a mut Count {
    match kind {
        ScriptKind::PreRequest => &mut state.summary.prerequest_scripts,
        ScriptKind::Test => &mut state.summary.test_scripts,
    }
}

fn cause(error: &ScriptError) -> Cause {
    Cause {
        name: error.name.clone(),
        message: error.message.clone(),
        stack: error.stack.clone(),
    }
}

/// An answer as scripts see it.
pub(crate) fn seen(answer: &Answered, state: &State<'_>) -> Response {
    let headers = answer.headers.iter().map(|(key, value)| Header {
        key: key.clone(),
        value: value.clone(),
    });
    Response {
        code: answer.status,
        status: answer.reason.clone(),
        headers: headers.collect(),
        body: answer.body.clone(),
        response_time_ms: answer.time_ms,
        cookies: state.jar.matching(&answer.url, state.now()),
    }
}

/// The cookies that go with a request's address, as far as it is known.
fn cookies(state: &mut State<'_>, request: &Value, response: Option<&Answered>) -> Vec<Cookie> {
    if let Some(answer) = response {
        return state.jar.matching(&answer.url, state.now());
    }
    if state.jar.is_empty() {
        return Vec::new();
    }
    let address = Request::from_value(request).url.to_string();
    let address = state.resolve(&address);
    state
        .jar
        .matching(&Address::parse(&address, true), state.now())
}

impl Current {
    /// An execution of this step that has not been sent.
    pub(crate) fn execution(&self, state: &State<'_>, step: &Step) -> Execution {
        Execution {
            number: self.number,
            iteration: self.iteration,
            position: self.position,
            name: step.item.name.clone(),
            id: step.id().to_owned(),
            location: Arc::clone(&step.location),
            request: None,
            sent_at: state.now(),
            response: None,
            error: None,
            assertions: Vec::new(),
        }
    }
}
