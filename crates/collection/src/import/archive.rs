//! Archives: opened within bounds, so that a small one that swells to a large one is refused, not unpacked.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{ImportError, ImportFile, MAX_FILES};

/// The most bytes of all files of an archive, unpacked: 200 MiB.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// The files, with those of archives in the place of the archives.
pub(super) fn opened(files: Vec<ImportFile>) -> Result<Vec<ImportFile>, ImportError> {
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        if file.bytes.starts_with(b"PK\x03\x04") {
            all.extend(unpacked(&file.bytes)?);
        } else {
            all.push(file);
        }
    }
    Ok(all)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<ImportFile>, ImportError> {
    let broken = |error: &dyn std::fmt::Display| ImportError::Archive {
        problem: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_FILES {
        return Err(ImportError::TooManyFiles { most: MAX_FILES });
    }
    let mut files = Vec::new();
    let mut room = MAX_UNPACKED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(&error))?;
        if !entry.is_file() {
            continue;
        }
        let path = entry
            .name()
            .map_err(|error| broken(&error))?
            .replace('\\', "/");
        let mut unpacked = Vec::new();
        // What an entry says of its own size may be a lie: what comes out is counted.
        let read = entry.take(room + 1).read_to_end(&mut unpacked);
        read.map_err(|error| broken(&error))?;
        room = room
            .checked_sub(unpacked.len() as u64)
            .ok_or_else(|| broken(&"its files have more than 200 MiB, unpacked"))?;
        files.push(ImportFile {
            path,
            bytes: unpacked,
        });
    }
    Ok(files)
}
