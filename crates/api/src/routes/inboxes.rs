//! Inboxes: receivers of the house's own.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod receive;
pub(crate) mod requests;
