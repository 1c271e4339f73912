//! Items and things that go elsewhere.

pub(crate) mod elements;
pub(crate) mod items;
