//! What a run leaves in files, and what newman does not do: workers, quiet, watching.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use postern_egress::testing::{Answer, Received, Receiver};
use serde_json::{Value, json};

use crate::server::{PATIENCE, Place, said};

/// A place with a collection of two requests, of which the second fails its test, and what answers them.
fn place() -> (Place, Receiver) {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200));
    let place = Place::new();
    let test = |script: &str| json!([{"listen": "test", "script": {"exec": [script]}}]);
    let document = json!({"info": {"name": "Shop"}, "variable": [{"key": "seen", "value": "no"}], "item": [
        {"name": "List", "request": receiver.url("/list"), "event": test(
            "pm.test('is there', () => pm.response.to.have.status(200)); pm.collectionVariables.set('seen', 'yes'); \
             pm.environment.set('last', pm.info.iteration); pm.globals.set('all', [1]);")},
        {"name": "Buy", "request": receiver.url("/buy"), "event": test("pm.test('is made', () => pm.response.to.have.status(201));")},
    ]});
    fs::write(place.path().join("shop.json"), document.to_string()).unwrap();
    (place, receiver)
}

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read_json(place: &Place, name: &str) -> Value {
    serde_json::from_str(&read(place, name)).unwrap()
}

#[test]
fn several_reporters_write_their_files() {
    let (place, _receiver) = place();
    let ended = place.run(&[
        "run",
        "shop.json",
        "-r",
        "cli,json,junit,html,github",
        "--reporter-json-export",
        "out/run.json",
        "--reporter-junit-export",
        "out/run.xml",
        "--reporter-html-export",
        "out/run.html",
        "--reporter-html-title",
        "Nightly",
    ]);
    assert_eq!(ended.status.code(), Some(1), "{}", said(&ended.stderr));
    assert_eq!(
        read_json(&place, "out/run.json")["run"]["stats"]["assertions"]["failed"],
        1
    );
    assert!(read(&place, "out/run.xml").contains("<testsuite name=\"Buy\""));
    assert!(read(&place, "out/run.html").contains("<title>Nightly: failed</title>"));
    let text = said(&ended.stdout);
    assert!(
        text.contains("::error file=shop.json,title=Buy%3A is made::AssertionError"),
        "{text}"
    );
    assert!(text.contains("✓ is there"), "{text}");
}

