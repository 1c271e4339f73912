//! The compiled JavaScript: our core, and every library that scripts may require.

include!(concat!(env!("OUT_DIR"), "/bundles.rs"));

/// The bytecode of a bundle.
pub(crate) fn find(name: &str) -> Option<&'static [u8]> {
    BUNDLES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}

/// The names and licences of the libraries from npm that are part of this program.
pub fn notices() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/NOTICES"))
}
