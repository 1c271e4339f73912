//! Files that requests send: the only door to them.

use std::path::{Component, Path, PathBuf};

/// Which files of this machine a run may send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Files {
    /// None at all: what a server does with other people's collections.
    #[default]
    Denied,
    /// Those that the user who runs it can read.
    Local {
        /// Where relative paths begin (`--working-dir`).
        working_dir: PathBuf,
        /// Whether files outside of the working directory may be read (unset by `--no-insecure-file-read`).
        insecure_file_read: bool,
    },
}

impl Files {
    /// Reads a file; an error says why not, in newman's words.
    pub(crate) fn read(&self, source: &str) -> Result<(PathBuf, Vec<u8>), String> {
        let Self::Local {
            working_dir,
            insecure_file_read,
        } = self
        else {
            return Err("this run may not read files".to_owned());
        };
        if source.is_empty() {
            return Err("invalid or missing file source".to_owned());
        }
        let root = std::path::absolute(working_dir)
            .map(|root| plain(&root))
            .map_err(|error| error.to_string())?;
        let path = plain(&root.join(source));
        if !insecure_file_read && !path.starts_with(&root) {
            return Err("PPERM: insecure file access outside working directory".to_owned());
        }
        let told = std::fs::metadata(&path).map_err(|error| failed(&error, source))?;
        if !told.is_file() {
            return Err(format!("\"{source}\", is not a file"));
        }
        let content = std::fs::read(&path).map_err(|error| failed(&error, source))?;
        Ok((path, content))
    }
}

fn failed(error: &std::io::Error, source: &str) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("\"{source}\", no such file"),
        std::io::ErrorKind::PermissionDenied => format!("\"{source}\", read permission denied"),
        _ => error.to_string(),
    }
}

/// The path without `.` and `..`, as Node resolves it: links are not looked at.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_only_where_they_may_be() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(folder.path().join("out.txt"), "out").unwrap();
        std::fs::write(inside.join("in.txt"), "in").unwrap();
        let local = |insecure_file_read| Files::Local {
            working_dir: inside.clone(),
            insecure_file_read,
        };
        let words = |files: &Files, source: &str| files.read(source).map(|(_, content)| content);
        assert_eq!(words(&local(false), "./in.txt"), Ok(b"in".to_vec()));
        assert_eq!(words(&local(true), "../out.txt"), Ok(b"out".to_vec()));
        for source in ["../out.txt", "/etc/passwd", "a/../../out.txt"] {
            let refused = "PPERM: insecure file access outside working directory".to_owned();
            assert_eq!(words(&local(false), source), Err(refused), "{source}");
        }
        assert_eq!(
            words(&local(true), ".."),
            Err("\"..\", is not a file".to_owned())
        );
        assert_eq!(
            words(&local(true), "none"),
            Err("\"none\", no such file".to_owned())
        );
        assert!(words(&Files::Denied, "in.txt").is_err());
    }
}
