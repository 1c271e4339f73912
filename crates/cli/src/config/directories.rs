//! In which folders of this machine sources may lie, and backups may be written.

use std::path::PathBuf;

use super::{ConfigError, Layers};

/// What the setting of this key says.
pub(super) fn directories(layers: &Layers, key: &'static str) -> Result<Vec<PathBuf>, ConfigError> {
    let texts = layers.text(key).split(',').map(str::trim);
    texts
        .filter(|text| !text.is_empty())
        .map(|text| {
            let path = PathBuf::from(text);
            if path.is_absolute() {
                return Ok(path);
            }
            let problem = format!("{text:?} is not an absolute path (/srv/collections)");
            Err(layers.wrong(key, problem))
        })
        .collect()
}
