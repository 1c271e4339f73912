//! Reporters: readers of a run that write for people or programs.

mod cli;
mod json;

pub use cli::CliReporter;
pub use json::JsonReporter;
