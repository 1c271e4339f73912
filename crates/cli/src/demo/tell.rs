//! What the demo shows in the terminal.

use std::io::Write;

use serde_json::Value;

use super::inbox::Arrival;

/// Writes arrivals for a person.
pub(super) struct Teller<W> {
    out: W,
    color: bool,
}

impl<W: Write> Teller<W> {
    pub(super) fn new(out: W, color: bool) -> Self {
        Self { out, color }
    }

    fn paint(&self, code: &str, text: impl std::fmt::Display) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_string()
        }
    }

    /// Says something. A terminal that went away doesn't end the demo.
    pub(super) fn say(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{text}");
        let _ = self.out.flush();
    }

    /// What the demo itself does, so that a person sees what leads to what.
    pub(super) fn does(&mut self, what: &str) {
        let text = self.paint("90", format!("          · {what}"));
        self.say(text);
    }

    /// Something that arrived.
    pub(super) fn arrived(&mut self, arrival: &Arrival) {
        let time = arrival.at.to_utc().format("%H:%M:%S");
        let time = self.paint("90", time);
        let (color, label) = match arrival.kind.as_str() {
            "collection_backup" => ("36", "backup"),
            "collection_activity" => ("35", "collection feed"),
            "team_activity" => ("34", "team feed"),
            "monitor_results" if arrival.integration == "Alerts" => ("33", "alert"),
            "monitor_results" => ("32", "monitor result"),
            _ => ("0", arrival.kind.as_str()),
        };
        let label = self.paint(color, format!("{label:<15}"));
        let seal = if arrival.verified {
            self.paint("32", "✓ verified")
        } else {
            self.paint("31", "✗ NOT VERIFIED")
        };
        let latency = self.paint("90", format!("{} ms", arrival.latency_ms.max(0)));
        let story = story(arrival);
        self.say(format!("{time}  {label}  {story}  {seal}, {latency}"));
    }
}

/// An arrival in one sentence.
fn story(arrival: &Arrival) -> String {
    let body = &arrival.body;
    match arrival.kind.as_str() {
        "collection_backup" => {
            let collection = &body["collection"];
            let name = collection["info"]["name"].as_str().unwrap_or("?");
            format!(
                "{name}, whole: {} requests, {} bytes",
                requests(collection),
                body.to_string().len()
            )
        }
        "collection_activity" | "team_activity" => {
            body["message"].as_str().unwrap_or("?").to_owned()
        }
        "monitor_results" => {
            let metrics = &body["metrics"];
            let name = body["monitor_name"].as_str().unwrap_or("?");
            let count = |field: &str| metrics[field].as_i64().unwrap_or(0);
            let (passed, failed, errors) =
                (count("passedTests"), count("failedTests"), count("errors"));
            let verdict = match (failed, errors) {
                (0, 0) => format!("passed, {passed} tests"),
                (failed, 0) => format!("FAILED, {failed} of {} tests", passed + failed),
                (_, errors) => format!("ERRORS: {errors}"),
            };
            format!(
                "{name}: {verdict}, {} requests in {} ms",
                count("requestCount"),
                count("totalLatency")
            )
        }
        _ => body.to_string(),
    }
}

fn requests(node: &Value) -> usize {
    let items = node["item"].as_array().into_iter().flatten();
    items
        .map(|item| {
            if item.get("item").is_some() {
                requests(item)
            } else {
                1
            }
        })
        .sum()
}
