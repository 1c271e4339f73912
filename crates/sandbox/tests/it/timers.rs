//! Timers.

use std::time::Duration;

use postern_sandbox::{Listen, SandboxError, Turn};
use serde_json::json;

use crate::harness::{all_hold, lines, run_test, sandbox, scope, script};

#[test]
fn timers_fire_in_the_order_of_their_time() {
    let outcome = run_test(
        r#"
        setTimeout(() => console.log("20"), 20);
        setTimeout((a, b) => console.log("5", a, b), 5, 1, 2);
        setImmediate(() => console.log("immediate"));
        const cleared = setTimeout(() => console.log("never"), 1);
        clearTimeout(cleared);
        let count = 0;
        const interval = setInterval(() => { console.log("interval"); if (++count === 3) clearInterval(interval); }, 1);
        queueMicrotask(() => console.log("microtask"));
        console.log("now");
        "#,
        &scope(),
    );
    let lines = lines(&outcome);
    assert_eq!(lines[0], json!(["now"]));
    assert_eq!(lines[1], json!(["microtask"]));
    assert_eq!(lines[2], json!(["immediate"]));
    assert_eq!(
        lines
            .iter()
            .filter(|line| **line == json!(["interval"]))
            .count(),
        3
    );
    assert!(lines.contains(&json!(["5", 1, 2])));
    let place = |line| lines.iter().position(|it| *it == line);
    assert!(place(json!(["5", 1, 2])) < place(json!(["20"])));
    assert!(!lines.contains(&json!(["never"])));
}

#[test]
fn the_caller_learns_when_to_come_back() {
    let mut sandbox = sandbox();
    let source = "setTimeout(() => pm.test('late', () => {}), 400)";
    sandbox
        .start(script(Listen::Test, source), scope())
        .unwrap();
    let Turn::Waiting {
        calls,
        wake_in: Some(wake_in),
    } = sandbox.turn().unwrap()
    else {
        panic!("the script waits for its timer");
    };
    assert!(calls.is_empty());
    assert!(
        wake_in > Duration::from_millis(50) && wake_in <= Duration::from_millis(401),
        "{wake_in:?}"
    );
    // Too early: nothing happens.
    assert!(matches!(sandbox.turn().unwrap(), Turn::Waiting { .. }));
    std::thread::sleep(wake_in);
    let Turn::Done(outcome) = sandbox.turn().unwrap() else {
        panic!("the timer was due");
    };
    assert_eq!(outcome.tests.len(), 1);
    assert!(matches!(sandbox.turn(), Err(SandboxError::Idle)));
}

#[test]
fn an_ordinary_pause_works() {
    all_hold(
        "await new Promise((done) => setTimeout(done, 5)); pm.test('after', () => {});",
        &scope(),
    );
}
