//! JUnit XML with newman's structure: a suite for each request, a case for each test.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::words::{full_name, iso};
use super::xml::{attribute, attributes, cdata};
use crate::{Cause, Execution, Observer, RunEvent, ScriptKind, Source, Summary};

/// Gathers a run into JUnit XML.
#[derive(Default)]
pub struct JunitReporter {
    collection: String,
    collection_id: String,
    suites: Vec<Suite>,
    of_item: HashMap<String, usize>,
    /// The scripts that failed in the step that is under way.
    broken: Vec<(ScriptKind, Cause)>,
    report: String,
}

/// All executions of one request.
#[derive(Default)]
struct Suite {
    name: String,
    id: String,
    tests: usize,
    failures: usize,
    errors: usize,
    /// The seconds of each answer.
    times: Vec<f64>,
    messages: String,
    /// Each test's failures, in the order in which the tests were first made.
    cases: Vec<(String, Vec<Cause>)>,
}

impl JunitReporter {
    /// A reporter that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The XML, once the run has finished.
    pub fn into_report(self) -> String {
        self.report
    }

    fn step(&mut self, execution: &Execution) {
        let at = *self.of_item.entry(execution.id.clone()).or_insert_with(|| {
            self.suites.push(Suite {
                name: full_name(&execution.location),
                id: execution.id.clone(),
                ..Suite::default()
            });
            self.suites.len() - 1
        });
        let broken = std::mem::take(&mut self.broken);
        self.suites[at].add(execution, &broken);
    }

    fn finish(&mut self, summary: &Summary) {
        let started = iso(summary.started);
        let time: f64 = self.suites.iter().flat_map(|suite| &suite.times).sum();
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let about = attributes(&[
            ("name", &self.collection),
            ("tests", &summary.items.total.to_string()),
            ("time", &format!("{time:.3}")),
        ]);
        if self.suites.is_empty() {
            let _ = write!(xml, "<testsuites{about}/>");
        } else {
            let _ = writeln!(xml, "<testsuites{about}>");
            for suite in &self.suites {
                self.write(&mut xml, suite, &started);
            }
            xml.push_str("</testsuites>");
        }
        self.report = xml;
    }

    fn write(&self, xml: &mut String, suite: &Suite, started: &str) {
        let about = attributes(&[
            ("name", &suite.name),
            ("id", &suite.id),
            ("timestamp", started),
            ("tests", &suite.tests.to_string()),
            ("failures", &suite.failures.to_string()),
            ("errors", &suite.errors.to_string()),
            ("time", &format!("{:.3}", suite.mean())),
        ]);
        if suite.messages.is_empty() && suite.cases.is_empty() {
            let _ = writeln!(xml, "  <testsuite{about}/>");
            return;
        }
        let _ = writeln!(xml, "  <testsuite{about}>");
        if !suite.messages.is_empty() {
            let _ = writeln!(
                xml,
                "    <system-err>{}</system-err>",
                cdata(&suite.messages)
            );
        }
        // newman takes the class from the suite's name after it was escaped, and tools know the tests by it.
        let class = class_name(&attribute(&suite.name));
        let class = if class.is_empty() {
            class_name(&self.collection)
        } else {
            class
        };
        let time = format!("{:.3}", suite.times.last().unwrap_or(&0.0));
        for (name, failures) in &suite.cases {
            let about = attributes(&[("name", name), ("time", &time), ("classname", &class)]);
            let Some(first) = failures.first() else {
                let _ = writeln!(xml, "    <testcase{about}/>");
                continue;
            };
            let failure = attributes(&[("type", "AssertionFailure"), ("message", &first.message)]);
            let _ = writeln!(xml, "    <testcase{about}>\n      <failure{failure}>");
            for text in [
                format!("Failed {} times.", failures.len()),
                format!("Collection JSON ID: {}.", self.collection_id),
                format!("Collection name: {}.", self.collection),
                format!("Request name: {}.", suite.name),
                format!("Test description: {name}."),
                format!("Error message: {}.", first.message),
                format!("Stacktrace: {}.", first.stack),
            ] {
                let _ = writeln!(xml, "        {}", cdata(&text));
            }
            xml.push_str("      </failure>\n    </testcase>\n");
        }
        xml.push_str("  </testsuite>\n");
    }
}

