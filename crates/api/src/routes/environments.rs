//! Environments, in Postman's shapes.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod forks;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod replace;
