//! What a run came to: plain data, the only thing that is left of it.

use std::sync::Arc;
use std::time::Duration;

use postern_collection::VariableScope;

use crate::Jar;
use crate::event::ScriptKind;
use crate::exchange::Answered;
use crate::state::MAX_FAILURES;
use crate::wire::Wire;

/// How many, and how many of them failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub total: u64,
    /// How many failed.
    pub failed: u64,
}

impl Count {
    pub(crate) fn add(&mut self, failed: bool) {
        self.total += 1;
        self.failed += u64::from(failed);
    }
}

/// What a run came to. Executions themselves are told as they happen and not kept here, so that a long run costs no
/// more memory than a short one.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// The collection's name.
    pub name: String,
    /// Iterations.
    pub iterations: Count,
    /// Steps.
    pub items: Count,
    /// Requests, those of scripts among them.
    pub requests: Count,
    /// Pre-request scripts.
    pub prerequest_scripts: Count,
    /// Test scripts.
    pub test_scripts: Count,
    /// Tests.
    pub assertions: Count,
    /// How many tests were skipped.
    pub skipped: u64,
    /// What failed, in order; the first ten thousand.
    pub failures: Vec<Failure>,
    /// What the run warned of.
    pub warnings: u64,
    /// The sum of all bodies received, in bytes.
    pub received: u64,
    /// The time of each answer.
    pub times: Times,
    /// The time of each look-up of a name.
    pub dns_times: Times,
    /// The time until each answer's first byte.
    pub first_byte_times: Times,
    /// When it began, in milliseconds since 1970.
    pub started: i64,
    /// When it ended.
    pub completed: i64,
    /// How long it took.
    pub duration: Duration,
    /// Whether it was stopped, or took too long.
    pub aborted: bool,
    /// The cookies at the end.
    pub cookies: Jar,
    /// The environment at the end.
    pub environment: VariableScope,
    /// The globals at the end.
    pub globals: VariableScope,
    /// The collection's variables at the end.
    pub collection_variables: VariableScope,
}

impl Summary {
    /// How many requests and scripts went wrong, tests left out.
    pub fn errors(&self) -> u64 {
        self.requests.failed + self.prerequest_scripts.failed + self.test_scripts.failed
    }

    /// Adds what one more iteration came to.
    pub(crate) fn add(&mut self, other: Self) {
        for (count, more) in [
            (&mut self.iterations, other.iterations),
            (&mut self.items, other.items),
            (&mut self.requests, other.requests),
            (&mut self.prerequest_scripts, other.prerequest_scripts),
            (&mut self.test_scripts, other.test_scripts),
            (&mut self.assertions, other.assertions),
        ] {
            count.total += more.total;
            count.failed += more.failed;
        }
        self.skipped += other.skipped;
        self.warnings += other.warnings;
        self.received += other.received;
        let room = MAX_FAILURES.saturating_sub(self.failures.len());
        self.failures.extend(other.failures.into_iter().take(room));
        self.times.merge(&other.times);
        self.dns_times.merge(&other.dns_times);
        self.first_byte_times.merge(&other.first_byte_times);
    }

    /// Whether anything failed.
    pub fn failed(&self) -> bool {
        self.aborted || !self.failures.is_empty()
    }
}

/// Times in milliseconds: enough of them to tell how they lie, and no more.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Times {
    /// How many.
    pub count: u64,
    /// Their sum in milliseconds.
    pub sum: f64,
    /// The sum of their squares.
    pub squares: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Times {
    pub(crate) fn add(&mut self, millis: f64) {
        self.least = if self.count == 0 {
            millis
        } else {
            self.least.min(millis)
        };
        self.most = self.most.max(millis);
        self.count += 1;
        self.sum += millis;
        self.squares += millis * millis;
    }

    fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.least = if self.count == 0 {
            other.least
        } else {
            self.least.min(other.least)
        };
        self.most = self.most.max(other.most);
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The average; 0 where there is none.
    pub fn average(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let count = self.count as f64;
        if self.count == 0 {
            0.0
        } else {
            self.sum / count
        }
    }

    /// The standard deviation; 0 where there is none.
    pub fn deviation(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let count = self.count as f64;
        if self.count == 0 {
            0.0
        } else {
            (self.squares / count - self.average().powi(2))
                .max(0.0)
                .sqrt()
        }
    }
}

/// One request of a step or of one of its scripts.
#[derive(Debug, Clone)]
pub struct Execution {
    /// Its number within the run, from 1.
    pub number: u64,
    /// The iteration, from 0.
    pub iteration: u32,
    /// The step's place within the iteration, from 0.
    pub position: usize,
    /// The step's name.
    pub name: String,
    /// The step's id, or its name where it has none.
    pub id: String,
    /// The names from the collection down to the request.
    pub location: Arc<[String]>,
    /// What was sent.
    pub request: Option<Wire>,
    /// When, in milliseconds since 1970.
    pub sent_at: i64,
    /// What came.
    pub response: Option<Answered>,
    /// Why nothing came.
    pub error: Option<String>,
    /// Its tests, in order.
    pub assertions: Vec<Assertion>,
}

/// A test that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Its name.
    pub name: String,
    /// Its place among the tests of its script, from 0.
    pub index: u32,
    /// Whether it was skipped.
    pub skipped: bool,
    /// Why it failed: the error's name, message and stack.
    pub error: Option<Cause>,
}

/// An error as JavaScript tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// `AssertionError`, `TypeError`, ….
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// Where it was thrown.
    pub stack: String,
}

/// Something that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The number of the execution.
    pub execution: u64,
    /// The iteration, from 0.
    pub iteration: u32,
    /// The names from the collection down to the request.
    pub location: Arc<[String]>,
    /// What it was.
    pub source: Source,
    /// The error.
    pub cause: Cause,
}

/// What failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A test.
    Assertion {
        /// Its name.
        name: String,
        /// Its place among the tests of its script, from 0.
        index: u32,
        /// Which kind of script made it.
        script: ScriptKind,
    },
    /// A script.
    Script(ScriptKind),
    /// The request.
    Request,
}

impl Source {
    /// newman's words for it.
    pub fn at(&self) -> String {
        match self {
            // As newman words it, of whichever script it is.
            Self::Assertion { index, .. } => format!("assertion:{index} in test-script"),
            Self::Script(kind) => kind.as_str().to_owned(),
            Self::Request => "request".to_owned(),
        }
    }
}
