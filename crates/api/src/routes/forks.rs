//! Forks of collections: made, listed, brought up to date, merged.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod merge;
pub(crate) mod merge_task;
pub(crate) mod pull;
pub(crate) mod source_status;
