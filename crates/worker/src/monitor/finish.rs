//! How a run comes to its end in the database: as its result, or back in the queue.

use std::time::Duration;

use postern_journal::Topic;
use postern_model::{Run, RunDetail};
use postern_storage::ClaimedRun;
use tokio::time::sleep;

use crate::context::Context;
use crate::driver::words;

/// How often a run's end is offered to a database that doesn't take it.
const TRIES: u32 = 12;

/// Writes a run's result, with the events that it owes, if its shard still has the epoch that it was begun under.
pub(crate) async fn finish(context: &Context, run: &Run, epoch: i64, detail: &RunDetail) {
    for tries in 1..=TRIES {
        match context.parts.journal.finish_run(run, epoch, detail).await {
            Ok(true) => {
                metrics::counter!("monitor_runs_total", "status" => run.status.as_str())
                    .increment(1);
                if let (Some(began), Some(ended)) = (run.started_at, run.finished_at) {
                    metrics::histogram!("monitor_run_seconds")
                        .record(ended.since(began).as_secs_f64());
                }
                tracing::info!(
                    status = run.status.as_str(),
                    requests = run.stats.requests_total,
                    tests_failed = run.stats.assertions_failed,
                    "a run has ended"
                );
                return;
            }
            Ok(false) => {
                tracing::warn!("the shard changed hands: the run's result is discarded");
                return;
            }
            Err(error) => {
                tracing::error!(error = %words(&error), tries, "failed to write a run's result");
                sleep(Duration::from_millis(200) * tries).await;
            }
        }
    }
    // It is still marked as running: whoever holds the shard next finds it left behind.
}

/// Queues a run again, for whoever holds its shard next.
pub(crate) async fn put_back(context: &Context, claimed: &ClaimedRun) {
    let run = &claimed.run;
    let put = async {
        let mut tx = context.parts.store.begin().await?;
        tx.runs().requeue(run.team, run.id, claimed.epoch).await?;
        tx.commit().await
    };
    let put = put.await;
    context.parts.bells.told.ring(run.team, Topic::Runs);
    if let Err(error) = put {
        tracing::error!(error = %words(&error), "failed to queue a run again: its shard's next owner does");
    }
}
