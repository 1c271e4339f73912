//! A run ends when it must, and says so.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use postern_runner::{Options, RunEvent};
use serde_json::{Value, json};

use crate::echo;
use crate::played::{nobody, plan, play};

fn collection(item: &[Value]) -> Value {
    json!({"info": {"name": "Bounds"}, "item": item})
}

fn request(name: &str, path: &str, test: &str) -> Value {
    json!({
        "name": name,
        "request": {"method": "GET", "url": format!("{{{{base}}}}{path}")},
        "event": [{"listen": "test", "script": {"exec": [test]}}],
    })
}

#[test]
fn a_receiver_that_hangs_costs_its_deadline_and_no_more() {
    let server = Receiver::start();
    server.answer(Answer::hang());
    let options = Options {
        request_timeout: Some(Duration::from_millis(300)),
        ..Options::default()
    };
    let summary = play(
        &plan(collection(&[request("Slow", "/", "")]), &server, options),
        &mut nobody,
    );
    assert_eq!(summary.failures[0].cause.message, "ESOCKETTIMEDOUT");
    assert!(
        summary.duration < Duration::from_secs(5),
        "{:?}",
        summary.duration
    );
}

#[test]
fn a_run_that_takes_too_long_is_aborted() {
    let server = echo::server();
    let options = Options {
        timeout: Some(Duration::from_millis(500)),
        iterations: Some(1_000_000),
        ..Options::default()
    };
    let summary = play(
        &plan(
            collection(&[request("Again", "/echo", "")]),
            &server,
            options,
        ),
        &mut nobody,
    );
    assert!(summary.aborted && summary.failed());
    assert!(
        summary.duration < Duration::from_secs(5),
        "{:?}",
        summary.duration
    );
}

#[test]
fn an_endless_script_ends_and_the_run_goes_on() {
    let server = echo::server();
    let options = Options {
        script_timeout: Duration::from_millis(300),
        ..Options::default()
    };
    let items = [
        request("Endless", "/echo", "for (;;) {}"),
        request("Next", "/echo", "pm.test('goes on', () => {});"),
    ];
    let summary = play(&plan(collection(&items), &server, options), &mut nobody);
    assert_eq!(
        (summary.test_scripts.total, summary.test_scripts.failed),
        (2, 1)
    );
    assert_eq!(
        (summary.assertions.total, summary.assertions.failed),
        (1, 0)
    );
}

#[test]
fn an_answer_that_is_too_large_is_a_failure() {
    let server = Receiver::start();
    server.answer(Answer::endless());
    let options = Options {
        max_response: 100_000,
        ..Options::default()
    };
    let summary = play(
        &plan(collection(&[request("Large", "/", "")]), &server, options),
        &mut nobody,
    );
    assert_eq!(summary.requests.failed, 1);
}

#[test]
fn a_stopped_run_makes_no_more_requests() {
    let server = echo::server();
    let items = [request("One", "/echo", ""), request("Two", "/echo", "")];
    let plan = plan(collection(&items), &server, Options::default());
    let stop = plan.stop.clone();
    let mut observer = move |event: &RunEvent<'_>| {
        if matches!(event, RunEvent::StepEnded { .. }) {
            stop.cancel();
        }
    };
    let summary = play(&plan, &mut observer);
    assert!(summary.aborted);
    assert_eq!(server.requests().len(), 1);
}
