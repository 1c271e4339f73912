//! All of an exchange: its sizes, headers, bodies and phases.

use std::io::Write;
use std::time::Duration;

use super::CliReporter;
use crate::report::words::{bytes, millis};
use crate::{Answered, Wire};

/// The most of a body that is shown, in bytes.
const BODY: usize = 2048;

impl<W: Write> CliReporter<W> {
    pub(super) fn verbose(&mut self, request: &Wire, answer: &Answered) {
        let (up, down, dot) = (self.symbols.up, self.symbols.down, self.symbols.dot);
        let status = format!("{} {}", answer.status, answer.reason);
        let head = [
            status.trim().to_owned(),
            format!("{} time", millis(answer.time_ms)),
            format!(
                "{}{up} {}{down} size",
                bytes(request.body.len() as u64),
                bytes(answer.body.len() as u64)
            ),
            format!(
                "{}{up} {}{down} headers",
                request.headers.len(),
                answer.headers.len()
            ),
        ];
        self.line(format!("  {}", head.join(&format!(" {dot} "))));
        self.message(up, &request.headers, &request.body);
        self.message(down, &answer.headers, &answer.body);
        let timings = &answer.timings;
        let before = [
            timings.dns,
            timings.connect,
            timings.tls,
            timings.first_byte,
        ];
        let download = timings
            .total
            .saturating_sub(before.into_iter().flatten().sum());
        let phases = [
            ("dns-lookup", timings.dns),
            ("tcp-handshake", timings.connect),
            ("ssl-handshake", timings.tls),
            ("transfer-start", timings.first_byte),
            ("download", Some(download)),
        ];
        let text = phases.map(|(name, span)| format!("{name} {}", phase(span)));
        let text = self.paint("90", text.join(", "));
        self.line(format!("  {text}"));
    }

    fn message(&mut self, direction: &str, headers: &[(String, String)], body: &[u8]) {
        let [top, middle, bottom] = self.symbols.box_;
        self.line(format!("  {top} {direction}"));
        for (name, value) in headers {
            let text = self.paint("90", format!("{name}: {value}"));
            self.line(format!("  {middle} {text}"));
        }
        if !body.is_empty() {
            self.line(format!("  {middle}"));
            let shown = String::from_utf8_lossy(&body[..body.len().min(BODY)]);
            for line in shown.lines() {
                self.line(format!("  {middle} {line}"));
            }
            if body.len() > BODY {
                let of = bytes(body.len() as u64);
                let text = format!("(showing {} of {of})", bytes(BODY as u64));
                let text = self.paint("90", text);
                self.line(format!("  {middle} {text}"));
            }
        }
        self.line(format!("  {bottom}"));
    }
}

/// A phase that a kept connection doesn't have is `(cache)`, as newman says.
fn phase(span: Option<Duration>) -> String {
    span.map_or_else(
        || "(cache)".to_owned(),
        |span| format!("{:.1}ms", span.as_secs_f64() * 1000.0),
    )
}
