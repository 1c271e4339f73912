//! A file in a folder of the server, where the configuration allows it. It is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes a file into a folder, by way of a draft with this name; without content it only finds out whether it could. What was
/// done, or why not.
pub(super) async fn write(
    roots: Vec<PathBuf>,
    folder: String,
    path: String,
    draft: String,
    content: Option<String>,
) -> Result<String, String> {
    let done = tokio::task::spawn_blocking(move || {
        let place = allowed(&roots, Path::new(&folder))?;
        put(&place, &path, &draft, content.as_deref())
            .map_err(|error| format!("failed to write {path} in {}: {error}", place.display()))?;
        Ok(match content {
            Some(content) => format!("wrote {} bytes to {path}", content.len()),
            None => format!("{} can be written to", place.display()),
        })
    });
    done.await
        .map_err(|error| format!("failed to write a file: {error}"))?
}

/// The folder as the file system knows it, if it lies in one that the configuration names.
fn allowed(roots: &[PathBuf], folder: &Path) -> Result<PathBuf, String> {
    if roots.is_empty() {
        return Err(
            "this server writes no backups to folders: its configuration names none (backups.directories)"
                .to_owned(),
        );
    }
    let named = folder.display();
    if !folder.is_absolute() {
        return Err(format!("{named} is no absolute path"));
    }
    let place = fs::canonicalize(folder)
        .map_err(|error| format!("failed to find the folder {named}: {error}"))?;
    let inside = roots
        .iter()
        .filter_map(|root| fs::canonicalize(root).ok())
        .any(|root| place.starts_with(root));
    if inside {
        Ok(place)
    } else {
        Err(format!(
            "{named} lies in none of the folders that the server's configuration names (backups.directories)"
        ))
    }
}

fn put(place: &Path, path: &str, draft: &str, content: Option<&str>) -> io::Result<()> {
    let target = place.join(path);
    let parent = target.parent().unwrap_or(place);
    // A link in the folder could lead out of it, and there no folder is made either.
    let is_there = parent.ancestors().find(|folder| folder.exists());
    if !fs::canonicalize(is_there.unwrap_or(place))?.starts_with(place) {
        return Err(io::Error::other("it leads out of its folder"));
    }
    fs::create_dir_all(parent)?;
    let draft = parent.join(draft);
    let mut file = File::create(&draft)?;
    let written = file
        .write_all(content.unwrap_or_default().as_bytes())
        .and_then(|()| file.sync_all());
    if content.is_none() || written.is_err() {
        fs::remove_file(&draft)?;
        return written;
    }
    fs::rename(&draft, &target)?;
    File::open(parent)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_only_where_it_may_be() {
        let root = std::env::temp_dir().join(format!("postern-folder-{}", std::process::id()));
        let place = root.join("in");
        fs::create_dir_all(&place).unwrap();
        let roots = vec![place.clone()];
        assert_eq!(
            allowed(&roots, &place).unwrap(),
            fs::canonicalize(&place).unwrap()
        );
        for (roots, folder, says) in [
            (vec![], place.clone(), "names none"),
            (roots.clone(), root.clone(), "none of the folders"),
            (roots.clone(), place.join("../"), "none of the folders"),
            (roots.clone(), PathBuf::from("in"), "absolute"),
            (roots.clone(), place.join("missing"), "find"),
        ] {
            let refused = allowed(&roots, &folder).unwrap_err();
            assert!(refused.contains(says), "{}: {refused}", folder.display());
        }
        let place = allowed(&roots, &place).unwrap();
        put(&place, "a/b.json", ".draft", Some("one")).unwrap();
        put(&place, "a/b.json", ".draft", Some("two")).unwrap();
        assert_eq!(fs::read_to_string(place.join("a/b.json")).unwrap(), "two");
        put(&place, "c.json", ".draft", None).unwrap();
        assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
        std::os::unix::fs::symlink("/tmp", place.join("out")).unwrap();
        let out = put(&place, "out/x/y.json", ".draft", Some("x")).unwrap_err();
        assert!(out.to_string().contains("leads out"), "{out}");
        fs::remove_dir_all(&root).unwrap();
    }
}
