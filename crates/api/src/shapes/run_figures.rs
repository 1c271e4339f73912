//! Runs as bars: a few figures each.

use postern_model::{Monitor, Run, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// `{"monitors": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecentRuns {
    pub(crate) monitors: Vec<RunsOfMonitor>,
    /// There are more monitors than were looked at; name those that are wanted by `uids`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) partial: bool,
}

/// A monitor's newest runs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunsOfMonitor {
    monitor_uid: String,
    /// When it falls due next; not there while it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_run_at: Option<String>,
    /// The oldest first; the one under way, if there is one, at the end.
    runs: Vec<RunBar>,
}

/// A run with its figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunBar {
    id: String,
    /// `queued`, `running`, `success`, `failure`, `error` or `abort`.
    status: &'static str,
    /// `schedule`, `manual` or `webhook`.
    trigger: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(flatten)]
    figures: RunFigures,
}

/// What bars show of a run.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunFigures {
    /// From its start to its end; not there before the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    /// The mean time of the answers; not there where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    average_ms: Option<u64>,
    failed_tests: u64,
    passed_tests: u64,
    /// Script and request errors.
    errors: u64,
}

impl RunsOfMonitor {
    /// The monitor's newest runs; they come newest first.
    pub(crate) fn of(monitor: &Monitor, runs: &[Run]) -> Self {
        Self {
            monitor_uid: monitor.uid().to_string(),
            next_run_at: monitor.next_due_at.map(Timestamp::to_rfc3339),
            runs: runs.iter().rev().map(RunBar::of).collect(),
        }
    }
}

impl RunBar {
    fn of(run: &Run) -> Self {
        Self {
            id: run.id.to_string(),
            status: run.status.as_str(),
            trigger: run.trigger.as_str(),
            started_at: run.started_at.map(Timestamp::to_rfc3339),
            figures: RunFigures::of(run),
        }
    }
}

impl RunFigures {
    /// The run's figures.
    pub(crate) fn of(run: &Run) -> Self {
        let stats = &run.stats;
        let answers = stats.requests_total.saturating_sub(stats.requests_failed);
        let lasted = run.started_at.zip(run.finished_at);
        let lasted = lasted.map(|(began, ended)| ended.since(began).as_millis());
        Self {
            duration_ms: lasted.and_then(|it| u64::try_from(it).ok()),
            average_ms: stats.response_latency_ms.checked_div(answers),
            failed_tests: stats.assertions_failed,
            passed_tests: stats
                .assertions_total
                .saturating_sub(stats.assertions_failed),
            errors: stats.errors,
        }
    }
}
