//! What is kept of a run: a sieve reads its events where it runs, and the record grows where it is stored.
//!
//! Neither keeps more than people look at, however long the run: a script can log and fail without end.

use postern_model::{ConsoleLine, Execution, Failure, RunDetail, RunStats, RunStatus, Timestamp};
use postern_runner::{Observer, RunEvent, Source};
use serde::{Deserialize, Serialize};

use super::go::Ended;
use super::play::Played;

/// The most executions, failures and console lines that are kept.
const MOST: usize = 2000;
/// The most characters of a text that is kept.
const LONGEST: usize = 16 * 1024;

/// Something of a run that is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Kept {
    Execution(Execution),
    Failure(Failure),
    Console(ConsoleLine),
}

/// Lets through what is to be kept of a run's events.
pub(crate) struct Sieve<'a> {
    tell: &'a mut dyn FnMut(Kept),
    keep_bodies: bool,
    executions: usize,
    failures: usize,
    lines: usize,
}

impl<'a> Sieve<'a> {
    pub(crate) fn new(keep_bodies: bool, tell: &'a mut dyn FnMut(Kept)) -> Self {
        Self {
            tell,
            keep_bodies,
            executions: 0,
            failures: 0,
            lines: 0,
        }
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

impl Observer for Sieve<'_> {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::StepEnded { execution, .. } if self.executions < MOST => {
                self.executions += 1;
                let kept = self.execution(execution);
                (self.tell)(Kept::Execution(kept));
            }
            RunEvent::Failed(failed) if self.failures < MOST => {
                self.failures += 1;
                (self.tell)(Kept::Failure(failure(failed)));
            }
            RunEvent::Console(line) if self.lines < MOST => {
                self.lines += 1;
                (self.tell)(Kept::Console(ConsoleLine {
                    execution: line.execution,
                    level: line.level.to_owned(),
                    text: short(&line.text()),
                }));
            }
            _ => {}
        }
    }
}

/// The record of a run, as it grows.
#[derive(Debug, Default)]
pub(crate) struct Record {
    detail: RunDetail,
}

impl Record {
    /// Keeps one more thing. The sieve has counted already, but it may be in a process that isn't to be trusted.
    pub(crate) fn keep(&mut self, kept: Kept) {
        match kept {
            Kept::Execution(execution) => push(&mut self.detail.executions, execution),
            Kept::Failure(failure) => push(&mut self.detail.failures, failure),
            Kept::Console(line) => push(&mut self.detail.console, line),
        }
    }

    /// The run has ended by itself.
    pub(crate) fn ended(self, ended: Ended) -> Played {
        Played {
            status: ended.status,
            stats: ended.stats,
            detail: self.into_detail(),
        }
    }

    /// The run was ended, or has vanished: what was told until then, and why there is no more.
    pub(crate) fn cut_off(mut self, status: RunStatus, message: impl Into<String>) -> Played {
        let executions = &self.detail.executions;
        let tests = || executions.iter().flat_map(|one| &one.assertions);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let errors = self
            .detail
            .failures
            .iter()
            .filter(|failure| failure.assertion.is_none());
        let figures = RunStats {
            assertions_total: count(tests().count()),
            assertions_failed: count(tests().filter(|(_, wrong)| wrong.is_some()).count()),
            requests_total: count(
                executions
                    .iter()
                    .filter(|one| one.sent_at.is_some())
                    .count(),
            ),
            requests_failed: count(
                executions
                    .iter()
                    .filter(|one| one.sent_at.is_some() && one.status.is_none())
                    .count(),
            ),
            errors: count(errors.count()).saturating_add(1),
            warnings: 0,
            run_count: 1,
            response_latency_ms: executions
                .iter()
                .filter_map(|one| one.response_time_ms)
                .sum(),
            response_bytes: executions.iter().filter_map(|one| one.response_bytes).sum(),
        };
        // In front: it is what people look for.
        self.detail.failures.insert(
            0,
            Failure {
                name: "Error".to_owned(),
                message: message.into(),
                ..Failure::default()
            },
        );
        Played {
            status,
            stats: figures,
            detail: self.into_detail(),
        }
    }

    fn into_detail(mut self) -> RunDetail {
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
}

fn push<T>(list: &mut Vec<T>, one: T) {
    if list.len() < MOST {
        list.push(one);
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
