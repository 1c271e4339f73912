//! The JSON report has newman's shape.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Bench;

fn read(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap()
}

/// The only report in a folder, by newman's name.
fn only(folder: &Path) -> PathBuf {
    let mut entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let (path, none) = (entries.next().unwrap(), entries.next());
    assert_eq!(none, None);
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("newman-run-report-2"), "{name}");
    assert!(name.ends_with("-0.json"), "{name}");
    path
}

#[test]
fn it_tells_what_was_run_and_what_failed() {
    let bench = Bench::new();
    let arguments = [
        "--reporters",
        "json",
        "--reporter-json-export",
        "a/b/report.json",
    ];
    let failing = bench.failing();
    let printed = bench.ends(
        1,
        &[&[failing, "--env-var", "tag=dog"], &arguments[..]].concat(),
    );
    assert_eq!(
        (printed.out.as_str(), printed.errors.as_str()),
        ("", ""),
        "it goes to the file"
    );

    let report = read(&bench.place.path().join("a/b/report.json"));
    assert_eq!(report["collection"]["info"]["name"], "Pets");
    assert_eq!(
        report["environment"]["values"],
        json!([{"type": "any", "key": "tag", "value": "dog"}])
    );
    let run = &report["run"];
    assert_eq!(run["error"], Value::Null);
    let count = |total: u32, failed: u32| json!({"total": total, "pending": 0, "failed": failed});
    for (what, expected) in [
        ("iterations", count(1, 0)),
        ("items", count(2, 0)),
        ("requests", count(2, 0)),
        ("scripts", count(2, 0)),
        ("testScripts", count(2, 0)),
        ("prerequestScripts", count(0, 0)),
        ("assertions", count(2, 1)),
    ] {
        assert_eq!(run["stats"][what], expected, "{what}");
    }

    let executions = run["executions"].as_array().unwrap();
    let told: Vec<Value> = executions
        .iter()
        .map(|it| {
            json!([
                it["item"]["name"],
                it["cursor"]["position"],
                it["cursor"]["iteration"],
                it["request"]["method"],
                it["response"]["code"],
                it["assertions"][0]["assertion"],
                it["assertions"][0]["error"]["name"],
            ])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!(["Lost", 0, 0, "GET", 404, "is there", "AssertionError"]),
            json!(["List", 1, 0, "GET", 200, "is there", null]),
        ]
    );
    let answer = &executions[1]["response"];
    assert_eq!(
        answer["stream"],
        json!({"type": "Buffer", "data": b"[\"Rex\"]".to_vec()})
    );
    assert_eq!(answer["responseSize"], 7);

    let [failure] = &run["failures"].as_array().unwrap()[..] else {
        panic!("one failure in {run}")
    };
    assert_eq!(failure["error"]["name"], "AssertionError");
    assert_eq!(failure["error"]["test"], "is there");
    assert_eq!(
        failure["error"]["message"],
        "expected response to have status code 200 but got 404"
    );
    assert_eq!(failure["at"], "assertion:0 in test-script");
    assert_eq!(failure["source"]["name"], "Lost");

    let timing = |what: &str| {
        run["timings"][what]
            .as_f64()
            .unwrap_or_else(|| panic!("{what}: {run}"))
    };
    assert!(timing("started") <= timing("completed"));
    assert!(timing("responseMin") <= timing("responseAverage"));
    assert!(timing("responseAverage") <= timing("responseMax"));
    assert_eq!(run["transfers"]["responseTotal"], 7);
}

#[test]
fn both_reporters_report_and_silence_is_for_the_terminal_only() {
    let bench = Bench::new();
    let file = bench.place.path().join("report.json");
    let arguments = [
        "pets.json",
        "-r",
        "cli,json",
        "--reporter-json-export",
        "report.json",
    ];
    let printed = bench.ends(0, &arguments);
    assert!(printed.out.contains("✓ is made"), "{printed:?}");
    assert_eq!(read(&file)["run"]["stats"]["requests"]["total"], 3);

    fs::remove_file(&file).unwrap();
    let printed = bench.ends(0, &[&arguments[..], &["--silent"]].concat());
    assert_eq!(printed.out, "");
    assert_eq!(read(&file)["run"]["failures"], json!([]));
}

#[test]
fn it_gets_newmans_name_where_it_is_told_none() {
    let bench = Bench::new();
    bench.ends(0, &["pets.json", "-r", "json"]);
    let path = only(&bench.place.path().join("newman"));
    assert_eq!(read(&path)["run"]["stats"]["requests"]["total"], 3);

    let folder = bench.place.path().join("reports");
    fs::create_dir(&folder).unwrap();
    bench.ends(
        0,
        &[
            "pets.json",
            "-r",
            "json",
            "--reporter-json-export",
            "reports",
        ],
    );
    assert_eq!(read(&only(&folder))["run"]["stats"]["requests"]["total"], 3);
}

#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let bench = Bench::new();
    let printed = bench.ends(
        1,
        &[
            "pets.json",
            "-r",
            "json",
            "--reporter-json-export",
            "pets.json/report.json",
        ],
    );
    let expected = "error: failed to make the folder pets.json: ";
    assert!(printed.errors.starts_with(expected), "{printed:?}");
}
