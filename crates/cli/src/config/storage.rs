//! Where the data lies, and what its secrets are sealed with.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::{ConfigError, Layers};

/// Where the data lies.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StorageSettings {
    /// The folder of the key file, and of the SQLite database.
    pub(crate) data_dir: PathBuf,
    /// The database.
    pub(crate) place: Place,
    /// Whether a start brings the schema up to date.
    pub(crate) migrate: bool,
    /// What secrets are sealed with, if it isn't in the key file.
    pub(crate) secret_key: Option<[u8; 32]>,
}

/// The database.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A SQLite file in the data folder.
    Sqlite(PathBuf),
    /// A PostgreSQL database.
    Postgres {
        /// Its URL, which may hold a password.
        url: String,
        /// The most connections.
        connections: u32,
    },
}

impl std::fmt::Debug for StorageSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StorageSettings")
            .field("data_dir", &self.data_dir)
            .field("migrate", &self.migrate)
            .finish_non_exhaustive()
    }
}

impl StorageSettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let data_dir: PathBuf = layers.value("storage.data_dir", "a folder")?;
        let url = layers.text("storage.database_url");
        let place = if url.is_empty() {
            Place::Sqlite(data_dir.join("postern.db"))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let connections: u32 = layers.value("storage.database_connections", "a number")?;
            if connections < 2 {
                let problem = "it needs 2 or more".to_owned();
                return Err(layers.wrong("storage.database_connections", problem));
            }
            Place::Postgres {
                url: url.to_owned(),
                connections,
            }
        } else {
            let problem = "expected postgres://user:password@host:port/database".to_owned();
            return Err(layers.wrong("storage.database_url", problem));
        };
        let key = layers.text("storage.secret_key");
        let secret_key = match key {
            "" => None,
            text => Some(key_of(text).ok_or_else(|| {
                let problem = "expected 32 bytes in base64 or hexadecimal".to_owned();
                layers.wrong("storage.secret_key", problem)
            })?),
        };
        Ok(Self {
            data_dir,
            place,
            migrate: layers.value("storage.migrate", "true or false")?,
            secret_key,
        })
    }
}

/// The 32 bytes that a text stands for: 64 hexadecimal digits, or base64 in any of its forms.
pub(crate) fn key_of(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let bytes: Option<Vec<u8>> = (0..32)
            .map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok())
            .collect();
        return bytes?.try_into().ok();
    }
    [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|form| form.decode(text).ok()?.try_into().ok())
}
