//! A run as annotations that GitHub Actions shows beside the code.

use std::io::Write;

use super::words::full_name;
use crate::{Observer, RunEvent, Source};

/// Writes a workflow command for each failure, and a notice with the totals.
pub struct GithubReporter<W> {
    out: W,
    /// The collection's file, as the repository knows it.
    file: Option<String>,
}

impl<W: Write> GithubReporter<W> {
    /// Writes to `out`; failures are shown at `file`.
    pub fn new(out: W, file: Option<String>) -> Self {
        Self { out, file }
    }

    fn command(&mut self, name: &str, title: &str, message: &str) {
        let file = match &self.file {
            Some(file) => format!("file={},", property(file)),
            None => String::new(),
        };
        // A reader that went away doesn't end the run.
        let _ = writeln!(
            self.out,
            "::{name} {file}title={}::{}",
            property(title),
            data(message)
        );
    }
}

impl<W: Write> Observer for GithubReporter<W> {
    fn on(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Failed(failure) => {
                let place = full_name(&failure.location);
                let title = match &failure.source {
                    Source::Assertion { name, .. } => format!("{place}: {name}"),
                    Source::Script(kind) => format!("{place}: {}", kind.as_str()),
                    Source::Request => place,
                };
                let cause = &failure.cause;
                let iteration = failure.iteration + 1;
                let message = format!("{}: {} (iteration {iteration})", cause.name, cause.message);
                self.command("error", &title, &message);
            }
            RunEvent::Finished(summary) => {
                let message = format!(
                    "{} of {} tests failed, {} of {} requests failed",
                    summary.assertions.failed,
                    summary.assertions.total,
                    summary.requests.failed,
                    summary.requests.total
                );
                let title = summary.name.clone();
                self.command("notice", &title, &message);
                let _ = self.out.flush();
            }
            _ => {}
        }
    }
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text within a command's properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_within_its_command() {
        let mut out = Vec::new();
        GithubReporter::new(&mut out, Some("a,b.json".to_owned())).command(
            "error",
            "x: y",
            "100%\nof it",
        );
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::error file=a%2Cb.json,title=x%3A y::100%25%0Aof it\n"
        );
    }
}
