//! Runs in Postman's shape.

use postern_model::{Execution, Monitor, Run, RunDetail, RunStats, RunStatus, Timestamp, Uid};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::shapes::run_figures::RunFigures;

/// `{"run": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct RunAnswer {
    pub(crate) run: RunView,
}

/// `{"runs": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct RunList {
    pub(crate) runs: Vec<RunView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// A run.
#[derive(Serialize, ToSchema)]
pub(crate) struct RunView {
    info: RunInfo,
    /// Its figures, once it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    stats: Option<StatsView>,
    /// What bars show of it, with the figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<RunFigures>,
    /// The requests, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    executions: Option<Vec<ExecutionView>>,
    /// What failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    failures: Option<Vec<FailureView>>,
    /// What the scripts logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    console: Option<Vec<ConsoleView>>,
}

/// Which run it is and how it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunInfo {
    /// The run's id.
    job_id: String,
    monitor_id: String,
    /// The monitor's name.
    name: String,
    collection_uid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment_uid: Option<String>,
    /// `queued`, `running`, `success`, `failure`, `error` or `abort`.
    status: &'static str,
    /// `schedule`, `manual` or `webhook`.
    trigger: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
}

/// A run's figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatsView {
    assertions: CountView,
    requests: CountView,
    run_count: u64,
    error_count: u64,
    aborted_count: u64,
    warning_count: u64,
    /// The sum of the response times in milliseconds.
    response_latency: u64,
    /// The sum of the response sizes in bytes.
    response_size: u64,
}

/// How many, and how many of them failed.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountView {
    total: u64,
    failed: u64,
}

/// One request within a run.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExecutionView {
    id: u64,
    item: ItemView,
    request: RequestView,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<ResponseView>,
    assertions: Vec<AssertionView>,
    errors: Vec<ErrorView>,
}

/// The item that was executed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemView {
    name: String,
}

/// The request as it was sent. Headers and body are there where the monitor keeps them.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestView {
    method: String,
    url: String,
    #[schema(value_type = Object)]
    headers: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
}

/// The answer. Headers and body are there where the monitor keeps them.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResponseView {
    code: u16,
    #[schema(value_type = Object)]
    headers: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// In milliseconds.
    response_time: u64,
    /// In bytes.
    response_size: u64,
}

/// A test, and what was wrong if it failed.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssertionView {
    name: String,
    passed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// A script or request error.
#[derive(Serialize, ToSchema)]
#[schema(as = RunError)]
pub(crate) struct ErrorView {
    name: String,
    message: String,
}

/// What failed.
#[derive(Serialize, ToSchema)]
pub(crate) struct FailureView {
    /// The number of the execution.
    execution: u64,
    item: ItemView,
    /// The kind of error: `AssertionError`, `TypeError`, `Error`, ….
    name: String,
    message: String,
    /// The name of the test, where it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    assertion: Option<String>,
}

/// A line of the console.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsoleView {
    execution: u64,
    level: String,
    text: String,
}

/// What a run's view needs to know of its monitor.
pub(crate) struct RunOf<'a> {
    pub(crate) monitor: &'a Monitor,
    pub(crate) collection: Uid,
    pub(crate) environment: Option<Uid>,
}

impl RunView {
    /// Which run it is and how it stands, nothing more: the answer to `?async=true`.
    pub(crate) fn info(run: &Run, of: &RunOf<'_>) -> Self {
        Self {
            info: RunInfo {
                job_id: run.id.to_string(),
                monitor_id: run.monitor.to_string(),
                name: of.monitor.name.clone(),
                collection_uid: of.collection.to_string(),
                environment_uid: of.environment.map(|uid| uid.to_string()),
                status: run.status.as_str(),
                trigger: run.trigger.as_str(),
                started_at: run.started_at.map(Timestamp::to_rfc3339),
                finished_at: run.finished_at.map(Timestamp::to_rfc3339),
            },
            stats: None,
            figures: None,
            executions: None,
            failures: None,
            console: None,
        }
    }

    /// The run with its figures.
    pub(crate) fn summary(run: &Run, of: &RunOf<'_>) -> Self {
        Self {
            stats: Some(StatsView::of(&run.stats, run.status)),
            figures: Some(RunFigures::of(run)),
            ..Self::info(run, of)
        }
    }

    /// The whole run.
    pub(crate) fn whole(run: &Run, detail: RunDetail, of: &RunOf<'_>) -> Self {
        Self {
            executions: Some(
                detail
                    .executions
                    .into_iter()
                    .map(ExecutionView::of)
                    .collect(),
            ),
            failures: Some(
                detail
                    .failures
                    .into_iter()
                    .map(|failure| FailureView {
                        execution: failure.execution,
                        item: ItemView {
                            name: failure.item_name,
                        },
                        name: failure.name,
                        message: failure.message,
                        assertion: failure.assertion,
                    })
                    .collect(),
            ),
            console: Some(
                detail
                    .console
                    .into_iter()
                    .map(|line| ConsoleView {
                        execution: line.execution,
                        level: line.level,
                        text: line.text,
                    })
                    .collect(),
            ),
            ..Self::summary(run, of)
        }
    }
}

impl StatsView {
    /// The figures in Postman's words.
    pub(crate) fn of(stats: &RunStats, how: RunStatus) -> Self {
        Self {
            assertions: CountView {
                total: stats.assertions_total,
                failed: stats.assertions_failed,
            },
            requests: CountView {
                total: stats.requests_total,
                failed: stats.requests_failed,
            },
            run_count: stats.run_count,
            error_count: stats.errors,
            aborted_count: u64::from(how == RunStatus::Abort),
            warning_count: stats.warnings,
            response_latency: stats.response_latency_ms,
            response_size: stats.response_bytes,
        }
    }
}

impl ExecutionView {
    fn of(execution: Execution) -> Self {
        Self {
            id: execution.id,
            item: ItemView {
                name: execution.item_name,
            },
            request: RequestView {
                method: execution.method,
                url: execution.url,
                headers: headers(execution.request_headers),
                body: execution.request_body,
                timestamp: execution.sent_at.map(Timestamp::to_rfc3339),
            },
            response: execution.status.map(|code| ResponseView {
                code,
                headers: headers(execution.response_headers),
                body: execution.response_body,
                response_time: execution.response_time_ms.unwrap_or_default(),
                response_size: execution.response_bytes.unwrap_or_default(),
            }),
            assertions: execution
                .assertions
                .into_iter()
                .map(|(name, message)| AssertionView {
                    name,
                    passed: message.is_none(),
                    message,
                })
                .collect(),
            errors: execution
                .errors
                .into_iter()
                .map(|(name, message)| ErrorView { name, message })
                .collect(),
        }
    }
}

/// Headers as Postman has them: an object; a name that comes twice holds a list.
fn headers(pairs: Vec<(String, String)>) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs {
        match object.get_mut(&name) {
            None => {
                object.insert(name, Value::from(value));
            }
            Some(Value::Array(values)) => values.push(Value::from(value)),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_comes_twice_becomes_a_list() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let object = headers(vec![
            pair("a", "1"),
            pair("b", "2"),
            pair("a", "3"),
            pair("a", "4"),
        ]);
        assert_eq!(object, json!({"a": ["1", "3", "4"], "b": "2"}));
    }
}
