//! How integrations fare: bars, and what stands behind them.

use std::collections::BTreeMap;

use postern_model::{Integration, Outcome, Timestamp};
use postern_storage::{Fares, LastAttempt, Span};
use serde::Serialize;
use utoipa::ToSchema;

/// `{"health": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthList {
    pub(crate) health: Vec<HealthView>,
}

/// `{"health": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthAnswer {
    pub(crate) health: HealthDetail,
}

/// How an integration fares.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IntegrationHealth)]
pub(crate) struct HealthView {
    integration_id: String,
    /// 24, the oldest first; the last one is the present one.
    buckets: Vec<BucketView>,
    /// Within these buckets.
    delivered: u64,
    /// Within these buckets: exhausted or expired.
    failed: u64,
    /// Due at some time, also from before.
    pending: u64,
    /// Waiting for somebody, also from before.
    held: u64,
    /// When the last of them was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_delivery_at: Option<String>,
    /// The HTTP status that the newest attempt was answered with, where there was an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_status: Option<u16>,
    /// How the newest attempt ended: `succeeded`, `timeout`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    last_outcome: Option<&'static str>,
    /// There are more deliveries than were looked at: the oldest are not counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
}

/// What became of the deliveries that were accepted within a part of the time.
#[derive(Serialize, ToSchema)]
#[schema(as = HealthBucket)]
pub(crate) struct BucketView {
    start: String,
    delivered: u64,
    failed: u64,
    /// They wait still, and have failed at least once.
    retrying: u64,
}

/// How one integration fares, in more detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IntegrationHealthDetail)]
pub(crate) struct HealthDetail {
    #[serde(flatten)]
    health: HealthView,
    /// Delivered among delivered and failed, 0 to 1; not there while there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    success_rate: Option<f64>,
    /// How long attempts took; not there while there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    latency: Option<LatencyView>,
    /// How attempts ended, the most frequent first.
    outcomes: Vec<OutcomeCount>,
    breaker: BreakerView,
}

/// How long attempts took, in milliseconds.
#[derive(Serialize, ToSchema)]
#[schema(as = AttemptLatency)]
pub(crate) struct LatencyView {
    p50: u64,
    p95: u64,
    max: u64,
}

/// How many attempts ended so.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutcomeCount {
    outcome: &'static str,
    count: u64,
}

/// What the database knows of whether the receiver is spared.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BreakerView {
    /// Nothing is sent before `nextProbeAt`.
    open: bool,
    /// Since when nothing has succeeded, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// Attempts that have failed since.
    failed_attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_probe_at: Option<String>,
}

impl HealthView {
    /// What was counted.
    pub(crate) fn of(
        integration: &Integration,
        span: &Span,
        fares: &Fares,
        last: Option<LastAttempt>,
    ) -> Self {
        let mut start = span.since;
        let buckets = fares.buckets.iter().map(|bucket| {
            let view = BucketView {
                start: start.to_rfc3339(),
                delivered: bucket.delivered,
                failed: bucket.failed,
                retrying: bucket.retrying,
            };
            start = start + span.bucket;
            view
        });
        Self {
            integration_id: integration.id.to_string(),
            buckets: buckets.collect(),
            delivered: fares.buckets.iter().map(|it| it.delivered).sum(),
            failed: fares.buckets.iter().map(|it| it.failed).sum(),
            pending: fares.pending,
            held: fares.held,
            last_delivery_at: fares.last_delivery_at.map(Timestamp::to_rfc3339),
            last_status: last.and_then(|last| last.status),
            last_outcome: last.map(|last| last.outcome.code()),
            partial: fares.partial,
        }
    }
}

impl HealthDetail {
    /// What was counted, with the attempts' times and outcomes, and until when the receiver is spared.
    pub(crate) fn of(
        health: HealthView,
        attempts: &[(u64, Outcome)],
        integration: &Integration,
        waits: Option<Timestamp>,
    ) -> Self {
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        for (_, outcome) in attempts {
            *counts.entry(outcome.code()).or_default() += 1;
        }
        let counts = counts.into_iter();
        let mut outcomes: Vec<_> = counts
            .map(|(outcome, count)| OutcomeCount { outcome, count })
            .collect();
        outcomes.sort_by_key(|it| std::cmp::Reverse(it.count));
        let mut times: Vec<u64> = attempts.iter().map(|(time, _)| *time).collect();
        times.sort_unstable();
        Self {
            success_rate: rate(health.delivered, health.failed),
            latency: times.last().map(|max| LatencyView {
                p50: percentile(&times, 50),
                p95: percentile(&times, 95),
                max: *max,
            }),
            outcomes,
            breaker: BreakerView {
                open: waits.is_some(),
                since: integration.failing_since.map(Timestamp::to_rfc3339),
                failed_attempts: integration.failed_attempts,
                next_probe_at: waits.map(Timestamp::to_rfc3339),
            },
            health,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a share of a few thousand, for people"
)]
fn rate(delivered: u64, failed: u64) -> Option<f64> {
    let all = delivered + failed;
    (all > 0).then(|| delivered as f64 / all as f64)
}

/// The least of these that so many of a hundred are no greater than; they are in order.
pub(crate) fn percentile(sorted: &[u64], of_hundred: usize) -> u64 {
    let at = (sorted.len() * of_hundred).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let hundred: Vec<u64> = (1..=100).collect();
        assert_eq!(percentile(&hundred, 50), 50);
        assert_eq!(percentile(&hundred, 95), 95);
        assert_eq!(percentile(&[7], 50), 7);
        assert_eq!(percentile(&[1, 9], 95), 9);
        assert_eq!(percentile(&[], 95), 0);
    }
}
