//! The server itself.

pub(crate) mod get;
