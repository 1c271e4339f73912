#![doc = include_str!("../README.md")]

mod context;
mod delivery;
mod digest;
mod driver;
mod ear;
mod lease;
mod monitor;
mod mouth;
mod purge;
mod replay;
mod source;
mod status;
mod transform;
mod walls;
mod wiring;

pub use context::{DueBy, Retention, RunIn, WorkerConfig, WorkerParts};
pub use ear::talk;
pub use monitor::{ChildConfig, ChildError, ChildLimits, run_child};
pub use status::TaskStatus;
pub use transform::{Transformer, run_transform_child};
pub use wiring::Worker;
