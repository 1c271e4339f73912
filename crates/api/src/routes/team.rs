//! The caller's team.

pub(crate) mod change;
pub(crate) mod get;
