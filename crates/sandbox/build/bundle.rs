//! Getting the libraries from npm and bundling them by esbuild, all under `OUT_DIR`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm::{install, run};

/// Bundles `js` and says in which folder the bundles are.
pub(crate) fn bundle(js: &Path, out: &Path) -> Result<PathBuf, String> {
    let work = out.join("js");
    mirror(js, &work).map_err(|why| format!("failed to copy {}: {why}", js.display()))?;
    install(&work)?;

    let target = out.join("bundles");
    if target.exists() {
        fs::remove_dir_all(&target).map_err(|why| format!("failed to clear old bundles: {why}"))?;
    }
    run(Command::new("node")
        .arg("bundle.mjs")
        .arg(&target)
        .current_dir(&work))?;
    Ok(target)
}

/// Copies our own files, leaving `node_modules` in the target as it is.
fn mirror(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() == "node_modules" {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            mirror(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
