//! Invitations to the team.

pub(crate) mod accept;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod offer;
