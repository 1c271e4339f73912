//! newman and its dependencies, where they are installed.
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

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

#[test]
fn content_types_of_files_are_those_of_mime_types() {
    let Some(modules) = modules() else { return };
    let script = "const types = require('mime-types').types, by = {};
        for (const ending of Object.keys(types).sort()) (by[types[ending]] ??= []).push(ending);
        process.stdout.write(Object.keys(by).sort().map(it => `${it} ${by[it].join(' ')}\\n`).join(''));";
    let output = Command::new("node")
        .args(["-e", script])
        .env("NODE_PATH", modules)
        .output()
        .unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/body/mime.txt");
    if std::env::var_os("MIME_TYPES").is_some() {
        std::fs::write(&file, &output.stdout).unwrap();
    }
    let kept = std::fs::read(&file).unwrap();
    assert!(
        output.stdout == kept,
        "src/body/mime.txt is not what mime-types says: MIME_TYPES=write writes it"
    );
}
