//! Collections that were deleted, and how they come back.

pub(crate) mod list;
pub(crate) mod restore;
