#![doc = include_str!("../README.md")]

mod address;
mod auth;
mod behaviour;
mod body;
mod cookies;
mod data_file;
mod decoding;
mod event;
mod exchange;
mod execution;
mod files;
mod iteration;
mod nested;
mod options;
mod parallel;
mod plan;
pub mod report;
mod run;
mod script;
mod state;
mod summary;
mod unsent;
mod wire;

pub use address::Address;
pub use cookies::{Jar, JarError};
pub use data_file::{DataError, read_data};
pub use event::{ConsoleLine, Observer, RunEvent, ScriptKind};
pub use exchange::Answered;
pub use files::Files;
pub use options::Options;
pub use parallel::run_parallel;
pub use plan::{Plan, PlanError};
pub use run::run;
pub use summary::{Assertion, Cause, Count, Execution, Failure, Source, Summary};
pub use wire::Wire;
