//! The catalogue of integrations.

pub(crate) mod get;
pub(crate) mod list;
