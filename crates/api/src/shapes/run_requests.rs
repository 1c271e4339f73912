//! Runs, split by request.

use std::collections::HashMap;

use postern_model::{Execution, Run, RunDetail};
use serde::Serialize;
use utoipa::ToSchema;

use super::health::percentile;

/// `{"requests": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestList {
    pub(crate) requests: Vec<RequestOfRuns>,
}

/// What became of a request in a monitor's newest runs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestOfRuns {
    /// Its method and its name: what is kept of a run has no ids of items, and requests of the same name count as one.
    id: String,
    name: String,
    method: String,
    /// The mean time of the answers; not there where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    average_ms: Option<u64>,
    /// The time that 95 of 100 answers took no longer than.
    #[serde(skip_serializing_if = "Option::is_none")]
    p95_ms: Option<u64>,
    /// The oldest first.
    runs: Vec<RequestOfRun>,
}

/// What became of a request in a run.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestOfRun {
    run_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    average_ms: Option<u64>,
    failed_tests: u64,
    passed_tests: u64,
    /// The first script or request error.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Gathers requests, run by run.
#[derive(Default)]
pub(crate) struct Requests {
    all: Vec<(RequestOfRuns, Vec<u64>)>,
    at: HashMap<String, usize>,
}

impl Requests {
    /// Takes what a run has done. The runs come in the order in which they were.
    pub(crate) fn take(&mut self, run: &Run, detail: &RunDetail) {
        let mut of_run: Vec<(usize, Vec<&Execution>)> = Vec::new();
        for execution in &detail.executions {
            let at = self.place(execution);
            match of_run.iter_mut().find(|(known, _)| *known == at) {
                Some((_, executions)) => executions.push(execution),
                None => of_run.push((at, vec![execution])),
            }
        }
        for (at, executions) in of_run {
            let times: Vec<u64> = executions
                .iter()
                .filter_map(|it| it.response_time_ms)
                .collect();
            let tests = || executions.iter().flat_map(|it| &it.assertions);
            let failed = tests().filter(|(_, wrong)| wrong.is_some()).count();
            let passed = tests().count() - failed;
            let error = executions.iter().flat_map(|it| &it.errors).next();
            let (request, all_times) = &mut self.all[at];
            request.runs.push(RequestOfRun {
                run_id: run.id.to_string(),
                average_ms: mean(&times),
                failed_tests: failed as u64,
                passed_tests: passed as u64,
                error: error.map(|(name, message)| format!("{name}: {message}")),
            });
            all_times.extend(times);
        }
    }

    fn place(&mut self, execution: &Execution) -> usize {
        let id = format!("{} {}", execution.method, execution.item_name);
        let next = self.all.len();
        let at = *self.at.entry(id.clone()).or_insert(next);
        if at == next {
            let request = RequestOfRuns {
                id,
                name: execution.item_name.clone(),
                method: execution.method.clone(),
                average_ms: None,
                p95_ms: None,
                runs: Vec::new(),
            };
            self.all.push((request, Vec::new()));
        }
        at
    }

    /// All requests, in the order in which they were first met.
    pub(crate) fn done(self) -> Vec<RequestOfRuns> {
        let all = self.all.into_iter().map(|(mut request, mut times)| {
            times.sort_unstable();
            request.average_ms = mean(&times);
            request.p95_ms = (!times.is_empty()).then(|| percentile(&times, 95));
            request
        });
        all.collect()
    }
}

fn mean(times: &[u64]) -> Option<u64> {
    times.iter().sum::<u64>().checked_div(times.len() as u64)
}
