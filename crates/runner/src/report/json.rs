//! newman's JSON summary, for tools that were made for it.

use serde_json::{Value, json};

use crate::summary::Times;
use crate::{Count, Execution, Failure, Observer, RunEvent, Source, Summary, Wire};

/// Gathers a run into newman's summary.
#[derive(Default)]
pub struct JsonReporter {
    collection: Value,
    executions: Vec<Value>,
    failures: Vec<Value>,
    steps: usize,
    iterations: u32,
    report: Value,
}

impl JsonReporter {
    /// A reporter that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The summary, once the run has finished.
    pub fn into_report(self) -> Value {
        self.report
    }

    fn cursor(&self, iteration: u32, position: usize) -> Value {
        json!({
            "position": position,
            "iteration": iteration,
            "length": self.steps,
            "cycles": self.iterations,
            "empty": self.steps == 0,
            "eof": position + 1 == self.steps && iteration + 1 == self.iterations,
            "bof": position == 0 && iteration == 0,
            "cr": position == 0 && iteration > 0,
        })
    }

    fn execution(&self, execution: &Execution) -> Value {
        let mut told = json!({
            "cursor": self.cursor(execution.iteration, execution.position),
            "item": {"id": execution.id, "name": execution.name},
            "request": execution.request.as_ref().map(request),
            "id": format!("{:08x}", execution.number),
        });
        if let Some(answer) = &execution.response {
            told["response"] = json!({
                "id": format!("{:08x}", execution.number),
                "status": answer.reason,
                "code": answer.status,
                "header": answer.headers.iter().map(|(key, value)| json!({"key": key, "value": value})).collect::<Vec<_>>(),
                "stream": {"type": "Buffer", "data": answer.body.to_vec()},
                "responseTime": answer.time_ms,
                "responseSize": answer.body.len(),
            });
        }
        if let Some(error) = &execution.error {
            told["requestError"] = json!({"name": "Error", "message": error});
        }
        if !execution.assertions.is_empty() {
            let assertions = execution.assertions.iter().map(|assertion| {
                let mut told = json!({"assertion": assertion.name, "skipped": assertion.skipped});
                if let Some(error) = &assertion.error {
                    told["error"] = json!({
                        "name": error.name,
                        "index": assertion.index,
                        "test": assertion.name,
                        "message": error.message,
                        "stack": error.stack,
                    });
                }
                told
            });
            told["assertions"] = assertions.collect();
        }
        told
    }
}

impl Observer for JsonReporter {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started {
                document,
                iterations,
                steps,
            } => {
                self.collection = document.value().clone();
                self.iterations = *iterations;
                self.steps = *steps;
            }
            RunEvent::StepEnded { execution } => {
                let told = self.execution(execution);
                self.executions.push(told);
            }
            RunEvent::Failed(failure) => self.failures.push(failed(failure)),
            RunEvent::Finished(summary) => {
                self.report = json!({
                    "collection": std::mem::take(&mut self.collection),
                    "environment": {"values": values(&summary.environment)},
                    "globals": {"values": values(&summary.globals)},
                    "run": {
                        "stats": stats(summary),
                        "timings": timings(&summary.times, summary),
                        "executions": std::mem::take(&mut self.executions),
                        "transfers": {"responseTotal": summary.received},
                        "failures": std::mem::take(&mut self.failures),
                        "error": if summary.aborted { json!({"message": "the run was aborted"}) } else { Value::Null },
                    },
                });
            }
            _ => {}
        }
    }
}

fn request(wire: &Wire) -> Value {
    let mut told = json!({
        "url": wire.url.as_str(),
        "method": wire.method,
        "header": wire.headers.iter().map(|(key, value)| json!({"key": key, "value": value})).collect::<Vec<_>>(),
    });
    if !wire.body.is_empty() {
        told["body"] = json!({"mode": "raw", "raw": String::from_utf8_lossy(&wire.body)});
    }
    told
}

fn failed(failure: &Failure) -> Value {
    let mut error = json!({
        "name": failure.cause.name,
        "message": failure.cause.message,
        "stack": failure.cause.stack,
    });
    if let Source::Assertion { name, index, .. } = &failure.source {
        error["test"] = name.clone().into();
        error["index"] = (*index).into();
    }
    json!({
        "error": error,
        "at": failure.source.at(),
        "source": {"name": failure.location.last()},
        "cursor": {"iteration": failure.iteration},
    })
}

fn values(scope: &postern_collection::VariableScope) -> Vec<Value> {
    scope
        .iter()
        .map(|(key, value)| json!({"type": "any", "value": value, "key": key}))
        .collect()
}

fn stats(summary: &Summary) -> Value {
    let count = |count: Count| json!({"total": count.total, "pending": 0, "failed": count.failed});
    let both = Count {
        total: summary.prerequest_scripts.total + summary.test_scripts.total,
        failed: summary.prerequest_scripts.failed + summary.test_scripts.failed,
    };
    let triggers = Count {
        total: summary.items.total,
        failed: 0,
    };
    json!({
        "iterations": count(summary.iterations),
        "items": count(summary.items),
        "scripts": count(both),
        "prerequests": count(triggers),
        "requests": count(summary.requests),
        "tests": count(triggers),
        "assertions": count(summary.assertions),
        "testScripts": count(summary.test_scripts),
        "prerequestScripts": count(summary.prerequest_scripts),
    })
}

fn timings(times: &Times, summary: &Summary) -> Value {
    json!({
        "responseAverage": times.average(),
        "responseMin": times.least,
        "responseMax": times.most,
        "responseSd": times.deviation(),
        "started": summary.started,
        "completed": summary.completed,
    })
}
