//! newman and its dependencies, where they are installed.
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};

/// The folder `node_modules` of newman. Where there is none, the reason is printed (and in continuous integration that fails).
pub(crate) fn modules() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/newman/node_modules");
    if path.join("newman").exists() {
        return Some(path);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "newman is missing: scripts/prepare test installs it"
    );
    println!("skipped: newman is not installed (scripts/prepare test installs it)");
    None
}
