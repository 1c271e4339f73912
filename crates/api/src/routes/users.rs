//! The people of the team.

pub(crate) mod change;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod remove;
