//! `postern connectors`: the golden files of all connectors are current, and what is wrong with one is told.

use std::fs;
use std::path::Path;

use crate::server::{Place, said, workspace};

/// Copies a folder of files and folders.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn every_connector_does_what_its_golden_files_say_and_fits_its_contract() {
    let place = Place::new();
    let folder = workspace().join("connectors");
    let output = place.run(&["connectors", "test", folder.to_str().unwrap()]);
    let out = said(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{out}{}",
        said(&output.stderr)
    );
    assert!(out.ends_with(" 0 problems\n"), "{out}");
}

#[test]
fn what_is_wrong_with_a_connector_is_told() {
    let place = Place::new();
    let (root, there) = (
        workspace().join("connectors"),
        place.path().join("connectors"),
    );
    for folder in ["lib", "events", "gotify"] {
        copy(&root.join(folder), &there.join(folder));
    }
    let run = || {
        let output = place.run(&["connectors", "test", "connectors/gotify"]);
        (
            output.status.code(),
            said(&output.stdout) + &said(&output.stderr),
        )
    };
    assert_eq!(run().0, Some(0), "{}", run().1);
    for (file, from, to, says) in [
        (
            "transform.js",
            "'/message'",
            "'/massage'",
            "contract.json has no POST",
        ),
        (
            "transform.js",
            "fields.url, '/message'",
            "'https://evil.example', '/message'",
            "none of the hosts",
        ),
        (
            "transform.js",
            "priority: Math.min",
            "priority: 'a' + Math.min",
            "its body/priority",
        ),
        (
            "transform.js",
            "title,",
            "title: title + fields.token,",
            "golden/results.json is not what comes out",
        ),
        (
            "transform.js",
            "const handlers",
            "const handler_",
            "handlers",
        ),
        ("connector.toml", "secret = true", "secrt = true", "secrt"),
        ("connector.toml", "notify = ", "notfy = ", "options"),
        ("golden/setup.json", "\"token\"", "\"tokn\"", "tokn"),
    ] {
        let path = there.join("gotify").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let (code, told) = run();
        fs::write(&path, text).unwrap();
        assert_eq!(code, Some(1), "{to}: {told}");
        assert!(told.contains(says), "{to}: {told}");
    }
}
