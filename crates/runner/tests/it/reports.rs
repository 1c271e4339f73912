//! What reporters write.

use postern_runner::report::{CliReporter, JsonReporter};
use postern_runner::{Observer, Options, RunEvent};
use serde_json::{Value, json};

use crate::echo;
use crate::played::{plan, play};

fn collection() -> Value {
    json!({"info": {"name": "Reports"}, "item": [
        {"name": "Folder", "item": [{
            "name": "Good",
            "request": {"method": "POST", "url": "{{base}}/echo", "body": {"mode": "raw", "raw": "{}"}},
            "event": [{"listen": "test", "script": {"exec": [
                "pm.test('is fine', () => pm.response.to.have.status(200));", "console.log('seen', {a: 1});",
            ]}}],
        }]},
        {
            "name": "Bad",
            "request": {"method": "GET", "url": "{{base}}/status/404"},
            "event": [{"listen": "test", "script": {"exec": [
                "pm.test('is there', () => pm.response.to.have.status(200));", "pm.test.skip('later', () => {});", "missing();",
            ]}}],
        },
    ]})
}

/// Two readers of one run.
struct Both<A, B>(A, B);

impl<A: Observer, B: Observer> Observer for Both<A, B> {
    fn on(&mut self, event: &RunEvent<'_>) {
        self.0.on(event);
        self.1.on(event);
    }
}

#[test]
fn the_terminal_and_the_summary_tell_the_same_run() {
    let server = echo::server();
    let mut text = Vec::new();
    let mut both = Both(CliReporter::new(&mut text, false), JsonReporter::new());
    play(&plan(collection(), &server, Options::default()), &mut both);
    let report = both.1.into_report();
    let text = String::from_utf8(text).unwrap();
    for expected in [
        "Reports",
        "❏ Folder",
        "→ Good",
        "✓ is fine",
        "seen {\"a\":1}",
        "1. is there",
        "- later",
        "2. ReferenceError in test-script",
        "expected response to have status code 200 but got 404",
        "inside \"Bad\"",
    ] {
        assert!(
            text.contains(expected),
            "{expected:?} is missing in:\n{text}"
        );
    }
    assert_eq!(
        report["run"]["stats"]["assertions"],
        json!({"total": 3, "pending": 0, "failed": 1})
    );
    assert_eq!(report["run"]["executions"][1]["response"]["code"], 404);
    assert_eq!(report["run"]["failures"].as_array().unwrap().len(), 2);
    assert_eq!(report["collection"]["info"]["name"], "Reports");
}
