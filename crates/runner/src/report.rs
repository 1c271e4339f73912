//! Readers of a run that write it down.

mod cli;
mod github;
mod html;
mod json;
mod junit;
mod progress;
mod words;
mod xml;

pub use cli::{CliOptions, CliReporter};
pub use github::GithubReporter;
pub use html::HtmlReporter;
pub use json::JsonReporter;
pub use junit::JunitReporter;
pub use progress::ProgressReporter;
