//! Executions of monitors, as Postman's API has them: each of one run here.

use postern_model::{Run, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::PageMeta;
use crate::shapes::run::StatsView;

/// `{"data": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExecutionList {
    pub(crate) data: Vec<ExecutionView>,
    pub(crate) meta: PageMeta,
}

/// An execution.
#[derive(Serialize, ToSchema)]
#[schema(as = MonitorExecution)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExecutionView {
    id: String,
    /// `queued`, `running`, `success`, `failure`, `error` or `abort`.
    state: &'static str,
    /// `schedule`, `manual` or `webhook`.
    trigger: &'static str,
    results: StatsView,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
}

impl ExecutionView {
    /// The execution that is this run.
    pub(crate) fn of(run: &Run) -> Self {
        Self {
            id: run.id.to_string(),
            state: run.status.as_str(),
            trigger: run.trigger.as_str(),
            results: StatsView::of(&run.stats, run.status),
            created_at: run.due_at.to_rfc3339(),
            started_at: run.started_at.map(Timestamp::to_rfc3339),
            finished_at: run.finished_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// `{"data": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExecutionRuns {
    pub(crate) data: Vec<ExecutionRun>,
}

/// A run of an execution.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExecutionRun {
    #[serde(flatten)]
    execution: ExecutionView,
    execution_id: String,
    /// Postern runs where it is.
    region: &'static str,
}

impl ExecutionRun {
    /// The one run of an execution.
    pub(crate) fn of(run: &Run) -> Self {
        Self {
            execution: ExecutionView::of(run),
            execution_id: run.id.to_string(),
            region: "here",
        }
    }
}
