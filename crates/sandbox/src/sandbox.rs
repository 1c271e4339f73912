//! A sandbox: one context of the engine, in which the scripts of one run follow each other.

use std::time::Duration;

use crate::call::{Answer, Call, CallId};
use crate::host::Host;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::scope::Scope;
use crate::script::Script;

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
    _limits: Limits,
    _host: Box<dyn Host>,
}

impl Sandbox {
    /// Sets up a context.
    pub fn new(limits: &Limits, host: Box<dyn Host>) -> Result<Self, SandboxError> {
        Ok(Self {
            _limits: limits.clone(),
            _host: host,
        })
    }

    /// Begins a script; [`turn`](Self::turn) then runs it.
    pub fn start(&mut self, _script: &Script, _scope: &Scope) -> Result<(), SandboxError> {
        unimplemented!("comes with the engine")
    }

    /// Runs the script until it has ended or can't go on without answers or time. May be called again at
    /// any time while the script waits.
    pub fn turn(&mut self) -> Result<Turn, SandboxError> {
        unimplemented!("comes with the engine")
    }

    /// Gives the answer to a call; the script sees it in the next [`turn`](Self::turn).
    pub fn answer(&mut self, _call: CallId, _answer: Answer) -> Result<(), SandboxError> {
        unimplemented!("comes with the engine")
    }

    /// Ends the script under way from outside, for instance because the run was cancelled, and gives what
    /// it had brought about so far. The next script finds a fresh context.
    pub fn abort(&mut self, _reason: &str) -> Result<Outcome, SandboxError> {
        unimplemented!("comes with the engine")
    }
}
