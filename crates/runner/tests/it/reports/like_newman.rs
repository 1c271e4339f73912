//! Reports that other tools read have what newman's have.

use std::process::Command;

use postern_runner::Options;
use postern_runner::report::{JsonReporter, JunitReporter};
use serde_json::{Value, json};

use super::{All, collection};
use crate::played::{environment, plan, play};
use crate::{echo, oracle};

/// What no two runs have alike: times, stacks, and the words of JavaScript engines.
fn levelled(xml: &str) -> String {
    let mut kept = String::new();
    let mut skipping = false;
    for line in xml.lines() {
        // A stack goes on until its section ends.
        let begins = line.contains("Stacktrace: ") || line.contains("<system-err>");
        if begins {
            skipping = true;
            kept.push_str(line.split_once(": ").map_or(line, |(head, _)| head));
            kept.push('\n');
        }
        if !skipping {
            let mut line = line.to_owned();
            for name in ["time", "timestamp"] {
                if let Some((head, rest)) = line.split_once(&format!(" {name}=\"")) {
                    let rest = rest.split_once('"').map_or("", |(_, rest)| rest);
                    line = format!("{head} {name}=\"…\"{rest}");
                }
            }
            kept.push_str(&line);
            kept.push('\n');
        }
        if skipping && line.contains("]]>") {
            skipping = false;
        }
    }
    kept
}

/// Every path of keys within a value; what stands in lists is one.
fn paths(value: &Value, path: &str, found: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}.{key}");
                found.insert(path.clone());
                paths(value, &path, found);
            }
        }
        Value::Array(list) => {
            for value in list {
                paths(value, &format!("{path}[]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn junit_and_json_have_the_structure_of_newmans() {
    let Some(modules) = oracle::modules() else {
        return;
    };
    let server = echo::server();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("collection.json"), collection().to_string()).unwrap();
    std::fs::write(
        path("environment.json"),
        environment(&server).value().to_string(),
    )
    .unwrap();
    let output = Command::new("node")
        .arg(modules.join("newman/bin/newman.js"))
        .arg("run")
        .arg(path("collection.json"))
        .arg("-e")
        .arg(path("environment.json"))
        .args(["-n", "2", "-r", "junit,json", "--reporter-junit-export"])
        .arg(path("junit.xml"))
        .arg("--reporter-json-export")
        .arg(path("report.json"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");

    let options = Options {
        iterations: Some(2),
        ..Options::default()
    };
    let (mut junit, mut json) = (JunitReporter::new(), JsonReporter::new());
    let mut all = All(vec![&mut junit, &mut json]);
    play(&plan(collection(), &server, options), &mut all);

    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    assert_eq!(levelled(&junit.into_report()), levelled(&read("junit.xml")));

    let theirs: Value = serde_json::from_str(&read("report.json")).unwrap();
    let ours = json.into_report();
    assert_eq!(ours["run"]["stats"], theirs["run"]["stats"]);
    let [theirs, ours] = [theirs, ours].map(|report| {
        let mut found = std::collections::BTreeSet::new();
        paths(&report["run"], "run", &mut found);
        found
    });
    let missing: Vec<&String> = theirs
        .difference(&ours)
        .filter(|path| !LEFT_OUT.iter().any(|left_out| path.contains(left_out)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What newman's report has of its own machinery: parsed documents repeated, ids of its events, errors of Node's.
const LEFT_OUT: [&str; 15] = [
    ".item.",
    ".source.",
    ".parent.",
    ".checksum",
    ".error.id",
    ".error.type",
    ".timestamp",
    ".stacktrace",
    ".scriptId",
    ".execution",
    ".errno",
    ".syscall",
    ".code",
    ".address",
    ".error.port",
];

#[test]
fn junit_counts_failures_of_all_iterations() {
    let server = echo::server();
    let flaky = json!({"info": {"name": "Flaky"}, "item": [{
        "name": "Now and then", "request": "{{base}}/echo",
        "event": [{"listen": "test", "script": {"exec": ["pm.test('first only', () => pm.expect(pm.info.iteration).to.equal(0))"]}}],
    }]});
    let options = Options {
        iterations: Some(3),
        ..Options::default()
    };
    let mut junit = JunitReporter::new();
    play(&plan(flaky, &server, options), &mut junit);
    let xml = junit.into_report();
    assert!(xml.contains("failures=\"2\""), "{xml}");
    assert!(xml.contains("<![CDATA[Failed 2 times.]]>"), "{xml}");
}
