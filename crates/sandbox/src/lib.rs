#![doc = include_str!("../README.md")]

mod bundles;
mod call;
mod clock;
mod engine;
mod host;
mod limits;
mod outcome;
mod sandbox;
mod scope;
mod script;
mod watch;

pub use bundles::notices;
pub use call::{Answer, Ask, Call, CallId, CookieAsk, CookieVerb, Ran, RunAsk, Scopes};
pub use engine::{TransformError, TransformLimits, Transformed, transform};
pub use host::Host;
pub use limits::Limits;
pub use outcome::{
    Assertion, ChangedVariables, ConsoleLine, Level, NextRequest, Outcome, Visualizer,
};
pub use sandbox::{Sandbox, SandboxError, Turn};
pub use scope::{Cookie, Header, Info, Response, Scope, Variable, Variables};
pub use script::{Listen, Script, ScriptError};
pub use watch::Watch;
