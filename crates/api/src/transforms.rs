//! Whoever can run an integration's own script.

use std::pin::Pin;

use serde_json::Value;

/// What came of a script that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// What its handler returned.
    pub value: Value,
    /// What it wrote to the console.
    pub console: Vec<String>,
}

/// Runs scripts; the program gives the API the same as sends webhooks.
pub trait Transforms: Send + Sync {
    /// Calls the source's `handler` with this JSON; an error completes "the transform …".
    fn run(
        &self,
        source: String,
        input: String,
    ) -> Pin<Box<dyn Future<Output = Result<Tried, String>> + Send>>;
}
