//! A script and how it may fail.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// When a script runs: before its request is sent, or after the response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Listen {
    /// Before the request is sent; may change it.
    PreRequest,
    /// After the response came.
    Test,
}

impl Listen {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PreRequest => "prerequest",
            Self::Test => "test",
        }
    }
}

/// One script of an item, a folder or a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// When it runs.
    pub listen: Listen,
    /// The file name in stack traces, for instance `Get user (test)`.
    pub name: String,
    /// Its text. Scripts are compiled once for each context and found again by text and name.
    pub source: Arc<str>,
}

/// An error as JavaScript tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptError {
    /// The class of the error: `AssertionError`, `TypeError`, `TimeoutError` …
    pub name: String,
    /// The message, for instance `expected 404 to equal 200`.
    pub message: String,
    /// Where it was thrown; the lines are those of the user's script. May be empty.
    #[serde(default)]
    pub stack: String,
}

impl ScriptError {
    pub(crate) fn new(name: &str, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            message: message.into(),
            stack: String::new(),
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for ScriptError {}
