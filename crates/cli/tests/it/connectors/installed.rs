//! Where `scripts/prepare test` has put the services' programs.

use std::path::PathBuf;

use crate::server::workspace;

fn folder() -> PathBuf {
    workspace().join("tests/servers")
}

/// The path if something is there; else a line that says so, and in CI a failure.
#[expect(
    clippy::print_stdout,
    reason = "a test that doesn't run says so to who runs it"
)]
fn found(name: &str, path: PathBuf) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    let reason = format!("{name} is not installed at {}", path.display());
    assert!(std::env::var_os("CI").is_none(), "{reason}");
    println!("skipped: {reason} (scripts/prepare test installs it)");
    None
}

/// rclone, which serves a folder by the API of S3 or by `WebDAV`.
pub(super) fn rclone() -> Option<PathBuf> {
    let libraries = folder().join(".venv/lib");
    let pythons = std::fs::read_dir(&libraries).into_iter().flatten();
    let mut places = pythons
        .flatten()
        .map(|python| python.path().join("site-packages/rclone_api/bin/rclone"));
    let place = places.find(|place| place.exists());
    found("rclone", place.unwrap_or(libraries))
}

/// Python with Synapse, Matrix's homeserver.
pub(super) fn synapse() -> Option<PathBuf> {
    found("Synapse", folder().join(".venv/ready"))?;
    Some(folder().join(".venv/bin/python"))
}

/// Azurite's server of blobs, a script for node.
pub(super) fn azurite() -> Option<PathBuf> {
    let script = folder().join("node_modules/azurite/dist/src/blob/main.js");
    found("Azurite", script)
}

/// Apache, and the folder of its modules.
pub(super) fn apache() -> Option<(PathBuf, PathBuf)> {
    let modules = PathBuf::from("/usr/lib/apache2/modules");
    found("Apache's WebDAV", modules.join("mod_dav_fs.so"))?;
    Some((PathBuf::from("/usr/sbin/apache2"), modules))
}

/// One of Debian's programs.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    found(name, PathBuf::from("/usr/bin").join(name))
}
