//! Collections, in Postman's shapes, and their versions.

pub(crate) mod change;
pub(crate) mod changelog;
pub(crate) mod changes;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod duplicate;
pub(crate) mod duplicate_task;
pub(crate) mod get;
pub(crate) mod items;
pub(crate) mod list;
pub(crate) mod replace;
pub(crate) mod restore;
pub(crate) mod roles;
pub(crate) mod transformations;
pub(crate) mod update_task;
pub(crate) mod version;
pub(crate) mod versions;
