//! What is counted, told in Prometheus' text format.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use postern_api::Metrics;
use tokio_util::sync::CancellationToken;

/// How often what was counted is summed up, so that it takes little memory when nobody reads it.
const UPKEEP: Duration = Duration::from_secs(30);

/// The bounds of histograms of seconds.
const SECONDS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0,
];
/// The bounds of histograms of how many.
const SIZES: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// The counters of this process.
#[derive(Clone)]
pub(crate) struct Counters(PrometheusHandle);

impl std::fmt::Debug for Counters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Counters")
    }
}

impl Counters {
    /// Begins to count. There is one such for each process.
    pub(crate) fn begin() -> anyhow::Result<Self> {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
            .and_then(|builder| {
                builder.set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), SIZES)
            })
            .and_then(PrometheusBuilder::install_recorder)
            .context("begin to count")?;
        describe();
        Ok(Self(handle))
    }

    /// What the API tells.
    pub(crate) fn told(&self) -> Metrics {
        let handle = self.0.clone();
        Arc::new(move || handle.render())
    }

    /// Keeps it small, until it is stopped.
    pub(crate) async fn upkeep(self, stop: CancellationToken) {
        let keeping = async {
            loop {
                tokio::time::sleep(UPKEEP).await;
                self.0.run_upkeep();
            }
        };
        stop.run_until_cancelled(keeping).await;
    }
}

/// What each name means; `docs/guide/metrics.md` says more.
fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("webhook_messages_total", "Events accepted, by their kind");
    describe_counter!("webhook_attempts_total", "Attempts ended, by their outcome");
    describe_histogram!(
        "webhook_attempt_seconds",
        "How long attempts took, by phase"
    );
    describe_histogram!(
        "webhook_first_attempt_delay_seconds",
        "From accepting an event to its first attempt"
    );
    describe_gauge!(
        "webhook_oldest_due_seconds",
        "For how long the oldest delivery that is due has been due"
    );
    describe_gauge!(
        "webhook_deliveries",
        "Deliveries that are not over, by their state"
    );
    describe_gauge!(
        "webhook_endpoints",
        "Integrations that are being sent to, by their breaker"
    );
    describe_gauge!(
        "webhook_inflight",
        "Requests under way, and outcomes being written"
    );
    describe_histogram!(
        "webhook_commit_batch_size",
        "How many were committed together, by what"
    );
    describe_histogram!("webhook_commit_seconds", "How long that took, by what");
    describe_counter!(
        "webhook_shard_epoch_changes_total",
        "Shards that this node has taken over"
    );
    describe_counter!(
        "webhook_duplicates_possible_total",
        "Attempts whose outcome could not be written, so that they are made again"
    );
    describe_counter!(
        "webhook_connections_total",
        "Attempts answered, by whether the connection was reused"
    );
    describe_counter!(
        "webhook_ssrf_blocked_total",
        "Attempts refused because of the receiver's address"
    );
    describe_gauge!("webhook_db_bytes", "The size of the database");
    describe_gauge!(
        "webhook_retention_lag_seconds",
        "For how long the oldest delivery that has ended should have been gone"
    );
    describe_counter!(
        "monitor_runs_total",
        "Runs of monitors ended, by their status"
    );
    describe_histogram!("monitor_run_seconds", "How long runs took");
}
