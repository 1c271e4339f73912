//! Builds the web app under `web/` and writes the table of its files that `src/web.rs` includes. Node.js and npm are needed
//! here only. Without the feature `web` the table is empty and nothing is built.

#[path = "../../../build/npm.rs"]
mod npm;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const PREBUILT: &str = "POSTERN_WEB_DIST";

fn main() {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root = crate_dir.join("../..");
    rerun_only_for(&root);

    let folder = if env::var_os("CARGO_FEATURE_WEB").is_none() {
        None
    } else if let Some(folder) = env::var_os(PREBUILT) {
        Some(PathBuf::from(folder))
    } else {
        let built = build(&root.join("web"), &out.join("web")).unwrap_or_else(|why| {
            panic!(
                "\n\nfailed to build the web app: {why}\n\
                 Building Postern needs Node.js 20 or newer with npm (running it does not).\n\
                 Or set {PREBUILT} to a folder that `npm run build` made elsewhere, or leave the web app out with \
                 `--no-default-features`.\n"
            )
        });
        Some(built)
    };
    let table = folder.map_or_else(|| table_of(&[]), |folder| table_of(&files(&folder)));
    fs::write(out.join("web.rs"), table).expect("OUT_DIR can be written to");
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn rerun_only_for(root: &Path) {
    println!("cargo::rerun-if-env-changed={PREBUILT}");
    if let Some(folder) = env::var_os(PREBUILT) {
        println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
        return;
    }
    for path in [
        "build",
        "crates/api/build",
        "docs/openapi.json",
        "web/build",
        "web/index.html",
        "web/package-lock.json",
        "web/package.json",
        "web/public",
        "web/src",
        "web/tsconfig.json",
        "web/vite.config.ts",
    ] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
}

/// Builds the app where it lies into `target`, and says in which folder it is.
fn build(web: &Path, target: &Path) -> Result<PathBuf, String> {
    npm::install(web)?;
    if target.exists() {
        fs::remove_dir_all(target).map_err(|why| format!("failed to clear the old app: {why}"))?;
    }
    let mut build = npm::npm();
    build
        .args([
            "run",
            "--silent",
            "build",
            "--",
            "--emptyOutDir",
            "--outDir",
        ])
        .arg(target)
        .current_dir(web);
    npm::run(&mut build)?;
    Ok(target.to_owned())
}

/// A file of the app: its path below the folder, and where it lies.
type File = (String, PathBuf);

/// Every file of a folder, by its path there.
fn files(folder: &Path) -> Vec<File> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), folder.to_owned())];
    while let Some((name, path)) = open.pop() {
        let entries = fs::read_dir(&path).unwrap_or_else(|why| {
            panic!("failed to read the web app in {}: {why}", path.display())
        });
        for entry in entries {
            let entry = entry.expect("a folder can be listed");
            let below = format!("{name}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push((format!("{below}/"), entry.path()));
            } else {
                found.push((below, entry.path()));
            }
        }
    }
    found.sort();
    found
}

/// The source text of the table: each file with what was compressed of it.
fn table_of(files: &[File]) -> String {
    let compressed = |name: &str, ending: &str| {
        let name = format!("{name}.{ending}");
        let file = files.iter().find(|it| it.0 == name);
        file.map_or_else(
            || "None".to_owned(),
            |(_, path)| format!("Some({})", include(path)),
        )
    };
    let mut table = String::from("static FILES: &[File] = &[\n");
    for (name, path) in files {
        if [".br", ".gz"].iter().any(|ending| name.ends_with(ending)) {
            continue;
        }
        writeln!(
            table,
            "    File {{ path: {name:?}, bytes: {}, br: {}, gz: {} }},",
            include(path),
            compressed(name, "br"),
            compressed(name, "gz"),
        )
        .expect("a string takes everything");
    }
    table.push_str("];\n");
    table
}

fn include(path: &Path) -> String {
    let path = fs::canonicalize(path).expect("it was just listed");
    format!(
        "include_bytes!({:?})",
        path.to_str().expect("a path is text")
    )
}
