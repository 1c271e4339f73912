//! A run as people read it in a terminal.

mod tables;
mod verbose;

use std::io::Write;

use super::words::{bytes, iso, millis};
use crate::{Assertion, ConsoleLine, Execution, Observer, RunEvent, Source};

/// What is shown, and how.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of newman's reporter"
)]
#[derive(Debug, Clone, Default)]
pub struct CliOptions {
    /// With colours.
    pub color: bool,
    /// Bodies, headers and phases of each exchange too.
    pub verbose: bool,
    /// Plain letters instead of symbols.
    pub ascii: bool,
    /// Nothing but failures and totals.
    pub quiet: bool,
    /// No name of the program.
    pub no_banner: bool,
    /// No table of totals.
    pub no_summary: bool,
    /// No list of failures.
    pub no_failures: bool,
    /// No tests.
    pub no_assertions: bool,
    /// No tests that passed.
    pub no_success_assertions: bool,
    /// Nothing of what scripts log.
    pub no_console: bool,
    /// Before each request and test the time, in milliseconds since 1970 by this clock.
    pub timestamps: Option<fn() -> i64>,
}

/// Writes a run for people, as it happens, and its totals at the end.
pub struct CliReporter<W> {
    out: W,
    options: CliOptions,
    symbols: &'static Symbols,
    folders: Vec<String>,
    failures: usize,
    iterations: u32,
    /// What the iteration under way is called, until something is shown of it.
    iteration: Option<String>,
    /// What the step under way is called, until something is shown of it.
    heads: Vec<String>,
}

/// What stands for what.
struct Symbols {
    folder: &'static str,
    root: &'static str,
    sub: &'static str,
    ok: &'static str,
    up: &'static str,
    down: &'static str,
    dot: &'static str,
    box_: [&'static str; 3],
}

const UNICODE: Symbols = Symbols {
    folder: "❏",
    root: "→",
    sub: "↳",
    ok: "✓",
    up: "↑",
    down: "↓",
    dot: "·",
    box_: ["┌", "│", "└"],
};

const ASCII: Symbols = Symbols {
    folder: "Folder",
    root: "->",
    sub: "->",
    ok: "ok",
    up: "up",
    down: "down",
    dot: "*",
    box_: ["+", "|", "+"],
};

impl<W: Write> CliReporter<W> {
    /// Writes to `out`.
    pub fn new(out: W, options: CliOptions) -> Self {
        Self {
            out,
            symbols: if options.ascii { &ASCII } else { &UNICODE },
            options,
            folders: Vec::new(),
            failures: 0,
            iterations: 1,
            iteration: None,
            heads: Vec::new(),
        }
    }

    fn paint(&self, code: &str, text: impl std::fmt::Display) -> String {
        if self.options.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_string()
        }
    }

    /// A reader that went away doesn't end the run.
    fn line(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{text}");
    }

    /// A line that is shown even when only failures are; what it belongs to is told first.
    fn loud(&mut self, text: impl std::fmt::Display) {
        self.line_of_iteration();
        for head in std::mem::take(&mut self.heads) {
            self.line(head);
        }
        self.line(text);
    }

    fn line_of_iteration(&mut self) {
        if let Some(line) = self.iteration.take() {
            self.line(line);
        }
    }

    /// A line that isn't.
    fn soft(&mut self, text: impl std::fmt::Display) {
        if !self.options.quiet {
            self.line(text);
        }
    }

    fn head(&mut self, text: String) {
        if self.options.quiet {
            self.heads.push(text);
        } else {
            self.line(text);
        }
    }

    fn step(&mut self, location: &[String]) {
        // Of what went well, nothing is left when only failures are shown.
        self.heads.clear();
        let (name, folders) = match location {
            [_, folders @ .., name] => (name.as_str(), folders),
            _ => ("", [].as_slice()),
        };
        let mut head = String::new();
        if !folders.is_empty() && (folders != self.folders || self.options.quiet) {
            let path = format!("{} {}", self.symbols.folder, folders.join(" / "));
            head = format!("\n{}", self.paint("1", path));
        }
        self.folders = folders.to_vec();
        let arrow = if folders.is_empty() {
            self.symbols.root
        } else {
            self.symbols.sub
        };
        let arrow = self.paint("36", arrow);
        self.head(format!("{head}\n{arrow} {name}"));
    }

