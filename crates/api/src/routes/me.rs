//! The caller: who it is, and its own keys, password and sessions.

pub(crate) mod api_keys;
pub(crate) mod change;
pub(crate) mod get;
pub(crate) mod password;
pub(crate) mod sessions;
