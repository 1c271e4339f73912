//! Who came in, and who gave whom what rights.

pub(crate) mod actions;
pub(crate) mod list;
