//! Bundles the JavaScript under `js/` with the libraries from npm, compiles each bundle to the engine's
//! bytecode, and writes the table that `src/bundles.rs` includes. Node.js and npm are needed here only.

mod bundle;
mod bytecode;
#[path = "../../../build/npm.rs"]
mod npm;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const PREBUILT: &str = "POSTERN_SANDBOX_BUNDLES";

fn main() {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    rerun_only_for(&crate_dir);

    let bundles = match env::var_os(PREBUILT) {
        Some(folder) => PathBuf::from(folder),
        None => bundle::bundle(&crate_dir.join("js"), &out).unwrap_or_else(|why| {
            panic!(
                "\n\nfailed to bundle the script libraries: {why}\n\
                 Building Postern needs Node.js 20 or newer with npm (running it does not).\n\
                 Or set {PREBUILT} to a folder of bundles made elsewhere by `node bundle.mjs FOLDER`.\n"
            )
        }),
    };
    let table = compile_all(&bundles, &out.join("bytecode"));
    let notices = fs::read(bundles.join("NOTICES")).expect("the licences stand beside the bundles");
    fs::write(out.join("NOTICES"), notices).expect("OUT_DIR can be written to");
    // For the test that holds our chai against it.
    let chai = fs::read(bundles.join("comparison/chai.js")).expect("chai as it came is there too");
    fs::write(out.join("chai-as-it-came.js"), chai).expect("OUT_DIR can be written to");
    fs::write(out.join("bundles.rs"), table).expect("OUT_DIR can be written to");
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn rerun_only_for(crate_dir: &Path) {
    for path in ["build", "js", "../../build"] {
        println!("cargo::rerun-if-changed={}", crate_dir.join(path).display());
    }
    println!("cargo::rerun-if-env-changed={PREBUILT}");
    if let Some(folder) = env::var_os(PREBUILT) {
        println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
    }
}

/// Compiles every bundle of the folder and gives the source text of the table of them.
fn compile_all(bundles: &Path, target: &Path) -> String {
    let entries = fs::read_dir(bundles)
        .unwrap_or_else(|why| panic!("failed to read the bundles in {}: {why}", bundles.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
        .collect();
    files.sort();
    assert!(
        files.iter().any(|file| file.ends_with("core.js")),
        "failed to find core.js in {}",
        bundles.display()
    );

    fs::create_dir_all(target).expect("OUT_DIR can be written to");
    let mut table = String::from("pub(crate) static BUNDLES: &[(&str, &[u8])] = &[\n");
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        // A library's name may hold a slash, a file's may not.
        let name = stem.replace('+', "/");
        let source = fs::read(&file).expect("a bundle can be read");
        let code = bytecode::compile(&name, source)
            .unwrap_or_else(|why| panic!("failed to compile the bundle {name}: {why}"));
        let compiled = target.join(format!("{stem}.bytecode"));
        fs::write(&compiled, code).expect("OUT_DIR can be written to");
        let path = compiled.to_str().expect("OUT_DIR is text");
        writeln!(table, "    ({name:?}, include_bytes!({path:?})),")
            .expect("a string takes everything");
    }
    table.push_str("];\n");
    table
}
