//! One go of a collection, on a thread of its own.
//!
//! Scripts are not `Send` and may keep a core busy for seconds; so each run has a thread and a small runtime to itself,
//! and a busy script holds up nothing but its own run.

use std::sync::Arc;
use std::time::Duration;

use postern_collection::{Document, EnvironmentDocument};
use postern_egress::Egress;
use postern_model::{Clock, Failure, MonitorOptions, RunDetail, RunStats, RunStatus};
use postern_runner::{Options, Plan, Summary};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::record::Record;

/// The most bytes of one answer's body.
const MAX_RESPONSE: usize = 10 * 1024 * 1024;
/// The most memory that scripts may use.
const SCRIPT_MEMORY: usize = 64 * 1024 * 1024;
/// The thread's stack: what the script engine may use of it, and room for all else.
const STACK: usize = 8 * 1024 * 1024;
/// How long after its deadline a run is waited for, before its thread is left to itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a run needs.
#[derive(Clone)]
pub(crate) struct Inputs {
    /// The collection's document.
    pub(crate) document: Vec<u8>,
    /// The environment's document.
    pub(crate) environment: Option<Value>,
    /// How requests are made.
    pub(crate) options: MonitorOptions,
    /// Wall time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Where random values begin.
    pub(crate) seed: u64,
}

/// What a go came to.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub(crate) status: RunStatus,
    pub(crate) stats: RunStats,
    pub(crate) detail: RunDetail,
}

impl Played {
    /// A run that could not go as it should have.
    pub(crate) fn broken(status: RunStatus, message: impl Into<String>) -> Self {
        Self {
            status,
            stats: RunStats {
                errors: 1,
                ..RunStats::default()
            },
            detail: RunDetail {
                failures: vec![Failure {
                    name: "Error".to_owned(),
                    message: message.into(),
                    ..Failure::default()
                }],
                ..RunDetail::default()
            },
        }
    }
}

/// Plays the collection until its end, the deadline or the stop.
pub(crate) async fn play(
    inputs: Inputs,
    egress: Egress,
    deadline: Instant,
    stop: CancellationToken,
) -> Played {
    let (answer, played) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("postern-run".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody waits any more for a run that was given up.
            drop(answer.send(on_this_thread(&inputs, &egress, deadline, stop)));
        });
    if let Err(error) = thread {
        return Played::broken(
            RunStatus::Error,
            format!("no thread could be made for the run: {error}"),
        );
    }
    match timeout_at(deadline + PATIENCE, played).await {
        Ok(Ok(played)) => played,
        // The thread has panicked; what it said is in the log.
        Ok(Err(_)) => Played::broken(
            RunStatus::Error,
            "the runner failed: the server's log says how",
        ),
        Err(_) => {
            tracing::error!("a script can't be stopped: its thread is left to itself");
            Played::broken(
                RunStatus::Abort,
                "the run took too long, and a script could not be stopped",
            )
        }
    }
}

fn on_this_thread(
    inputs: &Inputs,
    egress: &Egress,
    deadline: Instant,
    stop: CancellationToken,
) -> Played {
    let plan = match plan(inputs, deadline, stop) {
        Ok(plan) => plan,
        Err(message) => return Played::broken(RunStatus::Error, message),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            return Played::broken(
                RunStatus::Error,
                format!("no runtime could be made for the run: {error}"),
            );
        }
    };
    let mut record = Record::new(inputs.options.keep_bodies);
    match runtime.block_on(postern_runner::run(&plan, egress, &mut record)) {
        Ok(summary) => Played {
            status: status_of(&summary),
            stats: stats_of(&summary),
            detail: record.into_detail(&summary),
        },
        Err(error) => Played::broken(RunStatus::Error, format!("failed to {error}")),
    }
}

fn plan(inputs: &Inputs, deadline: Instant, stop: CancellationToken) -> Result<Plan, String> {
    let document = Document::parse(&inputs.document)
        .map_err(|error| format!("the collection can't be read: {error}"))?;
    let environment = inputs
        .environment
        .clone()
        .map(EnvironmentDocument::from_value)
        .transpose()
        .map_err(|error| format!("the environment can't be read: {error}"))?;
    let clock = inputs.clock.clone();
    Ok(Plan {
        document,
        environment,
        globals: None,
        data: Vec::new(),
        options: options(&inputs.options, deadline),
        now: Arc::new(move || clock.now().0),
        seed: inputs.seed,
        stop,
    })
}

fn options(monitor: &MonitorOptions, deadline: Instant) -> Options {
    let left = deadline.saturating_duration_since(Instant::now());
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
