//! newman's JSON summary, for tools that were made for it.

mod document;

use std::mem::take;

use serde_json::{Map, Value, json};

use crate::{
    Assertion, Cause, Count, Execution, Failure, Observer, RunEvent, ScriptKind, Source, Summary,
};

/// Gathers a run into newman's summary.
#[derive(Default)]
pub struct JsonReporter {
    collection: Value,
    executions: Vec<Value>,
    failures: Vec<Value>,
    /// What failed in the step under way; the request that it belongs to is told when the step ends.
    failing: Vec<Failure>,
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

    fn cursor(&self, execution: &Execution) -> Value {
        let (iteration, position) = (execution.iteration, execution.position);
        json!({
            "position": position,
            "iteration": iteration,
            "length": self.steps,
            "cycles": self.iterations,
            "empty": self.steps == 0,
            "eof": position + 1 == self.steps && iteration + 1 == self.iterations,
            "bof": position == 0 && iteration == 0,
            "cr": position == 0 && iteration > 0,
            "ref": reference(execution.number, 1),
            "httpRequestId": reference(execution.number, 2),
        })
    }

    fn step(&mut self, execution: &Execution, item: &Value) {
        let cursor = self.cursor(execution);
        let item = document::item(item);
        let mut told = json!({
            "cursor": cursor,
            "item": item,
            "request": execution.request.as_ref().map(document::sent),
        });
        if let Some(answer) = &execution.response {
            told["response"] = json!({
                "id": reference(execution.number, 3),
                "status": answer.reason,
                "code": answer.status,
                "header": document::pairs(&answer.headers),
                "stream": {"type": "Buffer", "data": answer.body.to_vec()},
                "cookie": [],
                "responseTime": answer.time_ms,
                "responseSize": answer.body.len(),
            });
        }
        told["id"] = execution.id.clone().into();
        if let Some(message) = &execution.error {
            told["requestError"] = json!({"name": "Error", "message": message});
        }
        if !execution.assertions.is_empty() {
            told["assertions"] = execution.assertions.iter().map(assertion).collect();
        }
        let failing = take(&mut self.failing);
        for (property, wanted) in [
            ("prerequestScript", ScriptKind::PreRequest),
            ("testScript", ScriptKind::Test),
        ] {
            let broken = failing.iter().filter(
                |failure| matches!(&failure.source, Source::Script(kind) if *kind == wanted),
            );
            let broken: Vec<Value> = broken
                .map(|it| json!({"error": error(&it.cause)}))
                .collect();
            if !broken.is_empty() {
                told[property] = broken.into();
            }
        }
        self.executions.push(told);
        for failure in failing {
            self.failures.push(failed(&failure, &item, &cursor));
        }
    }

    fn finish(&mut self, summary: &Summary) {
        // A step that was cut off has not ended.
        for failure in take(&mut self.failing) {
            let source = json!({"name": failure.location.last()});
            let cursor = json!({"iteration": failure.iteration});
            self.failures.push(failed(&failure, &source, &cursor));
        }
        let aborted = json!({"name": "Error", "message": "the run was aborted"});
        self.report = json!({
            "collection": take(&mut self.collection),
            "environment": {"values": values(&summary.environment)},
            "globals": {"values": values(&summary.globals)},
            "run": {
                "stats": stats(summary),
                "timings": timings(summary),
                "executions": take(&mut self.executions),
                "transfers": {"responseTotal": summary.received},
                "failures": take(&mut self.failures),
                "error": summary.aborted.then_some(aborted),
            },
        });
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
            RunEvent::Failed(failure) => self.failing.push((*failure).clone()),
            RunEvent::StepEnded { execution, item } => self.step(execution, item),
            RunEvent::Finished(summary) => self.finish(summary),
            _ => {}
        }
    }
}

/// An id in the form that newman's have: the same in each run, so that two reports can be compared.
fn reference(execution: u64, kind: u8) -> String {
    format!("{kind:08x}-0000-4000-8000-{execution:012x}")
}

fn assertion(assertion: &Assertion) -> Value {
    let mut told = json!({"assertion": assertion.name, "skipped": assertion.skipped});
    if let Some(cause) = &assertion.error {
        let mut error = error(cause);
        error["index"] = assertion.index.into();
        error["test"] = assertion.name.clone().into();
        told["error"] = error;
    }
    told
}

fn error(cause: &Cause) -> Value {
    json!({"name": cause.name, "message": cause.message, "stack": cause.stack})
}

fn failed(failure: &Failure, source: &Value, cursor: &Value) -> Value {
    let mut error = error(&failure.cause);
    if let Source::Assertion { name, index, .. } = &failure.source {
        error["test"] = name.clone().into();
        error["index"] = (*index).into();
    }
    let mut told = json!({
        "error": error,
        "at": failure.source.at(),
        "source": source,
        "parent": {},
        "cursor": cursor,
    });
    // The collection itself has no name there with newman.
    if let [_, .., folder, _] = &*failure.location {
        told["parent"]["name"] = folder.clone().into();
    }
    told
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

fn timings(summary: &Summary) -> Value {
    let mut told = Map::new();
    for (name, times) in [
        ("response", &summary.times),
        ("dns", &summary.dns_times),
        ("firstByte", &summary.first_byte_times),
    ] {
        for (figure, value) in [
            ("Average", times.average()),
            ("Min", times.least),
            ("Max", times.most),
            ("Sd", times.deviation()),
        ] {
            told.insert(format!("{name}{figure}"), value.into());
        }
    }
    told.insert("started".to_owned(), summary.started.into());
    told.insert("completed".to_owned(), summary.completed.into());
    told.into()
}
