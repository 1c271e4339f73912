//! A run as people read it in a terminal.

use std::io::Write;
use std::time::Duration;

use crate::{Count, Execution, Observer, RunEvent, Source, Summary};

/// Writes a run for people, as it happens, and its totals at the end.
pub struct CliReporter<W> {
    out: W,
    color: bool,
    folders: Vec<String>,
    failures: usize,
    iterations: u32,
}

impl<W: Write> CliReporter<W> {
    /// Writes to `out`, with colours or without.
    pub fn new(out: W, color: bool) -> Self {
        Self {
            out,
            color,
            folders: Vec::new(),
            failures: 0,
            iterations: 1,
        }
    }

    fn paint(&self, code: &str, text: impl std::fmt::Display) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_string()
        }
    }

    /// A reader that went away doesn't end the run.
    fn line(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{text}");
    }

    fn step(&mut self, location: &[String]) {
        let (name, folders) = match location {
            [_, folders @ .., name] => (name.as_str(), folders),
            _ => ("", [].as_slice()),
        };
        if !folders.is_empty() && folders != self.folders {
            let path = self.paint("1", format!("❏ {}", folders.join(" / ")));
            self.line(format!("\n{path}"));
        } else {
            self.line("");
        }
        self.folders = folders.to_vec();
        let indent = if folders.is_empty() { "" } else { "  " };
        let arrow = self.paint("36", "→");
        self.line(format!("{indent}{arrow} {name}"));
    }

    fn exchange(&mut self, execution: &Execution) {
        let Some(request) = &execution.request else {
            let error = execution.error.as_deref().unwrap_or_default();
            let text = self.paint("31", format!("  [errored] {error}"));
            return self.line(text);
        };
        let target = format!("  {} {}", request.method, request.url);
        match (&execution.response, &execution.error) {
            (Some(answer), _) => {
                let status = format!("{} {}", answer.status, answer.reason);
                let color = if answer.status < 400 { "32" } else { "33" };
                let status = self.paint(color, status.trim());
                let figures = self.paint(
                    "90",
                    format!(
                        "{}, {}",
                        bytes(answer.body.len() as u64),
                        millis(answer.time_ms)
                    ),
                );
                let target = self.paint("90", target);
                self.line(format!("{target} [{status}, {figures}]"));
            }
            (None, error) => {
                let error = error.as_deref().unwrap_or("no answer");
                let text = self.paint("31", format!("[errored]\n     {error}"));
                self.line(format!("{target} {text}"));
            }
        }
    }

    fn totals(&mut self, summary: &Summary) {
        self.line("");
        let rows: [(&str, Count); 5] = [
            ("iterations", summary.iterations),
            ("requests", summary.requests),
            ("test-scripts", summary.test_scripts),
            ("prerequest-scripts", summary.prerequest_scripts),
            ("assertions", summary.assertions),
        ];
        let rule = |left: &str, middle: &str, right: &str| {
            format!(
                "{left}{}{middle}{}{middle}{}{right}",
                "─".repeat(25),
                "─".repeat(18),
                "─".repeat(18)
            )
        };
        self.line(rule("┌", "┬", "┐"));
        self.line(format!(
            "│ {:>23} │ {:>16} │ {:>16} │",
            "", "executed", "failed"
        ));
        for (name, count) in rows {
            self.line(rule("├", "┼", "┤"));
            let failed = format!("{:>16}", count.failed);
            let failed = if count.failed > 0 {
                self.paint("31", failed)
            } else {
                failed
            };
            self.line(format!("│ {name:>23} │ {:>16} │ {failed} │", count.total));
        }
        self.line(rule("├", "┴", "┤"));
        let times = &summary.times;
        let mut said = vec![
            format!("total run duration: {}", duration(summary.duration)),
            format!("total data received: {} (approx)", bytes(summary.received)),
        ];
        if times.count > 0 {
            said.push(format!(
                "average response time: {:.0}ms [min: {:.0}ms, max: {:.0}ms, s.d.: {:.0}ms]",
                times.average(),
                times.least,
                times.most,
                times.deviation()
            ));
        }
        if summary.skipped > 0 {
            said.push(format!("tests skipped: {}", summary.skipped));
        }
        for text in said {
            self.line(format!("│ {text:<61} │"));
        }
        self.line(format!("└{}┘", "─".repeat(63)));
        if summary.aborted {
            let text = self.paint(
                "31",
                "the run was aborted: it was stopped, or took too long",
            );
            self.line(text);
        }
        self.failures(summary);
    }

    fn failures(&mut self, summary: &Summary) {
        if summary.failures.is_empty() {
            return;
        }
        let head = self.paint("31", format!("\n  #  {:<17} detail", "failure"));
        self.line(head);
        for (at, failure) in summary.failures.iter().enumerate() {
            let name = self.paint("31", format!("{:<17}", failure.cause.name));
            let title = match &failure.source {
                Source::Assertion { name, .. } => name.as_str(),
                _ => "",
            };
            self.line(format!("\n {:>2}. {name} {title}", at + 1));
            let pad = " ".repeat(23);
            for line in failure.cause.message.lines() {
                self.line(format!("{pad}{line}"));
            }
            let mut place = format!("at {}", failure.source.at());
            if self.iterations > 1 {
                place.push_str(&format!(", iteration {}", failure.iteration + 1));
            }
            let place = self.paint("90", place);
            self.line(format!("{pad}{place}"));
            let inside = failure.location.get(1..).unwrap_or_default().join(" / ");
            let inside = self.paint("90", format!("inside \"{inside}\""));
            self.line(format!("{pad}{inside}"));
        }
    }
}

