//! What the server is set to.

pub(crate) mod list;
