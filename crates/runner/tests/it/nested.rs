//! `pm.execution.runRequest`: a request of the collection, run while a script waits.

use postern_runner::Options;
use postern_runner::report::JsonReporter;
use serde_json::{Value, json};

use crate::echo;
use crate::played::{plan, play};

/// Runs the collection's request `asking`, whose test is this script, beside a request `asked`; the names of what was
/// tested, with what was wrong, and what the server was asked.
fn run(asking: &str, asked: &Value) -> (Vec<String>, Vec<String>) {
    let server = echo::server();
    let collection = json!({
        "info": {"name": "Case", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [
            {"name": "asking", "request": "{{base}}/asking", "event": [{"listen": "test", "script": {"exec": asking}}]},
            {"name": "shelf", "item": [asked]},
        ],
    });
    let options = Options {
        folders: vec!["asking".to_owned()],
        ..Options::default()
    };
    let mut reporter = JsonReporter::new();
    let summary = play(&plan(collection, &server, options), &mut reporter);
    let mut told = Vec::new();
    for failure in &summary.failures {
        told.push(format!("{}: {}", failure.cause.name, failure.cause.message));
    }
    let report = reporter.into_report();
    for execution in report["run"]["executions"].as_array().unwrap() {
        for assertion in execution["assertions"].as_array().into_iter().flatten() {
            told.push(assertion["assertion"].as_str().unwrap().to_owned());
        }
    }
    let seen = server.requests();
    (
        told,
        seen.into_iter().map(|request| request.target).collect(),
    )
}

fn asked(before: &str, after: &str) -> Value {
    json!({
        "name": "asked", "id": "7c0c2a6e-3f0f-4c9e-9a30-0b6f6f3a1c11", "request": "{{base}}/asked?who={{who}}",
        "event": [
            {"listen": "prerequest", "script": {"exec": before}},
            {"listen": "test", "script": {"exec": after}},
        ],
    })
}

#[test]
fn a_script_runs_a_request_with_its_scripts_and_gets_its_response() {
    let (told, seen) = run(
        r"
        pm.environment.set('from', 'asking');
        const one = await pm.execution.runRequest('asked', { variables: { who: 'by-name' } });
        pm.test(`${one.code} ${one.json().target} ${pm.environment.get('left')} ${pm.variables.has('who')}`);
        const two = await pm.execution.runRequest('7c0c2a6e-3f0f-4c9e-9a30-0b6f6f3a1c11', { variables: { who: 'by-id' } });
        pm.test(two.json().target);
        ",
        &asked(
            "pm.environment.set('left', 'left by what ' + pm.environment.get('from') + ' asked');",
            "pm.expect(pm.response.code).to.equal(200);",
        ),
    );
    assert_eq!(
        told,
        [
            "200 /asked?who=by-name left by what asking asked false",
            "/asked?who=by-id"
        ]
    );
    assert_eq!(seen, ["/asking", "/asked?who=by-name", "/asked?who=by-id"]);
}

#[test]
fn a_request_that_skips_itself_brings_null() {
    let (told, seen) = run(
        "pm.test(String(await pm.execution.runRequest('asked')));",
        &asked("pm.execution.skipRequest();", ""),
    );
    assert_eq!(told, ["null"]);
    assert_eq!(seen, ["/asking"]);
}

#[test]
fn what_is_not_there_is_an_error() {
    let (told, _) = run(
        r"
        await pm.execution.runRequest('nobody').catch((error) => pm.test(error.message));
        await pm.execution.runRequest('').catch((error) => pm.test(error.message));
        ",
        &asked("", ""),
    );
    assert_eq!(
        told,
        [
            "the collection has no request \"nobody\"",
            "runRequest: collection request id not provided"
        ]
    );
}

#[test]
fn requests_that_run_each_other_end() {
    let (told, seen) = run(
        "await pm.execution.runRequest('asked'); pm.test('ended');",
        &asked("", "await pm.execution.runRequest('asked');"),
    );
    assert_eq!(seen.len(), 6);
    assert!(told.contains(&"ended".to_owned()), "{told:?}");
    assert!(
        told[0].contains("Exceeded max number of requests"),
        "{told:?}"
    );
}
