//! The key that secrets are sealed with: from the configuration, or from a file that is made at the first start.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_model::Random;

use crate::config::{StorageSettings, key_of};

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
