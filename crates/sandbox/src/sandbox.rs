//! A sandbox: one context of the engine, in which the scripts of one run follow each other.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use crate::call::{Answer, Call, CallId, Scopes};
use crate::clock::Instant;
use crate::engine::{Broken, Engine, Reply, State};
use crate::host::Host;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::scope::{Response, Scope};
use crate::script::{Script, ScriptError};

/// Why the sandbox could not do what its caller wanted. What goes wrong in a script is not an error
/// here: it is told by [`Outcome::error`].
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The engine could not be set up.
    #[error("failed to set up the script engine: {0}")]
    Engine(String),
    /// A script was started while another was under way.
    #[error("failed to start a script: another one is under way")]
    Busy,
    /// A turn was asked for, but no script is under way.
    #[error("failed to go on: no script is under way")]
    Idle,
    /// An answer named a call that is not open.
    #[error("failed to take an answer: no open call has the number {}", .0.0)]
    NoSuchCall(CallId),
}

impl SandboxError {
    fn engine(why: impl std::fmt::Display) -> Self {
        Self::Engine(why.to_string())
    }
}

/// What a script needs to go on.
#[derive(Debug)]
pub enum Turn {
    /// Nothing: it has ended.
    Done(Box<Outcome>),
    /// Answers to its calls, or time.
    Waiting {
        /// The calls that came up in this turn; earlier ones may still be open.
        calls: Vec<Call>,
        /// How long until the next timer is due; none if the script only waits for answers.
        wake_in: Option<Duration>,
    },
}

/// One context of the engine, with its limits.
pub struct Sandbox {
    limits: Limits,
    host: Rc<RefCell<Box<dyn Host>>>,
    /// None after the context had to be dropped; the next script makes another.
    engine: Option<Engine>,
    running: Option<Running>,
}

/// The script under way.
struct Running {
    /// What is to be started in the next turn; none once it is.
    fresh: Option<Box<(Script, Scope)>>,
    /// The time it may still take.
    budget: Duration,
    /// Since when it has been waiting for nothing but its timers.
    resting_since: Option<Instant>,
    open: HashSet<CallId>,
    answers: Vec<(CallId, Reply, Bytes)>,
}

impl Sandbox {
    /// Sets up a context.
    pub fn new(limits: &Limits, host: Box<dyn Host>) -> Result<Self, SandboxError> {
        let host = Rc::new(RefCell::new(host));
        let engine = Engine::new(limits, &host).map_err(SandboxError::engine)?;
        Ok(Self {
            limits: limits.clone(),
            host,
            engine: Some(engine),
            running: None,
        })
    }

    /// Begins a script; [`turn`](Self::turn) then runs it.
    pub fn start(&mut self, script: Script, scope: Scope) -> Result<(), SandboxError> {
        if self.running.is_some() {
            return Err(SandboxError::Busy);
        }
        if self.engine.is_none() {
            let engine = Engine::new(&self.limits, &self.host).map_err(SandboxError::engine)?;
            self.engine = Some(engine);
        }
        self.running = Some(Running {
            fresh: Some(Box::new((script, scope))),
            budget: self.limits.script_timeout,
            resting_since: None,
            open: HashSet::new(),
            answers: Vec::new(),
        });
        Ok(())
    }

    /// Runs the script until it has ended or can't go on without answers or time. May be called again at
    /// any time while the script waits.
    pub fn turn(&mut self) -> Result<Turn, SandboxError> {
        let (Some(engine), Some(running)) = (&mut self.engine, &mut self.running) else {
            return Err(SandboxError::Idle);
        };
        let began = Instant::now();
        if let Some(since) = running.resting_since.take() {
            running.spend(began.saturating_duration_since(since));
        }
        engine.allow(running.budget);
        let watch = self.limits.watch.as_ref();
        let _on_watch = watch.map(|watch| watch.turn(running.budget));
        let step = running.advance(engine);
        let now = Instant::now();
        running.spend(now.saturating_duration_since(began));

        let ended = match step {
            Ok(Some(state)) => {
                running.open.extend(state.calls.iter().map(|call| call.id));
                running.resting_since = (state.open == 0).then_some(now);
                // A timer further off than the time that is left would only be a longer way to the same end.
                let wake_in = state.wake_in().map(|it| match state.open {
                    0 => it.min(running.budget),
                    _ => it,
                });
                return Ok(Turn::Waiting {
                    calls: state.calls,
                    wake_in,
                });
            }
            Ok(None) => engine.finish(),
            Err(broken) => Err(broken),
        };
        Ok(Turn::Done(Box::new(self.conclude(ended))))
    }

