//! Incoming hooks: addresses that GitHub, GitLab and others call, signed, to have a source looked at or a monitor run.

pub(crate) mod call;
pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod rotate_secret;
