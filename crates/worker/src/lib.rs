#![doc = include_str!("../README.md")]

mod context;
mod delivery;
mod driver;
mod ear;
mod lease;
mod monitor;
mod purge;
mod status;
mod wiring;

pub use context::{Retention, WorkerConfig, WorkerParts};
pub use status::TaskStatus;
pub use wiring::Worker;
