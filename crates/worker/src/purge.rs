//! Retention: what is old goes, in small batches, so that nobody waits for it.

mod batches;
mod task;

pub(crate) use task::PurgeTask;
