//! What describes the API.

pub(crate) mod openapi;
