//! Getting the libraries from npm and bundling them by esbuild, all under `OUT_DIR`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// `npm ci`, unless exactly these versions are there already.
fn install(work: &Path) -> Result<(), String> {
    let lock = fs::read(work.join("package-lock.json"))
        .map_err(|why| format!("failed to read package-lock.json: {why}"))?;
    let stamp = work.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // No install scripts: esbuild's program comes in a package of its own, the rest is plain JavaScript.
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm)
        .args(["ci", "--ignore-scripts"])
        .current_dir(work))?;
    fs::write(stamp, lock).map_err(|why| format!("failed to note what is installed: {why}"))
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

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|why| format!("failed to start {program}: {why}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{program} ended with {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}
