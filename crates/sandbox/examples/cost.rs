//! What a context and a typical script cost: `bench/run sandbox`.

#![expect(
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement takes the machine's time, is read, and ends where it fails"
)]

use std::sync::Arc;
use std::time::Instant;

use postern_sandbox::{
    Header, Host, Limits, Listen, Outcome, Response, Sandbox, Scope, Script, Turn,
};
use serde_json::json;

struct Nothing;

impl Host for Nothing {
    fn dynamic_variable(&mut self, _: &str) -> Option<String> {
        None
    }

    fn fill_random(&mut self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

const SCRIPTS: [(&str, &str); 5] = [
    ("nothing", ""),
    (
        "five empty tests",
        "for (let i = 0; i < 5; i++) pm.test('a', () => {});",
    ),
    ("one expectation", "pm.expect(1).to.equal(1)"),
    ("the body as JSON", "pm.response.json()"),
    (
        "a typical script",
        r#"
        pm.test("status", () => pm.response.to.have.status(200));
        pm.test("json", () => { pm.response.to.be.json; pm.expect(pm.response.json().total).to.equal(20); });
        pm.test("items", () => pm.expect(pm.response.json().items).to.be.an("array").that.has.lengthOf(20));
        pm.test("first", () => { const [first] = pm.response.json().items; pm.expect(first).to.have.property("name"); pm.expect(first.tags).to.include("a"); });
        pm.test("time", () => pm.expect(pm.response.responseTime).to.be.below(500));
        pm.environment.set("last", pm.response.json().items[19].id);"#,
    ),
];

const ROUNDS: u32 = 2_000;

fn main() {
    println!("| what | each |");
    println!("|---|---|");
    let began = Instant::now();
    for _ in 0..50 {
        drop(sandbox());
    }
    println!("| a context | {:?} |", began.elapsed() / 50);
    let scope = scope();
    let mut sandbox = sandbox();
    for (name, source) in SCRIPTS {
        let _ = run(&mut sandbox, source, &scope);
        let began = Instant::now();
        for _ in 0..ROUNDS {
            let outcome = run(&mut sandbox, source, &scope);
            assert!(outcome.error.is_none(), "{:?}", outcome.error);
        }
        println!("| {name} | {:?} |", began.elapsed() / ROUNDS);
    }
}

fn sandbox() -> Sandbox {
    Sandbox::new(&Limits::default(), Box::new(Nothing)).unwrap()
}

fn scope() -> Scope {
    let items: Vec<_> = (0..20)
        .map(|id| json!({"id": id, "name": "some name", "tags": ["a", "b"]}))
        .collect();
    let body = json!({"items": items, "total": 20}).to_string();
    Scope {
        response: Some(Response {
            code: 200,
            headers: vec![Header {
                key: "Content-Type".to_owned(),
                value: "application/json; charset=utf-8".to_owned(),
            }],
            body: body.into_bytes().into(),
            response_time_ms: 42,
            ..Response::default()
        }),
        ..Scope::default()
    }
}

fn run(sandbox: &mut Sandbox, source: &str, scope: &Scope) -> Outcome {
    let script = Script {
        listen: Listen::Test,
        name: "script".to_owned(),
        source: Arc::from(source),
    };
    sandbox.start(script, scope.clone()).unwrap();
    match sandbox.turn().unwrap() {
        Turn::Done(outcome) => *outcome,
        Turn::Waiting { .. } => panic!("the script waits for something"),
    }
}
