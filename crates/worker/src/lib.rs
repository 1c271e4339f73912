#![doc = include_str!("../README.md")]

mod bell;
mod context;
mod delivery;
mod driver;
mod lease;
mod purge;
mod status;
mod wiring;

pub use bell::Bell;
pub use context::{Bells, Retention, WorkerConfig, WorkerParts};
pub use status::TaskStatus;
pub use wiring::Worker;
