//! Forks of environments: made, listed, brought up to date, merged.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod merge;
pub(crate) mod pull;