    fn time(&self) -> String {
        self.options.timestamps.map_or_else(String::new, |now| {
            self.paint("90", format!("[{}] ", iso(now())))
        })
    }

    fn exchange(&mut self, execution: &Execution) {
        let time = self.time();
        let Some(request) = &execution.request else {
            let error = execution.error.as_deref().unwrap_or_default();
            let text = self.paint("31", format!("[errored] {error}"));
            return self.loud(format!("  {time}{text}"));
        };
        let target = format!("{} {}", request.method, request.url);
        let target = self.paint("90", target);
        match (&execution.response, &execution.error) {
            (Some(answer), _) if self.options.verbose => {
                self.line(format!("  {time}{target}"));
                self.verbose(request, answer);
            }
            (Some(answer), _) => {
                let status = format!("{} {}", answer.status, answer.reason);
                let color = if answer.status < 400 { "32" } else { "33" };
                let status = self.paint(color, status.trim());
                let size = bytes(answer.body.len() as u64);
                let figures = self.paint("90", format!("{size}, {}", millis(answer.time_ms)));
                self.soft(format!("  {time}{target} [{status}, {figures}]"));
            }
            (None, error) => {
                let error = error.as_deref().unwrap_or("no answer");
                let text = self.paint("31", format!("[errored]\n     {error}"));
                self.loud(format!("  {time}{target} {text}"));
            }
        }
    }

    fn assertion(&mut self, assertion: &Assertion) {
        let time = self.time();
        if assertion.error.is_some() {
            self.failures += 1;
            let text = format!("{:>3}. {}", self.failures, assertion.name);
            let text = self.paint("31;1", text);
            if !self.options.no_assertions {
                self.loud(format!("{time}{text}"));
            }
        } else if self.options.no_assertions || self.options.no_success_assertions {
        } else if assertion.skipped {
            let text = self.paint("36", format!("  - {}", assertion.name));
            self.soft(format!("{time}{text}"));
        } else {
            let ok = self.paint("32", self.symbols.ok);
            let name = self.paint("90", &assertion.name);
            self.soft(format!("{time}  {ok} {name}"));
        }
    }

    fn console(&mut self, line: &ConsoleLine) {
        let [top, middle, bottom] = self.symbols.box_;
        let text = line.text().replace('\n', &format!("\n  {middle} "));
        let color = match line.level {
            "warn" => "33",
            "error" => "31",
            _ => "0",
        };
        let text = self.paint(color, text);
        self.soft(format!("  {top}\n  {middle} {text}\n  {bottom}"));
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
                if !self.options.no_banner {
                    self.soft("postern\n");
                }
                let name = self.paint("1", document.name());
                self.soft(name);
            }
            RunEvent::Iteration { number } if self.iterations > 1 => {
                self.folders.clear();
                let text = format!("Iteration {}/{}", number + 1, self.iterations);
                let text = self.paint("4", text);
                self.iteration = Some(format!("\n{text}"));
                if !self.options.quiet {
                    self.line_of_iteration();
                }
            }
            RunEvent::Step { location } => self.step(location),
            RunEvent::Exchange { execution, .. } => self.exchange(execution),
            RunEvent::Console(line) if !self.options.no_console => self.console(line),
            RunEvent::Assertion(assertion) => self.assertion(assertion),
            RunEvent::Failed(failure) => match &failure.source {
                Source::Assertion { .. } => {}
                Source::Script(kind) => {
                    self.failures += 1;
                    let text = format!(
                        "{:>3}{} {} in {}",
                        self.failures,
                        self.symbols.dot,
                        failure.cause.name,
                        kind.as_str()
                    );
                    let text = self.paint("31;1", text);
                    self.loud(text);
                }
                Source::Request => self.failures += 1,
            },
            RunEvent::Skipped { .. } => {
                let text = self.paint("36", "  - request skipped");
                self.soft(text);
            }
            RunEvent::Finished(summary) => {
                if !self.options.no_summary {
                    self.totals(summary);
                }
                if !self.options.no_failures {
                    self.list_failures(summary);
                }
                let _ = self.out.flush();
            }
            _ => {}
        }
    }
}
