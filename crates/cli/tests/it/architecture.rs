//! The house stands as ARCHITECTURE.md draws it: arrows, fences, names of files, sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::server::workspace;

/// Which library may be named by which crate alone.
const FENCES: [(&str, &str); 6] = [
    ("sqlx", "storage"),
    ("lettre", "egress"),
    ("rquickjs", "sandbox"),
    ("axum", "api"),
    ("clap", "cli"),
    ("anyhow", "cli"),
];

/// Names that say nothing of what is inside.
const NAMELESS: [&str; 5] = ["mod.rs", "util.rs", "common.rs", "helpers.rs", "types.rs"];

/// The most lines of a file that is no test.
const MOST_LINES: usize = 800;

/// What each crate names in its manifest: tests may lean on anything, so their dependencies don't count.
fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--no-deps",
            "--format-version",
            "1",
        ])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut manifests = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        let folder = Path::new(manifest).parent().unwrap();
        // What the benchmarks are loaded with is no room of the house.
        if folder.parent().and_then(Path::file_name) != Some("crates".as_ref()) {
            continue;
        }
        let name = package["name"].as_str().unwrap();
        let folder = folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(name, format!("postern-{folder}"), "package and folder");
        let uses = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
            .collect();
        manifests.insert(folder.to_owned(), uses);
    }
    manifests
}

/// The table under "### Arrows".
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(workspace().join("ARCHITECTURE.md")).unwrap();
    let section = text
        .split_once("### Arrows")
        .and_then(|(_, rest)| rest.split_once("\n### "))
        .expect("ARCHITECTURE.md has a section on arrows")
        .0;
    section
        .lines()
        .filter_map(|line| line.strip_prefix('|')?.strip_suffix('|')?.split_once('|'))
        .filter(|(name, _)| *name != " crate " && *name != "---")
        .map(|(name, uses)| {
            let uses = uses
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            (name.trim().to_owned(), uses.map(str::to_owned).collect())
        })
        .collect()
}

/// All Rust files below a folder of the workspace.
fn rust_files(below: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![below.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "{}", below.display());
    files
}

fn crates() -> PathBuf {
    workspace().join("crates")
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs")
}

#[test]
fn crates_lean_on_each_other_only_as_the_table_allows() {
    let (manifests, table) = (manifests(), table());
    assert_eq!(
        manifests.keys().collect::<Vec<_>>(),
        table.keys().collect::<Vec<_>>(),
        "the crates, and the rows of the table"
    );
    for (name, uses) in &manifests {
        let forbidden: Vec<&str> = uses
            .iter()
            .filter_map(|used| used.strip_prefix("postern-"))
            .filter(|used| !table[name].contains(*used))
            .collect();
        assert!(
            forbidden.is_empty(),
            "{name} uses {forbidden:?}; see ### Arrows in ARCHITECTURE.md"
        );
    }
}

#[test]
fn heavy_libraries_stay_behind_their_fences() {
    for (name, uses) in manifests() {
        for (library, owner) in FENCES {
            let belongs = |used: &str| used == library || used.starts_with(&format!("{library}-"));
            let named: Vec<&String> = uses.iter().filter(|used| belongs(used)).collect();
            assert!(
                name == owner || named.is_empty(),
                "{name} names {named:?}, which is {owner}'s alone"
            );
        }
    }
}

#[test]
fn outbound_sockets_are_opened_in_egress_alone() {
    let ways_out = ["TcpStream::connect", "UdpSocket::bind", "TcpSocket::new"];
    for path in rust_files(&crates()) {
        let inside = path.strip_prefix(crates()).unwrap();
        if inside.starts_with("egress") || is_test(inside) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for way in ways_out {
            assert!(!text.contains(way), "{} says {way}", inside.display());
        }
    }
}

#[test]
fn every_file_has_a_telling_name_and_a_bearable_size() {
    for path in rust_files(&crates()) {
        let inside = path.strip_prefix(crates()).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            !NAMELESS.contains(&name),
            "{} tells nothing by its name",
            inside.display()
        );
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(
            is_test(inside) || lines <= MOST_LINES,
            "{} has {lines} lines: look for a second room",
            inside.display()
        );
    }
}

#[test]
fn every_crate_has_a_page_that_is_its_documentation() {
    for name in manifests().keys() {
        let folder = crates().join(name);
        let page = fs::read_to_string(folder.join("README.md"));
        let page = page.unwrap_or_else(|error| panic!("crates/{name}/README.md: {error}"));
        assert!(
            page.starts_with(&format!("# postern-{name}\n")),
            "crates/{name}/README.md"
        );
        let root = ["src/lib.rs", "src/main.rs"]
            .map(|root| folder.join(root))
            .into_iter()
            .find(|root| root.exists())
            .unwrap();
        let root = fs::read_to_string(root).unwrap();
        assert!(
            root.contains(r#"include_str!("../README.md")"#),
            "{name} doesn't include its page"
        );
    }
}

#[test]
fn every_migration_exists_for_both_engines() {
    let migrations = |engine: &str| -> BTreeSet<String> {
        fs::read_dir(crates().join("storage/migrations").join(engine))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let sqlite = migrations("sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, migrations("postgres"));
}
