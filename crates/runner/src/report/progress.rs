//! How far a long run is, in one line of the terminal that is written over.

use std::io::Write;
use std::time::Duration;

use tokio::time::Instant;

use super::words::duration;
use crate::{Observer, RunEvent};

/// How often the line is written.
const EVERY: Duration = Duration::from_millis(100);

/// How wide the bar is.
const WIDTH: usize = 24;

/// Writes a line that tells how far the run is.
pub struct ProgressReporter<W> {
    out: W,
    begun: Instant,
    shown: Option<Instant>,
    steps: u64,
    done: u64,
    failures: u64,
}

impl<W: Write> ProgressReporter<W> {
    /// Writes to `out`, a terminal.
    pub fn new(out: W) -> Self {
        Self {
            out,
            begun: Instant::now(),
            shown: None,
            steps: 0,
            done: 0,
            failures: 0,
        }
    }

    fn show(&mut self) {
        self.shown = Some(Instant::now());
        let line = self.line();
        let _ = write!(self.out, "\r\x1b[2K{line}").and_then(|()| self.out.flush());
    }

    fn line(&self) -> String {
        let done = self.done.min(self.steps);
        let part = |of: u64| usize::try_from(done * of / self.steps.max(1)).unwrap_or(0);
        let filled = part(WIDTH as u64);
        let failed = match self.failures {
            0 => String::new(),
            count => format!(", {count} failed"),
        };
        format!(
            "{}{} {:>3} %  {done}/{} requests{failed}, {}",
            "━".repeat(filled),
            "┄".repeat(WIDTH - filled),
            part(100),
            self.steps,
            duration(self.begun.elapsed())
        )
    }
}

impl<W: Write> Observer for ProgressReporter<W> {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started {
                iterations, steps, ..
            } => {
                self.begun = Instant::now();
                self.steps = u64::from(*iterations) * *steps as u64;
                self.show();
            }
            RunEvent::Failed(_) => self.failures += 1,
            RunEvent::Skipped { .. } | RunEvent::StepEnded { .. } => {
                self.done += 1;
                if self.shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
                    self.show();
                }
            }
            RunEvent::Finished(_) => {
                self.show();
                let _ = writeln!(self.out).and_then(|()| self.out.flush());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_far_the_run_is() {
        let mut reporter = ProgressReporter::new(Vec::new());
        (reporter.steps, reporter.done, reporter.failures) = (400, 100, 2);
        let line = reporter.line();
        assert!(
            line.starts_with("━━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  25 %  100/400 requests, 2 failed, "),
            "{line}"
        );
        reporter.done = 500;
        assert!(
            reporter.line().contains("100 %"),
            "setNextRequest can make more steps than foreseen"
        );
    }
}
