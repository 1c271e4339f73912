//! One go of a collection, on the present thread: the same wherever that thread is.

use std::sync::Arc;
use std::time::Duration;

use postern_collection::{Document, EnvironmentDocument};
use postern_egress::Egress;
use postern_model::{Clock, Failure, MonitorOptions, RunStats, RunStatus};
use postern_runner::{Options, Plan, Summary};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::record::{Kept, Sieve};

/// The most bytes of one answer's body.
const MAX_RESPONSE: usize = 10 * 1024 * 1024;
/// The most memory that scripts may use.
const SCRIPT_MEMORY: usize = 64 * 1024 * 1024;
/// The stack of a thread that a run is on: what the script engine may use of it, and room for all else.
pub(crate) const STACK: usize = 8 * 1024 * 1024;

/// What a go needs but the document, which is told apart from it because it is large.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The environment's document.
    pub(crate) environment: Option<Value>,
    /// The global variables, as an environment's document.
    pub(crate) globals: Option<Value>,
    /// How requests are made.
    pub(crate) options: MonitorOptions,
    /// Where random values begin.
    pub(crate) seed: u64,
    /// How long the go may take.
    pub(crate) left: Duration,
}

/// What a go came to, beside what was told while it went on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ended {
    pub(crate) status: RunStatus,
    pub(crate) stats: RunStats,
}

/// Plays the collection until its end or the stop, and tells what is to be kept as it happens.
pub(crate) async fn go(
    document: &[u8],
    order: Order,
    egress: &Egress,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    tell: &mut dyn FnMut(Kept),
) -> Ended {
    let keep_bodies = order.options.keep_bodies;
    let plan = match plan(document, order, clock, stop) {
        Ok(plan) => plan,
        Err(message) => return broken(message, tell),
    };
    let mut sieve = Sieve::new(keep_bodies, tell);
    let result = postern_runner::run(&plan, egress, &mut sieve).await;
    match result {
        Ok(summary) => Ended {
            status: status_of(&summary),
            stats: stats_of(&summary),
        },
        Err(error) => broken(format!("failed to {error}"), tell),
    }
}

/// A go that could not even begin.
fn broken(message: String, tell: &mut dyn FnMut(Kept)) -> Ended {
    tell(Kept::Failure(Failure {
        name: "Error".to_owned(),
        message,
        ..Failure::default()
    }));
    Ended {
        status: RunStatus::Error,
        stats: RunStats {
            errors: 1,
            ..RunStats::default()
        },
    }
}

fn plan(
    document: &[u8],
    order: Order,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) -> Result<Plan, String> {
    let document = Document::parse(document)
        .map_err(|error| format!("the collection can't be read: {error}"))?;
    let environment = order
        .environment
        .map(EnvironmentDocument::from_value)
        .transpose()
        .map_err(|error| format!("the environment can't be read: {error}"))?;
    let globals = order
        .globals
        .map(EnvironmentDocument::from_value)
        .transpose()
        .map_err(|error| format!("the global variables can't be read: {error}"))?;
    Ok(Plan {
        document,
        environment,
        globals,
        data: Vec::new(),
        options: options(&order.options, order.left),
        now: Arc::new(move || clock.now().0),
        seed: order.seed,
        stop,
    })
}

fn options(monitor: &MonitorOptions, left: Duration) -> Options {
    Options {
        request_timeout: monitor.request_timeout.map(Duration::from_millis),
        script_timeout: left,
        timeout: Some(left),
        delay: Duration::from_millis(monitor.request_delay),
        insecure: !monitor.strict_ssl,
        follow_redirects: monitor.follow_redirects,
        max_response: MAX_RESPONSE,
        script_memory: SCRIPT_MEMORY,
        ..Options::default()
    }
}

fn status_of(summary: &Summary) -> RunStatus {
    if summary.aborted {
        RunStatus::Abort
    } else if summary.errors() > 0 {
        RunStatus::Error
    } else if summary.failed() {
        RunStatus::Failure
    } else {
        RunStatus::Success
    }
}

fn stats_of(summary: &Summary) -> RunStats {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sum of times, and `as` keeps what is too large at the greatest number"
    )]
    let response_latency_ms = summary.times.sum.round() as u64;
    RunStats {
        assertions_total: summary.assertions.total,
        assertions_failed: summary.assertions.failed,
        requests_total: summary.requests.total,
        requests_failed: summary.requests.failed,
        errors: summary.errors(),
        warnings: summary.warnings,
        run_count: 1,
        response_latency_ms,
        response_bytes: summary.received,
    }
}
