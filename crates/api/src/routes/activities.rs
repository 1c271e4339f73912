//! The feed of a team.

pub(crate) mod list;
