//! Tags of collections and workspaces.

pub(crate) mod entities;
pub(crate) mod of_collection;
pub(crate) mod of_workspace;
