//! newman ends the same way, and writes a report of the same shape.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Bench;
use crate::server::{said, workspace};

/// newman in the bench's folder, or why it isn't there.
fn newman(bench: &Bench) -> Result<Command, String> {
    let newman = workspace().join("tests/newman/node_modules/newman/bin/newman.js");
    let Ok(newman) = newman.canonicalize() else {
        let reason = format!("newman is not installed at {}", newman.display());
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        return Err(reason + " (scripts/prepare test installs it)");
    };
    let mut command = Command::new("node");
    command
        .arg(newman)
        .arg("run")
        .current_dir(bench.place.path())
        .stdin(Stdio::null());
    Ok(command)
}

#[test]
fn newman_ends_with_the_same_status() {
    let bench = Bench::new();
    let (failing, broken) = (bench.failing(), bench.broken());
    for arguments in [
        &["pets.json"][..],
        &[failing],
        &[failing, "-x"],
        &[failing, "--bail"],
        &[failing, "--silent"],
        &[failing, "--folder", "List"],
        &["pets.json", "--folder", "Nowhere"],
        &["pets.json", "--folder", "Nowhere", "-x"],
        &["nowhere.json"],
        &[broken],
        &[broken, "-x"],
        &["pets.json", "-e", broken],
        &["pets.json", "-d", broken],
    ] {
        let mut newman = match newman(&bench) {
            Ok(newman) => newman,
            Err(reason) => return println!("skipped: {reason}"),
        };
        let theirs = newman.args(arguments).output().expect("node runs");
        let ours = bench.run(arguments);
        assert_eq!(
            ours.status.code(),
            theirs.status.code(),
            "{arguments:?}: {}{}",
            said(&theirs.stdout),
            said(&theirs.stderr)
        );
    }
}

/// The paths of all that a report's run holds, with the kind of each; lists by their first element.
fn shape(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(list) => {
            if let Some(first) = list.first() {
                shape(first, &format!("{path}[]"), into);
            }
            "array"
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                shape(value, &format!("{path}.{name}"), into);
            }
            "object"
        }
    };
    into.insert(format!("{path}: {kind}"));
}

#[test]
fn newmans_report_holds_the_same_under_the_same_names() {
    let bench = Bench::new();
    let arguments = [
        bench.failing(),
        "-r",
        "json",
        "--reporter-json-export",
        "report.json",
    ];
    let mut newman = match newman(&bench) {
        Ok(newman) => newman,
        Err(reason) => return println!("skipped: {reason}"),
    };
    let report = || {
        let path = bench.place.path().join("report.json");
        let report: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        std::fs::remove_file(path).unwrap();
        report
    };
    newman.args(arguments).output().expect("node runs");
    let theirs = report();
    bench.ends(1, &arguments);
    let ours = report();
    assert_eq!(ours["run"]["stats"], theirs["run"]["stats"]);
    for pointer in [
        "/collection/info/name",
        "/run/executions/0/item/name",
        "/run/executions/0/cursor/position",
        "/run/executions/0/response/code",
        "/run/executions/0/response/status",
        "/run/executions/0/response/stream",
        "/run/executions/0/assertions/0/assertion",
        "/run/executions/0/assertions/0/error/message",
        "/run/executions/1/assertions",
        "/run/failures/0/at",
        "/run/failures/0/error/name",
        "/run/failures/0/error/message",
        "/run/failures/0/error/test",
        "/run/failures/0/source/name",
        "/run/transfers",
    ] {
        let theirs = theirs.pointer(pointer);
        assert!(theirs.is_some(), "newman has no {pointer}");
        assert_eq!(ours.pointer(pointer), theirs, "{pointer}");
    }

    // All that we write is there in newman's, and of the same kind; newman writes more.
    let mut alone = BTreeSet::new();
    for part in ["stats", "timings", "executions", "failures"] {
        let (mut here, mut there) = (BTreeSet::new(), BTreeSet::new());
        shape(&ours["run"][part], part, &mut here);
        shape(&theirs["run"][part], part, &mut there);
        alone.extend(here.difference(&there).cloned());
    }
    assert!(alone.is_empty(), "{alone:#?}");
}
