//! A run as one page that needs nothing else: to be kept, sent around and filtered.

mod escape;
mod page;

use crate::{Answered, Assertion, Cause, Execution, Observer, RunEvent, Source, Wire};

/// The most of a body that a page shows, in bytes.
const BODY: usize = 16 * 1024;

/// The most requests that a page shows whole; a page of more is no help to anybody.
const MOST: usize = 5_000;

/// Gathers a run into a page.
#[derive(Default)]
pub struct HtmlReporter {
    title: Option<String>,
    name: String,
    iterations: u32,
    rows: Vec<Row>,
    /// Requests beyond the most that is shown.
    left_out: usize,
    console: Vec<String>,
    broken: Vec<(String, Cause)>,
    report: String,
}

/// One request, as the page shows it.
struct Row {
    iteration: u32,
    location: Vec<String>,
    method: String,
    url: String,
    status: Option<(u16, String)>,
    time_ms: u64,
    size: usize,
    error: Option<String>,
    tests: Vec<Assertion>,
    broken: Vec<(String, Cause)>,
    console: Vec<String>,
    sent: Message,
    received: Message,
}

/// Headers and the beginning of a body.
#[derive(Default)]
struct Message {
    headers: Vec<(String, String)>,
    body: String,
    cut: bool,
}

impl HtmlReporter {
    /// A reporter that has seen nothing yet; the page is called after the collection where it gets no title.
    pub fn new(title: Option<String>) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    /// The page, once the run has finished.
    pub fn into_report(self) -> String {
        self.report
    }

    fn step(&mut self, execution: &Execution) {
        let console = std::mem::take(&mut self.console);
        let broken = std::mem::take(&mut self.broken);
        let row = Row::of(execution, broken, console);
        // What failed is always worth its place.
        if self.rows.len() < MOST || row.failed() {
            self.rows.push(row);
        } else {
            self.left_out += 1;
        }
    }
}

impl Observer for HtmlReporter {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started {
                document,
                iterations,
                ..
            } => {
                document.name().clone_into(&mut self.name);
                self.iterations = *iterations;
            }
            RunEvent::Console(line) => {
                self.console
                    .push(format!("{}: {}", line.level, line.text()));
            }
            RunEvent::Failed(failure) => {
                if let Source::Script(kind) = failure.source {
                    let place = kind.as_str().to_owned();
                    self.broken.push((place, failure.cause.clone()));
                }
            }
            RunEvent::StepEnded { execution, .. } => self.step(execution),
            RunEvent::Finished(summary) => self.report = page::write(self, summary),
            _ => {}
        }
    }
}

impl Row {
    fn of(execution: &Execution, broken: Vec<(String, Cause)>, console: Vec<String>) -> Self {
        let (request, answer) = (execution.request.as_ref(), execution.response.as_ref());
        Self {
            iteration: execution.iteration,
            location: execution.location.to_vec(),
            method: request.map_or_else(String::new, |wire| wire.method.clone()),
            url: request.map_or_else(String::new, |wire| wire.url.to_string()),
            status: answer.map(|answer| (answer.status, answer.reason.clone())),
            time_ms: answer.map_or(0, |answer| answer.time_ms),
            size: answer.map_or(0, |answer| answer.body.len()),
            error: execution.error.clone(),
            tests: execution.assertions.clone(),
            broken,
            console,
            sent: request.map(Message::sent).unwrap_or_default(),
            received: answer.map(Message::received).unwrap_or_default(),
        }
    }

    fn failed(&self) -> bool {
        self.error.is_some()
            || !self.broken.is_empty()
            || self.tests.iter().any(|test| test.error.is_some())
    }
}

impl Message {
    fn sent(wire: &Wire) -> Self {
        Self::of(&wire.headers, &wire.body)
    }

    fn received(answer: &Answered) -> Self {
        Self::of(&answer.headers, &answer.body)
    }

    fn of(headers: &[(String, String)], body: &[u8]) -> Self {
        let shown = &body[..body.len().min(BODY)];
        Self {
            headers: headers.to_vec(),
            body: String::from_utf8_lossy(shown).into_owned(),
            cut: body.len() > BODY,
        }
    }
}
