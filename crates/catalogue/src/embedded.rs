//! What the build found in `connectors/`.

include!(concat!(env!("OUT_DIR"), "/connectors.rs"));

/// The files of one connector.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) id: &'static str,
    pub(crate) manifest: &'static str,
    pub(crate) transform: Option<&'static str>,
}
