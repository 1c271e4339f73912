//! What a script has brought about.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::OUT_OF_MEMORY;
use crate::scope::Variable;
use crate::script::ScriptError;

/// What is known when a script has ended, well or not.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Outcome {
    /// Its tests in the order in which they were named.
    pub tests: Vec<Assertion>,
    /// Its console lines.
    pub console: Vec<ConsoleLine>,
    /// Each scope it changed, whole.
    pub variables: ChangedVariables,
    /// The request, if a pre-request script changed it.
    pub request: Option<Value>,
    /// Where the run goes on, if it said so.
    pub next_request: Option<NextRequest>,
    /// Whether the request is not to be sent (`pm.execution.skipRequest`).
    pub skip_request: bool,
    /// Why the script itself failed; a failed test is not a failed script.
    pub error: Option<ScriptError>,
    /// What `pm.visualizer.set` was given.
    pub visualizer: Option<Visualizer>,
    /// What the person who wrote the script should know, one sentence each.
    pub warnings: Vec<String>,
    /// Whether the context had to be dropped, because memory or time ran out. The next script finds a
    /// fresh one: what earlier scripts left in global objects is gone; variables are not.
    pub context_lost: bool,
}

impl Outcome {
    /// Whether it was for want of memory that the script failed.
    pub(crate) fn ran_out_of_memory(&self) -> bool {
        self.error
            .as_ref()
            .is_some_and(|error| error.name == "InternalError" && error.message == OUT_OF_MEMORY)
    }

    /// Whether it may have been so: `js/errors.js` has these words for a thrown null.
    pub(crate) fn may_have_run_out_of_memory(&self) -> bool {
        let words = "null was thrown, by the script or for want of memory";
        self.error
            .as_ref()
            .is_some_and(|error| error.message == words)
    }
}

/// One `pm.test`, or one entry of `tests[...]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Its name.
    pub name: String,
    /// Its place among the tests of the script, from 0.
    pub index: u32,
    /// Whether it holds. A skipped test holds.
    pub passed: bool,
    /// Whether it was skipped.
    #[serde(default)]
    pub skipped: bool,
    /// Why it does not hold.
    #[serde(default)]
    pub error: Option<ScriptError>,
}

/// One call of `console.log` and its kin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsoleLine {
    /// How loud it is.
    pub level: Level,
    /// What it was given; objects stay objects.
    pub messages: Vec<Value>,
}

/// How loud a console line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// `console.debug`
    Debug,
    /// `console.log`
    Log,
    /// `console.info`
    Info,
    /// `console.warn`
    Warn,
    /// `console.error`
    Error,
}

/// The scopes that a script has changed, each whole.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChangedVariables {
    /// `pm.globals`
    pub globals: Option<Vec<Variable>>,
    /// `pm.collectionVariables`
    pub collection_variables: Option<Vec<Variable>>,
    /// `pm.environment`
    pub environment: Option<Vec<Variable>>,
    /// `pm.variables`
    pub locals: Option<Vec<Variable>>,
}

/// Where the run goes on after this request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NextRequest {
    /// Nowhere: the iteration ends.
    Stop,
    /// At the request of this name or id.
    Name(String),
}

/// What `pm.visualizer.set` was given.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Visualizer {
    /// The Handlebars template.
    pub template: String,
    /// The data for it.
    pub data: Value,
    /// The options for Handlebars.
    pub options: Value,
}
