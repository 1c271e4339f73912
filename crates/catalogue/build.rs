//! Embeds `connectors/`: each folder's manifest and transform, and what all transforms may call.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../connectors");
    let root = root.canonicalize().expect("connectors/ is there");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut code = String::from("pub(crate) const CONNECTORS: &[Files] = &[\n");
    for folder in entries(&root) {
        println!("cargo:rerun-if-changed={}", folder.display());
        let manifest = folder.join("connector.toml");
        if !manifest.is_file() {
            continue;
        }
        let name = folder.file_name().and_then(|name| name.to_str());
        let name = name.expect("a connector's folder has a plain name");
        let transform = folder.join("transform.js");
        let transform = if transform.is_file() {
            format!("Some({})", embed(&transform))
        } else {
            "None".to_owned()
        };
        let manifest = embed(&manifest);
        writeln!(
            code,
            "Files {{ id: {name:?}, manifest: {manifest}, transform: {transform} }},"
        )
        .expect("a string takes all");
    }
    code.push_str("];\npub(crate) const LIBRARY: &[(&str, &str)] = &[\n");
    let library = root.join("lib");
    println!("cargo:rerun-if-changed={}", library.display());
    for file in entries(&library) {
        let stem = file.file_stem().and_then(|name| name.to_str());
        let stem = stem.expect("a library has a plain name");
        writeln!(code, "({stem:?}, {}),", embed(&file)).expect("a string takes all");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("connectors.rs"), code).expect("OUT_DIR can be written");
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    entries.sort();
    entries
}

fn embed(file: &Path) -> String {
    println!("cargo:rerun-if-changed={}", file.display());
    format!("include_str!({:?})", file.display().to_string())
}