impl<W: Write> Observer for CliReporter<W> {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started {
                document,
                iterations,
                ..
            } => {
                self.iterations = *iterations;
                let name = self.paint("1", document.name());
                self.line(format!("postern\n\n{name}"));
            }
            RunEvent::Iteration { number } if self.iterations > 1 => {
                self.folders.clear();
                let text = self.paint(
                    "1;4",
                    format!("Iteration {}/{}", number + 1, self.iterations),
                );
                self.line(format!("\n{text}"));
            }
            RunEvent::Step { location } => self.step(location),
            RunEvent::Exchange { execution, .. } => self.exchange(execution),
            RunEvent::Console(line) => {
                let text = line.text().replace('\n', "\n  │ ");
                let color = match line.level {
                    "warn" => "33",
                    "error" => "31",
                    _ => "0",
                };
                let text = self.paint(color, text);
                self.line(format!("  ┌\n  │ {text}\n  └"));
            }
            RunEvent::Assertion(assertion) => {
                let text = if assertion.error.is_some() {
                    self.failures += 1;
                    self.paint("31;1", format!("  {}. {}", self.failures, assertion.name))
                } else if assertion.skipped {
                    self.paint("36", format!("  - {}", assertion.name))
                } else {
                    format!(
                        "  {} {}",
                        self.paint("32", "✓"),
                        self.paint("90", &assertion.name)
                    )
                };
                self.line(text);
            }
            RunEvent::Failed(failure) => match &failure.source {
                Source::Assertion { .. } => {}
                Source::Script(kind) => {
                    self.failures += 1;
                    let text = format!(
                        "  {}. {} in {}",
                        self.failures,
                        failure.cause.name,
                        kind.as_str()
                    );
                    let text = self.paint("31;1", text);
                    self.line(text);
                }
                Source::Request => self.failures += 1,
            },
            RunEvent::Skipped { .. } => {
                let text = self.paint("36", "  - request skipped");
                self.line(text);
            }
            RunEvent::Finished(summary) => self.totals(summary),
            _ => {}
        }
    }
}

fn millis(millis: u64) -> String {
    duration(Duration::from_millis(millis))
}

fn duration(span: Duration) -> String {
    match span.as_millis() {
        millis @ 0..1000 => format!("{millis}ms"),
        millis @ 1000..60_000 => format!("{}.{}s", millis / 1000, millis % 1000 / 100),
        millis => format!(
            "{}m {}.{}s",
            millis / 60_000,
            millis % 60_000 / 1000,
            millis % 1000 / 100
        ),
    }
}

fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let size = count as f64;
    match count {
        0..1000 => format!("{count}B"),
        1000..1_000_000 => format!("{:.2}kB", size / 1e3),
        1_000_000..1_000_000_000 => format!("{:.2}MB", size / 1e6),
        _ => format!("{:.2}GB", size / 1e9),
    }
}
