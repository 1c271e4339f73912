//! What reporters write.

mod like_newman;

use postern_runner::report::{
    CliOptions, CliReporter, GithubReporter, HtmlReporter, JsonReporter, ProgressReporter,
};
use postern_runner::{Observer, Options, RunEvent};
use serde_json::{Value, json};

use crate::echo;
use crate::played::{plan, play};

fn collection() -> Value {
    json!({"info": {"name": "Reports", "_postman_id": "11111111-2222-4333-8444-555555555555"}, "item": [
        {"name": "Folder", "item": [{
            "name": "Good <b>", "id": "good",
            "request": {"method": "POST", "url": "{{base}}/echo?a=1", "body": {"mode": "raw", "raw": "{\"sent\":\"</pre>\"}"}},
            "event": [{"listen": "test", "script": {"exec": [
                "pm.test('is fine', () => pm.response.to.have.status(200));", "console.log('seen', {a: 1});",
            ]}}],
        }]},
        {
            "name": "Bad", "id": "bad",
            "request": {"method": "GET", "url": "{{base}}/status/404"},
            "event": [{"listen": "test", "script": {"exec": [
                "pm.test('is there', () => pm.response.to.have.status(200));", "pm.test.skip('later', () => {});", "missing();",
            ]}}],
        },
        {"name": "Nobody there", "id": "nobody", "request": {"method": "GET", "url": "http://127.0.0.1:1/"}},
    ]})
}

/// Several readers of one run.
struct All<'a>(Vec<&'a mut (dyn Observer + Send)>);

impl Observer for All<'_> {
    fn on(&mut self, event: &RunEvent<'_>) {
        for reader in &mut self.0 {
            reader.on(event);
        }
    }
}

/// What the terminal shows of the run.
fn shown(options: CliOptions) -> String {
    let server = echo::server();
    let mut text = Vec::new();
    let mut reporter = CliReporter::new(&mut text, options);
    play(
        &plan(collection(), &server, Options::default()),
        &mut reporter,
    );
    String::from_utf8(text).unwrap()
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

fn assert_lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "{part:?} is in:\n{text}");
    }
}

#[test]
fn all_reporters_tell_the_same_run() {
    let server = echo::server();
    let (mut text, mut notes, mut bar) = (Vec::new(), Vec::new(), Vec::new());
    let mut cli = CliReporter::new(&mut text, CliOptions::default());
    let mut github = GithubReporter::new(&mut notes, Some("reports.json".to_owned()));
    let mut progress = ProgressReporter::new(&mut bar);
    let (mut json, mut html) = (JsonReporter::new(), HtmlReporter::new(None));
    let mut all = All(vec![
        &mut cli,
        &mut github,
        &mut progress,
        &mut json,
        &mut html,
    ]);
    play(&plan(collection(), &server, Options::default()), &mut all);

    let [text, notes, bar] = [text, notes, bar].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_has(
        &text,
        &[
            "Reports",
            "❏ Folder",
            "↳ Good <b>",
            "✓ is fine",
            "seen {\"a\":1}",
            "→ Bad",
            "1. is there",
            "- later",
            "2· ReferenceError in test-script",
            "expected response to have status code 200 but got 404",
            "inside \"Bad\"",
            "connect ECONNREFUSED 127.0.0.1:1",
        ],
    );
    assert_has(
        &notes,
        &[
            "::error file=reports.json,title=Bad%3A is there::AssertionError: expected response to have status code 200 but got 404 (iteration 1)\n",
            "::error file=reports.json,title=Bad%3A test-script::ReferenceError: ",
            "::error file=reports.json,title=Nobody there::Error: connect ECONNREFUSED 127.0.0.1:1 (iteration 1)\n",
            "::notice file=reports.json,title=Reports::1 of 3 tests failed, 1 of 3 requests failed\n",
        ],
    );
    assert_has(&bar, &["100 %  3/3 requests, 3 failed, "]);

    let run = &json.into_report()["run"];
    assert_eq!(
        run["stats"]["assertions"],
        json!({"total": 3, "pending": 0, "failed": 1})
    );
    assert_eq!(run["executions"][1]["response"]["code"], 404);
    assert_eq!(run["failures"].as_array().unwrap().len(), 3);
    assert_eq!(run["failures"][0]["source"]["id"], "bad");

    let page = html.into_report();
    assert_has(
        &page,
        &[
            "<span class=\"verdict failed\">failed</span> Reports",
            "<b>Good &lt;b&gt;</b>",
            "&lt;/pre&gt;",
            "<li class=\"skipped\">later</li>",
            "failed <b>2</b>",
        ],
    );
    assert_lacks(&page, &["Good <b>", "src=", "href="]);
}

#[test]
fn the_terminal_shows_what_its_options_say() {
    let quiet = shown(CliOptions {
        quiet: true,
        ..CliOptions::default()
    });
    assert_has(&quiet, &["→ Bad", "1. is there", "assertions"]);
    assert_lacks(&quiet, &["Good <b>", "is fine", "seen", "later"]);

    let verbose = shown(CliOptions {
        verbose: true,
        ..CliOptions::default()
    });
    assert_has(
        &verbose,
        &[
            "{\"sent\":\"</pre>\"}",
            "headers",
            "dns-lookup (cache)",
            "transfer-start ",
        ],
    );

    let bare = shown(CliOptions {
        ascii: true,
        no_banner: true,
        no_summary: true,
        no_failures: true,
        no_console: true,
        no_success_assertions: true,
        timestamps: Some(|| 0),
        ..CliOptions::default()
    });
    assert!(bare.is_ascii(), "{bare}");
    assert_has(
        &bare,
        &["-> Good <b>", "1. is there", "[1970-01-01T00:00:00.000Z] "],
    );
    assert_lacks(
        &bare,
        &["postern", "is fine", "seen", "iterations", "inside"],
    );

    let silent = shown(CliOptions {
        no_assertions: true,
        ..CliOptions::default()
    });
    assert_lacks(&silent, &["1. is there\n", "✓ is fine"]);
}