    /// Gives the answer to a call; the script sees it in the next [`turn`](Self::turn).
    pub fn answer(&mut self, call: CallId, answer: Answer) -> Result<(), SandboxError> {
        let running = self.running.as_mut().ok_or(SandboxError::Idle)?;
        if !running.open.remove(&call) {
            return Err(SandboxError::NoSuchCall(call));
        }
        let (reply, body) = reply(call, answer).map_err(SandboxError::engine)?;
        running.answers.push((call, reply, body));
        Ok(())
    }

    /// Ends the script under way from outside, for instance because the run was cancelled, and gives what
    /// it had brought about so far. The next script finds a fresh context.
    pub fn abort(&mut self, reason: &str) -> Result<Outcome, SandboxError> {
        if self.running.is_none() {
            return Err(SandboxError::Idle);
        }
        let mut outcome = self.stopped();
        outcome.error = Some(ScriptError::new("AbortError", reason));
        Ok(outcome)
    }

    /// The outcome of a script that has come to its end, one way or another.
    fn conclude(&mut self, ended: Result<Outcome, Broken>) -> Outcome {
        let error = match ended {
            Ok(mut outcome) => {
                self.running = None;
                let short = outcome.ran_out_of_memory();
                // After that a context may be unusable, even if it looks well.
                if short || outcome.may_have_run_out_of_memory() {
                    self.engine = None;
                    outcome.context_lost = true;
                }
                if short {
                    outcome.error = Some(self.memory_error());
                }
                return outcome;
            }
            Err(Broken::Memory) => self.memory_error(),
            Err(Broken::Time) => {
                let limit = self.limits.script_timeout.as_millis();
                ScriptError::new(
                    "TimeoutError",
                    format!("the script ran longer than {limit} ms"),
                )
            }
            Err(Broken::Engine(why)) => ScriptError::new("EngineError", why),
        };
        let mut outcome = self.stopped();
        outcome.error = Some(error);
        outcome
    }

    fn memory_error(&self) -> ScriptError {
        let limit = self.limits.memory >> 20;
        ScriptError::new(
            "MemoryError",
            format!("the script needs more than {limit} MiB of memory"),
        )
    }

    /// Drops the context, after asking it a last time what the script had brought about.
    fn stopped(&mut self) -> Outcome {
        let begun = self.running.take().is_some_and(|it| it.fresh.is_none());
        let engine = self.engine.take();
        let mut outcome = engine
            .filter(|_| begun)
            .map(|it| it.last_words())
            .unwrap_or_default();
        outcome.context_lost = true;
        outcome
    }
}

impl Running {
    fn spend(&mut self, time: Duration) {
        self.budget = self.budget.saturating_sub(time);
    }

    fn advance(&mut self, engine: &mut Engine) -> Result<Option<State>, Broken> {
        if let Some(fresh) = self.fresh.take() {
            let (script, scope) = *fresh;
            engine.begin(&script, scope)?;
        }
        for (call, reply, body) in self.answers.drain(..) {
            engine.settle(call, reply, body)?;
        }
        engine.drain()?;
        engine.state()
    }
}

/// An answer as the core takes it, and the body that goes with it.
fn reply(call: CallId, answer: Answer) -> serde_json::Result<(Reply, Bytes)> {
    #[derive(Serialize)]
    struct Brought {
        definition: Option<Response>,
        number: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        variables: Option<Scopes>,
    }
    let (kind, definition, variables) = match answer {
        Answer::Failed(message) => return Ok((Reply::Failed(message), Bytes::new())),
        Answer::Cookies(cookies) => {
            let json = serde_json::to_string(&cookies)?;
            let kind = "cookies";
            return Ok((Reply::Json { kind, json }, Bytes::new()));
        }
        Answer::Response(response) => ("response", Some(*response), None),
        Answer::Ran(ran) => ("ran", ran.response, Some(ran.variables)),
    };
    let brought = Brought {
        definition,
        number: call.0,
        variables,
    };
    let json = serde_json::to_string(&brought)?;
    let body = brought.definition.map(|response| response.body);
    Ok((Reply::Json { kind, json }, body.unwrap_or_default()))
}