impl Observer for JunitReporter {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started { document, .. } => {
                document.name().clone_into(&mut self.collection);
                let id = document.info_id().unwrap_or_default();
                id.clone_into(&mut self.collection_id);
            }
            RunEvent::Failed(failure) => {
                if let Source::Script(kind) = failure.source {
                    self.broken.push((kind, failure.cause.clone()));
                }
            }
            RunEvent::StepEnded { execution, .. } => self.step(execution),
            RunEvent::Finished(summary) => self.finish(summary),
            _ => {}
        }
    }
}

impl Suite {
    fn add(&mut self, execution: &Execution, broken: &[(ScriptKind, Cause)]) {
        let mut message = format!("Iteration: {}\n", execution.iteration);
        if let Some(error) = &execution.error {
            self.errors += 1;
            let _ = writeln!(message, "RequestError: Error: {error}");
        }
        message.push_str("\n---\n");
        for wanted in [ScriptKind::Test, ScriptKind::PreRequest] {
            for (_, cause) in broken.iter().filter(|(kind, _)| *kind == wanted) {
                self.errors += 1;
                let property = match wanted {
                    ScriptKind::Test => "testScript",
                    ScriptKind::PreRequest => "prerequestScript",
                };
                let why = if cause.stack.is_empty() {
                    &cause.message
                } else {
                    &cause.stack
                };
                let _ = write!(message, "{property}Error: {why}\n---\n");
            }
        }
        if execution.error.is_some() || !broken.is_empty() {
            self.messages.push_str(&message);
        }
        for assertion in &execution.assertions {
            let known = self
                .cases
                .iter()
                .position(|(name, _)| *name == assertion.name);
            let at = known.unwrap_or_else(|| {
                self.cases.push((assertion.name.clone(), Vec::new()));
                self.cases.len() - 1
            });
            if let Some(error) = &assertion.error {
                self.failures += 1;
                self.cases[at].1.push(error.clone());
            }
        }
        self.tests = execution.assertions.len();
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one answer")]
        let time = execution
            .response
            .as_ref()
            .map_or(0.0, |answer| answer.time_ms as f64 / 1000.0);
        self.times.push(time);
    }

    fn mean(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let count = self.times.len().max(1) as f64;
        self.times.iter().sum::<f64>() / count
    }
}

/// A name as that of a class: its words, each with a capital, without what stands between them.
fn class_name(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = name
        .chars()
        .filter(|letter| !"'’".contains(*letter))
        .collect();
    let mut within = false;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            within = false;
            continue;
        }
        let last = at.checked_sub(1).map(|at| letters[at]);
        let next = letters.get(at + 1).copied();
        if !within || last.is_some_and(|last| begins_a_word(last, letter, next)) {
            words.push(String::new());
        }
        within = true;
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    let class = words.iter().flat_map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first
            .chain(letters.flat_map(char::to_lowercase))
            .collect::<Vec<_>>()
    });
    class
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect()
}

/// Whether a letter begins a word of its own after this one: `aB`, `ABc`, `a1`, `1a`.
fn begins_a_word(last: char, letter: char, next: Option<char>) -> bool {
    (last.is_lowercase() && letter.is_uppercase())
        || (last.is_uppercase() && letter.is_uppercase() && next.is_some_and(char::is_lowercase))
        || last.is_numeric() != letter.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::class_name;

    #[test]
    fn classes_are_named_as_newman_names_them() {
        for (name, class) in [
            (
                "Fold er / Req &lt;one> &amp; &quot;q&quot;",
                "FoldErReqLtOneAmpQuotQQuot",
            ),
            ("My coll: v1Api", "MyCollV1Api"),
            ("XMLHttpRequest's", "XmlHttpRequests"),
            ("get /users/{{id}}", "GetUsersId"),
            ("snake_case-kebab", "SnakeCaseKebab"),
            ("", ""),
        ] {
            assert_eq!(class_name(name), class, "{name}");
        }
    }
}
