//! The global variables of a workspace.

pub(crate) mod get;
pub(crate) mod replace;
