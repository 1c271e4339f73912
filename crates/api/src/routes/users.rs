//! The people of the team.

pub(crate) mod get;
pub(crate) mod list;
