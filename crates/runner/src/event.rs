//! What happens in a run, as it happens.

use postern_collection::Document;
use serde_json::Value;

use crate::{Assertion, Execution, Failure, Summary};

/// A reader of a run: a reporter, or a monitor's record.
pub trait Observer {
    /// Something has happened.
    fn on(&mut self, event: &RunEvent<'_>);
}

impl<F: FnMut(&RunEvent<'_>)> Observer for F {
    fn on(&mut self, event: &RunEvent<'_>) {
        self(event);
    }
}

/// Something that happens in a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunEvent<'a> {
    /// The run begins.
    Started {
        /// The collection.
        document: &'a Document,
        /// How many iterations it will have.
        iterations: u32,
        /// How many steps each has.
        steps: usize,
    },
    /// An iteration begins.
    Iteration {
        /// Its number, from 0.
        number: u32,
    },
    /// A step begins.
    Step {
        /// The names from the collection down to the request.
        location: &'a [String],
    },
    /// A script logged something.
    Console(&'a ConsoleLine),
    /// A request was made, by a step or by one of its scripts, and answered or not.
    Exchange {
        /// What was sent, and what came.
        execution: &'a Execution,
        /// Whether a script made it.
        by_script: bool,
    },
    /// A test was made.
    Assertion(&'a Assertion),
    /// A script failed, or a request.
    Failed(&'a Failure),
    /// A script had the step's request left out.
    Skipped {
        /// The names from the collection down to the request.
        location: &'a [String],
    },
    /// A step has ended.
    StepEnded {
        /// All that is known of it.
        execution: &'a Execution,
        /// The request of the collection that it made, as it stands in the document.
        item: &'a Value,
    },
    /// The run has ended.
    Finished(&'a Summary),
}

/// When a script ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptKind {
    /// Before the request.
    PreRequest,
    /// After the answer.
    Test,
}

impl ScriptKind {
    /// newman's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreRequest => "prerequest-script",
            Self::Test => "test-script",
        }
    }
}

/// One call of `console.log` and its kin.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsoleLine {
    /// The number of the execution, from 1.
    pub execution: u64,
    /// `log`, `info`, `warn`, `error` or `debug`.
    pub level: &'static str,
    /// What it was given; objects stay objects.
    pub messages: Vec<Value>,
}

impl ConsoleLine {
    /// The line as one text.
    pub fn text(&self) -> String {
        let texts = self.messages.iter().map(|message| match message {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}
