//! newman is the oracle: each collection of the folder `newman/` is run by newman and by us against the same server, and what the
//! server saw, each assertion and the totals are compared.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use postern_egress::testing::{Received, Receiver};
use postern_runner::report::JsonReporter;
use postern_runner::{Files, Options};
use serde_json::{Value, json};

use crate::chance;
use crate::echo;
use crate::oracle;
use crate::played::{environment, plan, play, rows};

/// How long newman may take, and how often its report is looked for.
const PATIENCE: Duration = Duration::from_mins(2);
const LOOK: Duration = Duration::from_millis(50);

/// Headers that no two programs, or no two runs, send alike.
const OWN: [&str; 2] = ["user-agent", "postman-token"];

/// What a run left: what the server saw, and what the summary says.
#[derive(Debug, PartialEq)]
struct Trace {
    seen: Vec<Value>,
    executions: Vec<Value>,
    failures: Vec<Value>,
    stats: Value,
}

fn trace(requests: &[Received], report: &Value) -> Trace {
    let boundary = |text: &str| {
        let dashes = "-".repeat(26);
        let mut kept = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(&dashes) {
            kept.push_str(&rest[..at]);
            kept.push_str("<boundary>");
            rest = rest[at..]
                .trim_start_matches('-')
                .trim_start_matches(|letter: char| letter.is_ascii_digit());
        }
        kept + rest
    };
    let seen = requests.iter().map(|request| {
        let mut headers: Vec<String> = request
            .headers
            .iter()
            .filter(|(name, _)| !OWN.contains(&name.to_lowercase().as_str()))
            .map(|(name, value)| (name.to_lowercase(), boundary(value)))
            .map(|(name, value)| match name.as_str() {
                "authorization" => format!("{name}: {}", chance::left_out_of(&value)),
                _ => format!("{name}: {value}"),
            })
            .collect();
        headers.sort();
        json!({"method": request.method, "target": request.target, "headers": headers, "body": boundary(&request.text())})
    });
    let run = &report["run"];
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    // newman repeats an execution for each request that its scripts send: compare what was tested, once for each step.
    let mut executions: Vec<Value> = Vec::new();
    for execution in list(&run["executions"]) {
        let at = [
            &execution["cursor"]["iteration"],
            &execution["item"]["name"],
            &execution["cursor"]["ref"],
        ]
        .map(Clone::clone);
        let assertions: Vec<Value> = list(&execution["assertions"])
            .iter()
            .map(|it| json!({"name": it["assertion"], "skipped": it["skipped"], "error": it["error"]["message"], "kind": it["error"]["name"]}))
            .collect();
        let told =
            json!({"iteration": at[0], "name": at[1], "assertions": assertions, "ref": at[2]});
        if executions.last() != Some(&told) || told["ref"].is_null() {
            executions.push(told);
        }
    }
    for execution in &mut executions {
        execution.as_object_mut().unwrap().remove("ref");
    }
    // With --bail newman adds a failure that only says so.
    let failures = list(&run["failures"])
        .iter()
        .filter(|it| it["error"]["name"] != "AssertionFailure")
        .map(|it| json!({"at": it["at"], "name": it["error"]["name"], "message": it["error"]["message"]}))
        .collect();
    let stats = [
        "iterations",
        "requests",
        "assertions",
        "testScripts",
        "prerequestScripts",
    ]
    .iter()
    .map(|&name| (name.to_owned(), run["stats"][name].clone()))
    .collect::<serde_json::Map<_, _>>();
    Trace {
        seen: seen.collect(),
        executions,
        failures,
        stats: stats.into(),
    }
}

fn by_newman(newman: &Path, case: &Value, server: &Receiver, folder: &Path) -> Trace {
    let file = |name: &str, value: &Value| {
        let path = folder.join(name);
        std::fs::write(&path, value.to_string()).unwrap();
        path
    };
    let report = folder.join("report.json");
    // It may be asked again.
    let _ = std::fs::remove_file(&report);
    let mut command = Command::new("node");
    command
        .arg(newman)
        .arg("run")
        .arg(file("collection.json", &case["collection"]));
    command
        .arg("-e")
        .arg(file("environment.json", environment(server).value()));
    command
        .args(["--reporters", "json", "--reporter-json-export"])
        .arg(&report);
    if !case["data"].is_null() {
        command.arg("-d").arg(file("data.json", &case["data"]));
    }
    if let Some(count) = case["iterations"].as_u64() {
        command.args(["-n", &count.to_string()]);
    }
    for name in case["folders"].as_array().into_iter().flatten() {
        command.args(["--folder", name.as_str().unwrap()]);
    }
    if case["bail"] == true {
        command.arg("--bail");
    }
    command.arg("--working-dir").arg(folder);
    if case["secure"] == true {
        command.arg("--no-insecure-file-read");
    }
    let report = report_of(command, &report);
    trace(&server.requests(), &report)
}

