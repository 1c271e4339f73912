//! One go of a collection, on a thread of this process.
//!
//! Scripts are not `Send` and may keep a core busy for seconds; so each run has a thread and a small runtime to itself.
//! What a thread can't be is killed: a script inside one of the engine's uninterruptible calls outlives its deadline.

use std::time::Duration;

use postern_egress::Egress;
use postern_model::RunStatus;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::go::{STACK, go};
use super::play::{Inputs, Played};
use super::record::Record;

/// How long after its deadline a run is waited for, before its thread is left to itself.
const PATIENCE: Duration = Duration::from_secs(5);

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
    let mut record = Record::default();
    let order = inputs.order(deadline.saturating_duration_since(Instant::now()));
    let mut tell = |kept| record.keep(kept);
    let ended = runtime.block_on(go(
        &inputs.document,
        order,
        egress,
        inputs.clock.clone(),
        stop,
        &mut tell,
    ));
    record.ended(ended)
}
