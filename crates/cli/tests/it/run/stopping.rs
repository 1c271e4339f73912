//! A run is watched while it goes on, and ends when it is told to.

use std::process::Stdio;
use std::time::Duration;

use postern_egress::testing::Answer;
use serde_json::json;
use tokio::time::Instant;

use super::{Bench, collection};
use crate::server::{PATIENCE, Program, said};

#[test]
fn what_happens_is_told_at_once_and_ctrl_c_ends_the_run_with_its_totals() {
    let bench = Bench::new();
    let items = json!([
        bench.get("List", "/pets", "pm.test('is there', () => {});"),
        bench.get("Silent", "/silent", ""),
        bench.get("Look", "/pets/1", ""),
    ]);
    bench.file("silent.json", collection(&items).to_string());
    let arguments = [
        "run",
        "silent.json",
        "-r",
        "cli,json",
        "--reporter-json-export",
        "report.json",
    ];
    let program = Program::start(bench.place.command(&arguments));
    // The second request is never answered: what is told before the end is told while it waits.
    program.says("✓ is there");
    program.says("→ Silent");
    bench.api.wait_for_blocking(2, PATIENCE);

    let asked = Instant::now();
    program.signal(libc::SIGINT);
    let output = program.ended();
    assert!(asked.elapsed() < Duration::from_secs(10));
    let out = said(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{out}{}",
        said(&output.stderr)
    );
    assert!(out.contains("the run was aborted"), "{out}");
    assert!(!out.contains("→ Look"), "{out}");
    assert_eq!(bench.asked(), ["GET /pets", "GET /silent"]);
    let report = std::fs::read_to_string(bench.place.path().join("report.json")).unwrap();
    assert!(report.contains("the run was aborted"), "{report}");
}

#[test]
fn ctrl_c_ends_the_wait_for_a_file_that_never_comes() {
    let bench = Bench::new();
    let document = std::fs::read(bench.place.path().join("pets.json")).unwrap();
    bench.api.answer(Answer::status(200).body(document));
    let url = bench.api.url("/collection");
    let mut command = bench.place.command(&["run", &url, "-e", "-"]);
    // A pipe to which nobody writes.
    command.stdin(Stdio::piped());
    let program = Program::start(command);
    // From here on it listens to signals, and what it reads next is stdin.
    bench.api.wait_for_blocking(1, PATIENCE);
    std::thread::sleep(Duration::from_millis(300));

    let asked = Instant::now();
    program.signal(libc::SIGINT);
    let output = program.ended();
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        said(&output.stderr),
        "error: failed to run the collection: it was stopped before it began\n"
    );
}

#[test]
fn a_script_that_can_not_be_interrupted_ends_the_program_and_says_why() {
    let bench = Bench::new();
    let endless = "const a = []; a[2 ** 32 - 2] = 1; a.sort();";
    let items = json!([bench.get("Endless", "/pets", endless)]);
    bench.file("endless.json", collection(&items).to_string());
    let asked = Instant::now();
    let output = bench
        .place
        .run(&["run", "endless.json", "--timeout-script", "300"]);
    let took = asked.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert_eq!(output.status.code(), Some(1));
    let errors = said(&output.stderr);
    assert!(
        errors.contains("could not be interrupted at its limit of 300 ms"),
        "{errors}"
    );
}
