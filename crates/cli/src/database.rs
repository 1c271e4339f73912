//! From settings to a database: the folder, the key, where to open.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use postern_model::{Random, Sealer};
use postern_storage::{EngineConfig, PostgresConfig, Store, StoreConfig};

use crate::clock::SystemClock;
use crate::config::{Place, StorageSettings};
use crate::random::SecureRandom;
use crate::secret_key;

/// Where the database lies and what its secrets are sealed with.
pub(crate) struct Prepared {
    /// Where.
    pub(crate) storage: StoreConfig,
    /// With what.
    pub(crate) secret_key: [u8; 32],
}

/// Makes the data folder if something is to lie in it, and finds or makes the key.
pub(crate) fn prepare(settings: &StorageSettings) -> anyhow::Result<Prepared> {
    let needs_folder = matches!(settings.place, Place::Sqlite(_)) || settings.secret_key.is_none();
    if needs_folder {
        make_folder(&settings.data_dir)?;
    }
    let storage = match &settings.place {
        Place::Sqlite(path) => StoreConfig::sqlite(path),
        Place::Postgres { url, connections } => StoreConfig {
            engine: EngineConfig::Postgres(PostgresConfig {
                url: url.clone(),
                max_connections: *connections,
            }),
        },
    };
    Ok(Prepared {
        storage,
        secret_key: secret_key::read_or_make(settings, &SecureRandom)?,
    })
}

/// Opens the database for a command that works on it directly, with its schema as it is.
pub(crate) async fn open(settings: &StorageSettings) -> anyhow::Result<Store> {
    let Prepared {
        storage,
        secret_key,
    } = prepare(settings)?;
    let random: Arc<dyn Random> = Arc::new(SecureRandom);
    let sealer = Sealer::new(secret_key, random);
    Ok(Store::open(&storage, sealer, Arc::new(SystemClock::watched())).await?)
}

/// A new folder is its owner's alone; one that is there stays as it is, but others are told of.
fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("make the data folder {}", path.display()))?;
    let mode = fs::metadata(path)
        .with_context(|| format!("look at the data folder {}", path.display()))?
        .permissions()
        .mode();
    if mode & 0o007 != 0 {
        tracing::debug!(
            path = %path.display(),
            "the data folder is open to other users of this machine; the key file in it is not"
        );
    }
    Ok(())
}
