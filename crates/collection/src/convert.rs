//! Older formats, converted when they come in.

mod v1;
mod v20;

pub(crate) use v1::{item_of_v1, response_of_v1, v1};
pub(crate) use v20::v20;
