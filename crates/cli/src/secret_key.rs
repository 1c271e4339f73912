//! The key that secrets are sealed with: from the configuration, or from a file that is made at the first start.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_model::{Random, Sealer};
use postern_storage::Store;

use crate::config::{StorageSettings, key_of};

/// The setting in the database that only the right key opens. It is sealed by the first server and never changed.
const TOKEN: &str = "secret_key.token";

/// The file's name in the data folder.
const FILE: &str = "secret.key";

/// The key; makes the file, which only its owner can read, where neither the configuration nor a file has one.
pub(crate) fn read_or_make(
    settings: &StorageSettings,
    random: &dyn Random,
) -> anyhow::Result<[u8; 32]> {
    if let Some(key) = settings.secret_key {
        return Ok(key);
    }
    let path = settings.data_dir.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => parse(&path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path, random),
        Err(error) => Err(error).with_context(|| format!("read the key file {}", path.display())),
    }
}

/// Refuses a key that isn't the one that the database's secrets were sealed with: deliveries would fail one by one, and new
/// secrets would be sealed so that the right key can't open them.
pub(crate) async fn check(store: &Store, sealer: &Sealer) -> anyhow::Result<()> {
    let mut tx = store.begin().await?;
    let mine = STANDARD.encode(sealer.seal(TOKEN.as_bytes(), TOKEN.as_bytes()));
    tx.settings().set_once(TOKEN, &mine).await?;
    let token = tx.settings().get(TOKEN).await?.unwrap_or_default();
    let opens = STANDARD
        .decode(token)
        .is_ok_and(|token| sealer.open(&token, TOKEN.as_bytes()).is_ok());
    if !opens {
        bail!(
            "open the database's secrets: they were sealed with another key; put back the file {FILE} that belongs to \
             this database, or set POSTERN_SECRET_KEY to it"
        );
    }
    tx.commit().await?;
    Ok(())
}

fn parse(path: &Path, text: &str) -> anyhow::Result<[u8; 32]> {
    let Some(key) = key_of(text) else {
        bail!(
            "read the key file {}: expected 32 bytes in base64 or hexadecimal; put back the file that this database was made with",
            path.display()
        );
    };
    Ok(key)
}

/// Written whole under another name and then given its own, so that a crash leaves a key or none, and two starts at once
/// agree on one.
fn make(path: &Path, random: &dyn Random) -> anyhow::Result<[u8; 32]> {
    let mut key = [0; 32];
    random.fill(&mut key);
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let written = write(&draft, &key).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    let _ = fs::remove_file(&draft);
    written.with_context(|| format!("make the key file {}", path.display()))?;
    let text = fs::read_to_string(path)
        .with_context(|| format!("read the key file {}", path.display()))?;
    parse(path, &text)
}

fn write(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()
}