#[test]
fn a_report_without_a_file_goes_where_newmans_goes() {
    let (place, _receiver) = place();
    place.run(&["run", "shop.json", "-r", "junit"]);
    let names: Vec<String> = fs::read_dir(place.path().join("newman"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        matches!(names.as_slice(), [name] if name.starts_with("newman-run-report-") && name.contains("-0.xml")),
        "{names:?}"
    );
}

#[test]
fn variables_are_exported_as_they_are_at_the_end() {
    let (place, _receiver) = place();
    place.run(&[
        "run",
        "shop.json",
        "--env-var",
        "stage=test",
        "-n",
        "2",
        "--silent",
        "--export-environment",
        "environment.json",
        "--export-globals",
        "globals.json",
        "--export-collection",
        "collection.json",
    ]);
    let value = |document: &Value, list: &str, key: &str| {
        let values = document[list].as_array().unwrap().clone();
        values
            .into_iter()
            .find(|it| it["key"] == key)
            .map(|it| it["value"].clone())
    };
    let environment = read_json(&place, "environment.json");
    assert_eq!(value(&environment, "values", "last"), Some(json!(1)));
    assert_eq!(value(&environment, "values", "stage"), Some(json!("test")));
    assert_eq!(environment["_postman_variable_scope"], "environment");
    let globals = read_json(&place, "globals.json");
    assert_eq!(value(&globals, "values", "all"), Some(json!([1])));
    let collection = read_json(&place, "collection.json");
    assert_eq!(value(&collection, "variable", "seen"), Some(json!("yes")));
    assert_eq!(collection["item"].as_array().map(Vec::len), Some(2));
}

#[test]
fn workers_report_in_the_order_of_the_iterations() {
    let (place, receiver) = place();
    let ended = place.run(&["run", "shop.json", "-n", "30", "--parallel", "3", "-x"]);
    assert_eq!(ended.status.code(), Some(0));
    let text = said(&ended.stdout);
    let order: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("Iteration "))
        .collect();
    let expected: Vec<String> = (1..=30).map(|number| format!("{number}/30")).collect();
    assert_eq!(order, expected);
    assert_eq!(receiver.requests().len(), 60);
    let refused = place.run(&["run", "shop.json", "--parallel", "0"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn quiet_shows_failures_and_totals_alone() {
    let (place, _receiver) = place();
    let ended = place.run(&["run", "shop.json", "--quiet"]);
    let text = said(&ended.stdout);
    assert!(
        text.contains("1. is made") && text.contains("assertions"),
        "{text}"
    );
    assert!(
        !text.contains("is there") && !text.contains("List"),
        "{text}"
    );
}

#[test]
fn watch_runs_again_when_a_file_changes() {
    let (place, receiver) = place();
    let mut child = place
        .command(&[
            "run",
            "shop.json",
            "--watch",
            "-r",
            "json",
            "--reporter-json-export",
            "run.json",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let wait_for = |requests: usize| {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if receiver.requests().len() >= requests {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        receiver.requests().len() >= requests
    };
    let ran = wait_for(2);
    let path = place.path().join("shop.json");
    // What can't be read now is mended by the next change.
    let document = fs::read_to_string(&path).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    fs::write(&path, "{").unwrap();
    std::thread::sleep(Duration::from_millis(700));
    fs::write(&path, document).unwrap();
    let again = wait_for(4);
    let pid = child.id().to_string();
    let asked = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(asked.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!((ran, again), (true, true));
    let mut errors = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert!(
        errors.contains("waiting for changes of shop.json"),
        "{errors}"
    );
    assert!(
        errors.contains("failed to read the collection shop.json"),
        "{errors}"
    );
}

#[test]
fn cookies_come_from_a_file_and_go_to_one() {
    let (place, receiver) = place();
    receiver.answer(Answer::status(201).header("set-cookie", "basket=full; Path=/"));
    place.run(&[
        "run",
        "shop.json",
        "--silent",
        "--export-cookie-jar",
        "jar.json",
    ]);
    assert_eq!(read_json(&place, "jar.json")["cookies"][0]["key"], "basket");
    place.run(&["run", "shop.json", "--silent", "--cookie-jar", "jar.json"]);
    let requests = receiver.requests();
    let sent = |at: usize| requests[at].header("cookie").map(str::to_owned);
    assert_eq!(
        (sent(0), sent(2)),
        (None, Some("basket=full".to_owned())),
        "the second run begins with what the first left"
    );
    fs::write(place.path().join("jar.json"), "[]").unwrap();
    let refused = place.run(&["run", "shop.json", "--cookie-jar", "jar.json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused.stderr).contains("failed to read the cookie jar jar.json"),
        "{}",
        said(&refused.stderr)
    );
}

#[test]
fn files_are_named_from_the_working_folder_and_stay_in_it() {
    let (place, receiver) = place();
    fs::create_dir(place.path().join("files")).unwrap();
    fs::write(place.path().join("files/inside.txt"), "inside").unwrap();
    fs::write(place.path().join("outside.txt"), "outside").unwrap();
    let send = |file: &str, more: &[&str]| {
        let document = json!({"info": {"name": "Files"}, "item": [{"name": "Send", "request": {
            "method": "POST", "url": receiver.url("/upload"), "body": {"mode": "file", "file": {"src": file}},
        }}]});
        fs::write(place.path().join("files.json"), document.to_string()).unwrap();
        let ended = place.run(&[&["run", "files.json", "--working-dir", "files"], more].concat());
        let sent = receiver.requests().last().map(Received::text);
        (ended.status.code(), sent.unwrap_or_default())
    };
    assert_eq!(send("inside.txt", &[]), (Some(0), "inside".to_owned()));
    assert_eq!(send("../outside.txt", &[]).1, "outside");
    let kept = send("../outside.txt", &["--no-insecure-file-read"]);
    assert_ne!(kept.1, "outside");
}
