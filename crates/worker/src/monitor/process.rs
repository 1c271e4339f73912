//! Runs in processes of their own: the same program, started anew for each run, killed at the run's deadline.
//!
//! A script inside one of the engine's uninterruptible calls can't be stopped, but a process can be killed; and a
//! process can be walled in. So a run's child holds what strangers write (the collection, its scripts, what servers
//! answer) and nothing else: no database, no keys, no files, no sockets but the line to its parent and connections
//! that the parent has opened for it.
//!
//! ```text
//! nursery ──makes──▶ ward ══ the line ══ child          (this process │ the other one)
//!    │ a few stand      │ order, document ──▶ go: postern_runner behind walls
//!    │ ready            │ ◀── dial: where to         asker
//!    ▼                  │ looked up, vetted, connected, and the socket handed over
//!  one for each run     │ ◀── what is kept, and the end
//! ```
//!
//! Start reading at `message.rs`, then `ward.rs` for this side and `child.rs` for the other.

mod asker;
mod child;
mod ending;
mod frames;
mod line;
mod message;
mod nursery;
mod ward;

use std::time::Duration;

use postern_egress::Egress;
use postern_model::RunStatus;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

pub use child::{ChildError, ChildLimits, run_child};
pub use nursery::ChildConfig;
pub(crate) use nursery::{Nursery, bear};

use super::play::{Inputs, Played};
use super::record::Record;
use ward::Lost;

/// How long after its deadline a run may still tell how it ended, before its process is killed.
const PATIENCE: Duration = Duration::from_millis(500);

/// Plays the collection in a child until its end, the deadline or the stop.
pub(crate) async fn play(
    nursery: &Nursery,
    inputs: &Inputs,
    egress: &Egress,
    deadline: Instant,
    stop: &CancellationToken,
) -> Played {
    let mut record = Record::default();
    let conversation = async {
        let mut ward = nursery.take().await?;
        let roots = nursery.roots(egress).await;
        let order = inputs.order(deadline.saturating_duration_since(Instant::now()));
        ward.order(order, &inputs.document, &roots).await?;
        ward.listen(egress, &mut record).await
        // However this ends, the ward is dropped here, and with it goes its process.
    };
    let ended = tokio::select! {
        biased;
        () = stop.cancelled() => return record.cut_off(RunStatus::Abort, "the run was stopped"),
        ended = timeout_at(deadline + PATIENCE, conversation) => ended,
    };
    match ended {
        Ok(Ok(ended)) => record.ended(ended),
        Ok(Err(lost)) => {
            if let Lost::Broken(_) = lost {
                tracing::error!(error = %lost, "a run's process did what it should not: it was killed");
            }
            record.cut_off(RunStatus::Error, lost.to_string())
        }
        Err(_) => {
            tracing::warn!(
                "a script could not be interrupted: its process was killed at the run's deadline"
            );
            record.cut_off(
                RunStatus::Abort,
                "the run took too long, and a script could not be interrupted: its process was killed",
            )
        }
    }
}
