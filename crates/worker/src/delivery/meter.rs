//! What is counted of deliveries: names and labels that stay, each with few values.

use postern_model::Outcome;
use postern_storage::Finished;

use super::commit::{Made, Written};

/// Counts an attempt that has ended; `written`: its outcome, if it is on disk.
pub(crate) fn attempt(made: &Made, written: Option<&Written>) {
    let attempt = &made.attempt;
    metrics::counter!("webhook_attempts_total", "outcome" => attempt.outcome.code()).increment(1);
    let times = &attempt.times;
    let phases = [
        ("dns", times.dns_ms),
        ("connect", times.connect_ms),
        ("tls", times.tls_ms),
        ("first_byte", times.first_byte_ms),
        ("total", Some(times.total_ms)),
    ];
    for (phase, took) in phases {
        if let Some(took) = took {
            metrics::histogram!("webhook_attempt_seconds", "phase" => phase).record(seconds(took));
        }
    }
    if attempt.status.is_some() {
        let reused = if times.connect_ms.is_none() {
            "yes"
        } else {
            "no"
        };
        metrics::counter!("webhook_connections_total", "reused" => reused).increment(1);
    }
    if attempt.number == 1 {
        metrics::histogram!("webhook_first_attempt_delay_seconds").record(made.delay.as_secs_f64());
    }
    if attempt.outcome == Outcome::AddressRefused {
        metrics::counter!("webhook_ssrf_blocked_total").increment(1);
    }
    if written.is_none_or(|written| written.finished == Finished::LeaseLost) {
        metrics::counter!("webhook_duplicates_possible_total").increment(1);
    }
}

/// What is under way: requests, and outcomes that are not written yet.
pub(crate) fn under_way(requests: usize, outcomes: usize) {
    metrics::gauge!("webhook_inflight", "kind" => "requests").set(number(requests));
    metrics::gauge!("webhook_inflight", "kind" => "outcomes").set(number(outcomes));
}

/// How the lanes that are known stand.
pub(crate) fn lanes(known: usize, open: usize) {
    metrics::gauge!("webhook_endpoints", "breaker" => "closed").set(number(known - open));
    metrics::gauge!("webhook_endpoints", "breaker" => "open").set(number(open));
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn number(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}
