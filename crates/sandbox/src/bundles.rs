//! The compiled JavaScript: our core, and every library that scripts may require.

include!(concat!(env!("OUT_DIR"), "/bundles.rs"));

/// The bytecode of a bundle.
pub(crate) fn find(name: &str) -> Option<&'static [u8]> {
    BUNDLES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}
