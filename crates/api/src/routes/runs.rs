//! Runs of monitors.

pub(crate) mod get;
