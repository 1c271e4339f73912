//! Incoming webhooks: addresses that start a monitor's run.

pub(crate) mod call;
pub(crate) mod create;
