//! Runs: one go of a collection, and what is kept of it.

use serde::{Deserialize, Serialize};

use crate::{MonitorId, RunId, TeamId, Timestamp, UserId};

/// How a run stands or ended, in Postman's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// Asked for, not yet begun.
    Queued,
    /// Under way.
    Running,
    /// Every test passed.
    Success,
    /// A test failed.
    Failure,
    /// It could not complete: a script or a request went wrong.
    Error,
    /// It took too long, or was stopped.
    Abort,
}

impl RunStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Success,
        Self::Failure,
        Self::Error,
        Self::Abort,
    ];

    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Error => "error",
            Self::Abort => "abort",
        }
    }

    /// The status of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether the run is over.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }

    /// Whether a streak of failures goes on with it: a test failed, or it errored, or was aborted.
    pub fn failed(self) -> bool {
        matches!(self, Self::Failure | Self::Error | Self::Abort)
    }
}

/// What started a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunTrigger {
    /// The monitor's schedule.
    Schedule,
    /// Somebody.
    Manual,
    /// An incoming hook.
    Webhook,
}

impl RunTrigger {
    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Manual => "manual",
            Self::Webhook => "webhook",
        }
    }

    /// The trigger of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Schedule, Self::Manual, Self::Webhook]
            .into_iter()
            .find(|trigger| trigger.as_str() == word)
    }
}

/// A run's record.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The run's id.
    pub id: RunId,
    /// Whose it is.
    pub team: TeamId,
    /// Of which monitor.
    pub monitor: MonitorId,
    /// How it stands.
    pub status: RunStatus,
    /// What started it.
    pub trigger: RunTrigger,
    /// Who asked for it, where somebody did.
    pub requested_by: Option<UserId>,
    /// The time of the schedule that it answers, or when it was asked for.
    pub due_at: Timestamp,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Its figures.
    pub stats: RunStats,
}

/// A run's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunStats {
    /// Tests made.
    pub assertions_total: u64,
    /// Tests that failed.
    pub assertions_failed: u64,
    /// Requests made.
    pub requests_total: u64,
    /// Requests that got no answer.
    pub requests_failed: u64,
    /// Script and request errors.
    pub errors: u64,
    /// What the run warned of.
    pub warnings: u64,
    /// How many goes it took, retries included.
    pub run_count: u64,
    /// The sum of the response times in milliseconds.
    pub response_latency_ms: u64,
    /// The sum of the response sizes in bytes.
    pub response_bytes: u64,
}

/// Everything else that is kept of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunDetail {
    /// The requests, in order.
    pub executions: Vec<Execution>,
    /// What failed.
    pub failures: Vec<Failure>,
    /// What the scripts logged.
    pub console: Vec<ConsoleLine>,
}

/// One request within a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// Its number within the run, from 1.
    pub id: u64,
    /// The item's name.
    pub item_name: String,
    /// The request's method.
    pub method: String,
    /// The request's URL as sent.
    pub url: String,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// The answer's status, where there was one.
    pub status: Option<u16>,
    /// Time to the whole answer.
    pub response_time_ms: Option<u64>,
    /// The answer's size in bytes.
    pub response_bytes: Option<u64>,
    /// The request's headers, where the monitor keeps them.
    pub request_headers: Vec<(String, String)>,
    /// The request's body, where the monitor keeps it.
    pub request_body: Option<String>,
    /// The answer's headers, where the monitor keeps them.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body, where the monitor keeps it.
    pub response_body: Option<String>,
    /// Each test: its name, and what was wrong if it failed.
    pub assertions: Vec<(String, Option<String>)>,
    /// Script and request errors: name and message.
    pub errors: Vec<(String, String)>,
}

/// What failed within a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The number of the execution.
    pub execution: u64,
    /// The item's name.
    pub item_name: String,
    /// The kind of error: `AssertionError`, `TypeError`, `Error`, ….
    pub name: String,
    /// What was wrong.
    pub message: String,
    /// The name of the test, where it was one.
    pub assertion: Option<String>,
}

/// A line of a run's console.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleLine {
    /// The number of the execution.
    pub execution: u64,
    /// `log`, `info`, `warn`, `error` or `debug`.
    pub level: String,
    /// What was logged, as one text.
    pub text: String,
}