/// newman's report. newman now and then keeps a file and a connection open that it has no use for any more (with file fields behind a field
/// with several files), and then it never ends: when its report is whole, it is done, and need not be waited for.
fn report_of(mut command: Command, path: &Path) -> Value {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
    let mut newman = quiet.stderr(Stdio::null()).spawn().unwrap();
    let read = || {
        let text = std::fs::read(path).ok()?;
        serde_json::from_slice::<Value>(&text).ok()
    };
    for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
        let ended = newman.try_wait().unwrap();
        if let Some(report) = read() {
            newman.kill().unwrap();
            newman.wait().unwrap();
            return report;
        }
        assert!(ended.is_none(), "newman wrote no report: {command:?}");
        std::thread::sleep(LOOK);
    }
    newman.kill().unwrap();
    panic!("newman did not end: {command:?}");
}

fn by_us(case: &Value, server: &Receiver, folder: &Path) -> Trace {
    let options = Options {
        iterations: case["iterations"]
            .as_u64()
            .and_then(|count| u32::try_from(count).ok()),
        folders: case["folders"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect(),
        bail: case["bail"] == true,
        files: Files::Local {
            working_dir: folder.to_owned(),
            insecure_file_read: case["secure"] != true,
        },
        ..Options::default()
    };
    let mut plan = plan(case["collection"].clone(), server, options);
    plan.data = rows(&case["data"]);
    let mut reporter = JsonReporter::new();
    play(&plan, &mut reporter);
    trace(&server.requests(), &reporter.into_report())
}

/// Where two traces differ, in words.
fn differences(newman: &Trace, ours: &Trace) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, newman: &[Value], ours: &[Value]| {
        for at in 0..newman.len().max(ours.len()) {
            if newman.get(at) != ours.get(at) {
                found.push(format!(
                    "{what} {at}:\n  newman {:?}\n  ours   {:?}",
                    newman.get(at).map(Value::to_string),
                    ours.get(at).map(Value::to_string)
                ));
            }
        }
    };
    compare("request", &newman.seen, &ours.seen);
    compare("execution", &newman.executions, &ours.executions);
    compare("failure", &newman.failures, &ours.failures);
    compare(
        "totals",
        std::slice::from_ref(&newman.stats),
        std::slice::from_ref(&ours.stats),
    );
    found
}

#[test]
fn every_collection_does_with_newman_what_it_does_with_us() {
    let Some(newman) = oracle::modules().map(|folder| folder.join("newman/bin/newman.js")) else {
        return;
    };
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/newman");
    let mut files: Vec<PathBuf> = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 150, "the suite has lost collections");
    let mut report = String::new();
    // While one works at a few of them: `CASES=url,cookies cargo nextest run -p postern-runner newman` runs those with one of these
    // in their names.
    let wanted = std::env::var_os("CASES").unwrap_or_default();
    let wanted = wanted.to_string_lossy();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if !wanted.split(',').any(|part| name.contains(part)) {
            println!("left out for CASES: {name}");
            continue;
        }
        let case: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in case["files"].as_object().into_iter().flatten() {
            std::fs::write(folder.path().join(name), content.as_str().unwrap()).unwrap();
        }
        // Each has a server of its own, so that what one left behind can't help the other.
        let first = echo::server();
        let theirs = by_newman(&newman, &case, &first, folder.path());
        let port = first.address().port();
        drop(first);
        let second = echo::server_on(port);
        let ours = by_us(&case, &second, folder.path());
        drop(second);
        let mut found = differences(&theirs, &ours);
        // newman races with itself over the size of a file that it sends: what it does otherwise the next time is no rule of its
        // own. We are asked once.
        for _ in 0..2 {
            if found.is_empty() {
                break;
            }
            println!("{name}: newman is asked again");
            let again = echo::server_on(port);
            found = differences(&by_newman(&newman, &case, &again, folder.path()), &ours);
        }
        for difference in found {
            report.push_str(&format!("{name}: {difference}\n"));
        }
    }
    assert!(report.is_empty(), "{report}");
}
