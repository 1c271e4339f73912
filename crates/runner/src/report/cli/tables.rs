//! What stands at the end: the totals, and each failure.

use std::io::Write;

use super::CliReporter;
use crate::report::words::{bytes, duration, full_name};
use crate::{Count, Source, Summary};

/// The lines of a table: its corners and crossings, from left to right, and its strokes.
struct Rules {
    top: [&'static str; 3],
    between: [&'static str; 3],
    under: [&'static str; 3],
    bottom: [&'static str; 2],
    across: &'static str,
    down: &'static str,
}

const UNICODE: Rules = Rules {
    top: ["┌", "┬", "┐"],
    between: ["├", "┼", "┤"],
    under: ["├", "┴", "┤"],
    bottom: ["└", "┘"],
    across: "─",
    down: "│",
};

const ASCII: Rules = Rules {
    top: ["+", "+", "+"],
    between: ["+", "+", "+"],
    under: ["+", "+", "+"],
    bottom: ["+", "+"],
    across: "-",
    down: "|",
};

impl<W: Write> CliReporter<W> {
    pub(super) fn totals(&mut self, summary: &Summary) {
        let rules = if self.options.ascii { &ASCII } else { &UNICODE };
        let down = rules.down;
        let rule = |[left, middle, right]: [&str; 3]| {
            let [wide, narrow] = [25, 18].map(|width| rules.across.repeat(width));
            format!("{left}{wide}{middle}{narrow}{middle}{narrow}{right}")
        };
        self.line(format!("\n{}", rule(rules.top)));
        let (executed, failed) = ("executed", "failed");
        self.line(format!(
            "{down} {:>23} {down} {executed:>16} {down} {failed:>16} {down}",
            ""
        ));
        let rows: [(&str, Count); 5] = [
            ("iterations", summary.iterations),
            ("requests", summary.requests),
            ("test-scripts", summary.test_scripts),
            ("prerequest-scripts", summary.prerequest_scripts),
            ("assertions", summary.assertions),
        ];
        for (name, count) in rows {
            self.line(rule(rules.between));
            let mut failed = format!("{:>16}", count.failed);
            if count.failed > 0 {
                failed = self.paint("31", failed);
            }
            self.line(format!(
                "{down} {name:>23} {down} {:>16} {down} {failed} {down}",
                count.total
            ));
        }
        self.line(rule(rules.under));
        for text in figures(summary) {
            self.line(format!("{down} {text:<61} {down}"));
        }
        let [left, right] = rules.bottom;
        self.line(format!("{left}{}{right}", rules.across.repeat(63)));
        if summary.aborted {
            let text = "the run was aborted: it was stopped, or took too long";
            let text = self.paint("31", text);
            self.line(text);
        }
    }

    pub(super) fn list_failures(&mut self, summary: &Summary) {
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
            let inside = format!("inside \"{}\"", full_name(&failure.location));
            let inside = self.paint("90", inside);
            self.line(format!("{pad}{inside}"));
        }
    }
}

fn figures(summary: &Summary) -> Vec<String> {
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
    said
}
