//! A folder on the server's disk.

use std::fs;
use std::path::{Path, PathBuf};

use postern_collection::{ImportError, ImportFile, OpenApiOptions, import};
use postern_journal::Found;

use super::Failure;

/// The most files that are read.
const MOST_FILES: usize = 10_000;
/// The most bytes of all of them.
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// Names of files that may be an export.
const ENDINGS: [&str; 6] = ["json", "yaml", "yml", "har", "bru", "curl"];

/// Reads the exports in a folder that lies in one of these.
pub(super) async fn read(path: String, roots: Vec<PathBuf>) -> Result<Vec<Found>, Failure> {
    let read = tokio::task::spawn_blocking(move || all(Path::new(&path), &roots));
    match read.await {
        Ok(found) => found,
        Err(error) => Err(format!("failed to read the folder: {error}")),
    }
}

fn all(path: &Path, roots: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    // As it is, not as it is written: a link must not lead out.
    let real = fs::canonicalize(path).map_err(told)?;
    let within = roots
        .iter()
        .filter_map(|root| fs::canonicalize(root).ok())
        .any(|root| real.starts_with(root));
    if !within {
        return Err(format!(
            "{} is in no folder of the setting sources.directories",
            path.display()
        ));
    }
    let files = gather(&real)?;
    let mut found = Vec::new();
    if files.iter().any(|file| file.path.ends_with("bruno.json")) {
        let imported = import(files, OpenApiOptions::default());
        super::found(
            imported.map_err(|error| format!("failed to {error}"))?,
            "",
            &mut found,
        );
        return Ok(found);
    }
    for file in files {
        let name = file.path.clone();
        match import(vec![file], OpenApiOptions::default()) {
            Ok(imported) => super::found(imported, &format!("{name}: "), &mut found),
            // A repository has other files too.
            Err(ImportError::Unknown { .. } | ImportError::Nothing) => {}
            Err(error) => return Err(format!("{name}: failed to {error}")),
        }
    }
    Ok(found)
}

fn gather(root: &Path) -> Result<Vec<ImportFile>, Failure> {
    let mut files = Vec::new();
    let mut bytes = 0;
    let mut pending = vec![root.to_owned()];
    while let Some(folder) = pending.pop() {
        let told = |error: std::io::Error| format!("{}: {error}", folder.display());
        let entries = fs::read_dir(&folder).map_err(told)?;
        for entry in entries {
            let entry = entry.map_err(told)?;
            let (path, name) = (entry.path(), entry.file_name());
            let kind = entry.file_type().map_err(told)?;
            // Hidden ones (.git) and links are passed by.
            if name.to_string_lossy().starts_with('.') || name == "node_modules" {
                continue;
            }
            if kind.is_dir() {
                pending.push(path);
                continue;
            }
            let ending = path
                .extension()
                .map(|it| it.to_string_lossy().to_ascii_lowercase());
            if !kind.is_file() || !ending.is_some_and(|it| ENDINGS.contains(&it.as_str())) {
                continue;
            }
            bytes += entry.metadata().map_err(told)?.len();
            if files.len() >= MOST_FILES || bytes > MOST_BYTES {
                return Err("it holds more than 10,000 files, or 200 MiB".to_owned());
            }
            let within = path.strip_prefix(root).unwrap_or(&path);
            let within = within.to_string_lossy().into_owned();
            let read = fs::read(&path).map_err(|error| format!("{within}: {error}"))?;
            files.push(ImportFile {
                path: within,
                bytes: read,
            });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
