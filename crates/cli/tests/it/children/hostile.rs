//! Scripts that want to harm: each ends at its run's deadline at the latest, and nobody else notices.

use std::fs;

use chrono::{DateTime, Utc};
use postern_egress::testing::{Answer, Receiver};
use serde_json::Value;

use super::{DEADLINE, collection, first_failure, monitor, place, run, status};
use crate::server::Server;

/// Inside these calls the script engine looks at no clock, for seconds or for ever.
const UNINTERRUPTIBLE: [(&str, &str); 9] = [
    ("sparse sort", "const a = []; a[2 ** 32 - 2] = 1; a.sort();"),
    (
        "reverse",
        "Array.prototype.reverse.call({length: 2 ** 53 - 1});",
    ),
    (
        "concat",
        "Array.prototype.concat.call([], Object.assign([], {length: 2 ** 32 - 1}));",
    ),
    (
        "replaceAll",
        "'a'.repeat(1e6).replaceAll('a', () => ''); for (;;) 'a'.repeat(1e6).replaceAll('a', 'b');",
    ),
    ("normalize", "for (;;) 'é'.repeat(1e6).normalize('NFD');"),
    ("indexOf", "'a'.repeat(2e7).indexOf('a'.repeat(1e7) + 'b');"),
    ("join", "new Array(2 ** 28).join('');"),
    ("BigInt", "for (;;) (1n << 1000000n).toString();"),
    (
        "DAG",
        "let a = []; for (let i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a);",
    ),
];

/// Those of them that are known to go on for ever.
const ENDLESS: [&str; 2] = ["sparse sort", "reverse"];

fn seconds(run: &Value) -> f64 {
    let at = |name: &str| -> DateTime<Utc> { run["info"][name].as_str().unwrap().parse().unwrap() };
    (at("finishedAt") - at("startedAt")).as_seconds_f64()
}

fn resident_kib(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_script_that_can_not_be_interrupted_ends_with_its_runs_deadline() {
    let api = Receiver::start();
    let place = place();
    let server = place.serve();
    let url = api.url("/");
    let good = collection(
        &url,
        "pm.test('is there', () => pm.response.to.have.status(200));",
    );
    let good = monitor(&server, &good).await;
    for (name, script) in UNINTERRUPTIBLE {
        let hostile = monitor(&server, &collection(&url, script)).await;
        let (hostile, other) = tokio::join!(run(&server, &hostile), run(&server, &good));
        let took = seconds(&hostile);
        assert!(took <= f64::from(DEADLINE + 1), "{name} took {took} s");
        assert!(
            matches!(status(&hostile), "abort" | "error"),
            "{name}: {hostile}"
        );
        if ENDLESS.contains(&name) {
            let why = first_failure(&hostile);
            assert_eq!(status(&hostile), "abort", "{name}: {why}");
            assert!(why.contains("could not be interrupted"), "{name}: {why}");
        }
        assert_eq!(status(&other), "success", "beside {name}: {other}");
        assert!(
            seconds(&other) < f64::from(DEADLINE),
            "beside {name}: {other}"
        );
    }
    assert_eq!(status(&run(&server, &good).await), "success");
    server.stop();
}

#[tokio::test]
async fn what_happened_before_the_kill_is_kept() {
    let api = Receiver::start();
    let server_place = place();
    let server = server_place.serve();
    let mut two = collection(
        &api.url("/"),
        "console.log('first'); pm.test('good', () => {});",
    );
    let mut second = two["item"][0].clone();
    second["name"] = "Never ends".into();
    second["event"][0]["script"]["exec"][0] = UNINTERRUPTIBLE[0].1.into();
    two["item"].as_array_mut().unwrap().push(second);
    let two = monitor(&server, &two).await;
    let killed = run(&server, &two).await;
    assert_eq!(status(&killed), "abort");
    assert_eq!(killed["executions"][0]["item"]["name"], "Ask");
    assert_eq!(killed["stats"]["assertions"]["total"], 1, "{killed}");
    assert!(killed["console"].to_string().contains("first"));
    server.stop();
}

#[tokio::test]
async fn memory_bombs_take_nothing_from_the_server() {
    let api = Receiver::start();
    let place = place();
    let server = place.serve();
    let url = api.url("/");
    let good = collection(
        &url,
        "pm.test('is there', () => pm.response.to.have.status(200));",
    );
    let good = monitor(&server, &good).await;
    assert_eq!(status(&run(&server, &good).await), "success");
    let before = resident_kib(&server);
    for bomb in [
        "const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));",
        "let s = 'x'; for (;;) s += s;",
        "const a = []; for (;;) a.push(a.slice());",
        "for (;;) console.log('x'.repeat(1e6));",
        "for (let i = 0; ; i++) pm.test('t' + i + 'x'.repeat(1e5), () => { throw new Error('y'.repeat(1e5)); });",
        "for (let i = 0; ; i++) pm.environment.set('v' + i, 'x'.repeat(1e5));",
    ] {
        let bomb_run = monitor(&server, &collection(&url, bomb)).await;
        let ended = run(&server, &bomb_run).await;
        assert!(status(&ended) != "success", "{bomb}: {}", status(&ended));
        assert!(seconds(&ended) <= f64::from(DEADLINE + 1), "{bomb}");
    }
    assert_eq!(status(&run(&server, &good).await), "success");
    let after = resident_kib(&server);
    assert!(
        after < before + 48 * 1024,
        "{before} KiB became {after} KiB"
    );
    server.stop();
}

#[tokio::test]
async fn a_run_that_needs_more_memory_than_it_may_have_says_so() {
    let api = Receiver::start();
    api.answer(Answer::status(200));
    let place = super::Place::new().with("POSTERN_MONITORS_MEMORY_MIB", "256");
    let server = place.serve();
    let mut large = collection(&api.url("/"), "");
    // Three bytes each as text, and many times that when they are understood.
    large["x"] = Value::Array(vec![Value::Array(Vec::new()); 4_000_000]);
    let large = monitor(&server, &large).await;
    let ended = run(&server, &large).await;
    assert_eq!(status(&ended), "error");
    let why = first_failure(&ended);
    assert!(
        why.contains("more memory than the 256 MiB") || why.contains("256 MiB of memory"),
        "{why}"
    );
    server.stop();
}
