//! Monitors: collections that run on a schedule or because somebody asked.
//!
//! ```text
//! task: monitors that are due ─▶ a queued run (missed times are one run, not many)
//!       runs that are queued  ─▶ run: its inputs ─▶ play: a process of its own, go (postern_runner), record
//!                                  └─▶ finish: the journal writes the end under the run's epoch, or nothing
//! ```
//!
//! Correctness rests on two rows: a run is `running` under one epoch and finished only under that epoch, and storage
//! starts no second run of a monitor while one is running.

mod finish;
mod go;
mod play;
mod process;
mod put_back;
mod record;
mod run;
mod task;
mod thread;

pub(crate) use process::bear;
pub use process::{ChildConfig, ChildError, ChildLimits, run_child};
pub(crate) use put_back::Looked;
pub(crate) use run::Runs;
pub(crate) use task::MonitorTask;
