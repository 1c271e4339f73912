//! Building the web app where it lies, with the packages that its lock names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the app in `web` into `target` and says in which folder it is.
pub(crate) fn build(web: &Path, target: &Path) -> Result<PathBuf, String> {
    install(web)?;
    if target.exists() {
        fs::remove_dir_all(target).map_err(|why| format!("failed to clear the old app: {why}"))?;
    }
    run(npm()
        .args([
            "run",
            "--silent",
            "build",
            "--",
            "--emptyOutDir",
            "--outDir",
        ])
        .arg(target)
        .current_dir(web))?;
    Ok(target.to_owned())
}

/// `npm ci`, unless exactly these versions are there already. No package's install script is run: none is needed.
fn install(web: &Path) -> Result<(), String> {
    let lock = fs::read(web.join("package-lock.json"))
        .map_err(|why| format!("failed to read package-lock.json: {why}"))?;
    let stamp = web.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(npm()
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(web))?;
    fs::write(stamp, lock).map_err(|why| format!("failed to note what is installed: {why}"))
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
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
