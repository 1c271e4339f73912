//! What is kept of a run: one more reader of its events.
//!
//! It keeps no more than people look at, however long the run: a script can log and fail without end.

use postern_model::{ConsoleLine, Execution, Failure, RunDetail, Timestamp};
use postern_runner::{Observer, RunEvent, Source, Summary};

/// The most executions, failures and console lines that are kept.
const MOST: usize = 2000;
/// The most characters of a text that is kept.
const LONGEST: usize = 16 * 1024;

/// The record of a run, as it grows.
pub(crate) struct Record {
    detail: RunDetail,
    keep_bodies: bool,
}

impl Record {
    pub(crate) fn new(keep_bodies: bool) -> Self {
        Self {
            detail: RunDetail::default(),
            keep_bodies,
        }
    }

    /// The record of a run that has ended.
    pub(crate) fn into_detail(mut self, summary: &Summary) -> RunDetail {
        self.detail.failures = summary.failures.iter().take(MOST).map(failure).collect();
        for execution in &mut self.detail.executions {
            let errors =
                self.detail.failures.iter().filter(|failure| {
                    failure.execution == execution.id && failure.assertion.is_none()
                });
            execution.errors = errors
                .map(|failure| (failure.name.clone(), failure.message.clone()))
                .collect();
        }
        self.detail
    }

    fn execution(&self, made: &postern_runner::Execution) -> Execution {
        let mut kept = Execution {
            id: made.number,
            item_name: short(&made.name),
            sent_at: made.request.as_ref().map(|_| Timestamp(made.sent_at)),
            assertions: made
                .assertions
                .iter()
                .filter(|assertion| !assertion.skipped)
                .take(MOST)
                .map(|assertion| {
                    let wrong = assertion.error.as_ref().map(|cause| short(&cause.message));
                    (short(&assertion.name), wrong)
                })
                .collect(),
            ..Execution::default()
        };
        if let Some(request) = &made.request {
            kept.method.clone_from(&request.method);
            kept.url = short(request.url.as_str());
            if self.keep_bodies {
                kept.request_headers.clone_from(&request.headers);
                kept.request_body = Some(text(&request.body));
            }
        }
        if let Some(response) = &made.response {
            kept.status = Some(response.status);
            kept.response_time_ms = Some(response.time_ms);
            kept.response_bytes = Some(response.body.len() as u64);
            if self.keep_bodies {
                kept.response_headers.clone_from(&response.headers);
                kept.response_body = Some(text(&response.body));
            }
        }
        kept
    }
}

impl Observer for Record {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::StepEnded { execution, .. } if self.detail.executions.len() < MOST => {
                let kept = self.execution(execution);
                self.detail.executions.push(kept);
            }
            RunEvent::Console(line) if self.detail.console.len() < MOST => {
                self.detail.console.push(ConsoleLine {
                    execution: line.execution,
                    level: line.level.to_owned(),
                    text: short(&line.text()),
                });
            }
            _ => {}
        }
    }
}

fn failure(failed: &postern_runner::Failure) -> Failure {
    Failure {
        execution: failed.execution,
        item_name: failed
            .location
            .last()
            .map(|name| short(name))
            .unwrap_or_default(),
        name: short(&failed.cause.name),
        message: short(&failed.cause.message),
        assertion: match &failed.source {
            Source::Assertion { name, .. } => Some(short(name)),
            Source::Script(_) | Source::Request => None,
        },
    }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.len().min(LONGEST);
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
