//! What has come to an inbox.

pub(crate) mod body;
pub(crate) mod delete;
pub(crate) mod empty;
pub(crate) mod get;
pub(crate) mod list;
