//! Configuration that can't be understood.

use std::path::PathBuf;

use thiserror::Error;

use super::Source;

/// Configuration that can't be understood; completes "failed to ...", and names where the value stands.
#[derive(Debug, Error)]
pub(crate) enum ConfigError {
    /// The file can't be read.
    #[error("read the configuration {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("read the configuration {}: {problem}", path.display())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        problem: String,
    },
    /// The file names a setting that there is not.
    #[error("read the configuration {}: there is no setting {key:?}{}", path.display(), hint(suggestion.as_deref()))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What it names.
        key: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A variable of the environment is not text.
    #[error("read {variable}: its value is not UTF-8")]
    NotText {
        /// The variable.
        variable: String,
    },
    /// A value can't be used.
    #[error("use {key} ({source_of}): {problem}")]
    Invalid {
        /// The setting.
        key: &'static str,
        /// Where the value stands.
        source_of: Source,
        /// What is wrong, and what is expected.
        problem: String,
    },
}

fn hint(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(
        || "; `postern config --default` shows all there are".to_owned(),
        |name| format!("; did you mean {name:?}?"),
    )
}
