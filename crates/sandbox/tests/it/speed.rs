//! Not a gate: prints what a context and a typical script cost. Run with
//! `cargo nextest run -p postern-sandbox --run-ignored only --no-capture speed`.

use std::time::Instant;

use postern_sandbox::Listen;
use serde_json::json;

use crate::harness::{json_response, nothing_to_answer, run_in, sandbox};

#[test]
#[ignore = "a measurement, whose figures depend on the machine"]
fn speed_of_a_context_and_of_a_typical_script() {
    let began = Instant::now();
    for _ in 0..50 {
        sandbox();
    }
    println!("context: {:?}", began.elapsed() / 50);

    let items: Vec<_> = (0..20)
        .map(|id| json!({"id": id, "name": "some name", "tags": ["a", "b"]}))
        .collect();
    let scope = json_response(&json!({"items": items, "total": 20}));
    let source = r#"
        pm.test("status", () => pm.response.to.have.status(200));
        pm.test("json", () => { pm.response.to.be.json; pm.expect(pm.response.json().total).to.equal(20); });
        pm.test("items", () => pm.expect(pm.response.json().items).to.be.an("array").that.has.lengthOf(20));
        pm.test("first", () => { const [first] = pm.response.json().items; pm.expect(first).to.have.property("name"); pm.expect(first.tags).to.include("a"); });
        pm.test("time", () => pm.expect(pm.response.responseTime).to.be.below(500));
        pm.environment.set("last", pm.response.json().items[19].id);
    "#;
    let mut sandbox = sandbox();
    let small = [
        ("empty", ""),
        (
            "five tests",
            "for (let i = 0; i < 5; i++) pm.test('a', () => {});",
        ),
        ("one expect", "pm.expect(1).to.equal(1)"),
        ("json", "pm.response.json()"),
    ];
    for (name, source) in small {
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope,
            nothing_to_answer,
        );
        let began = Instant::now();
        for _ in 0..1000 {
            run_in(
                &mut sandbox,
                Listen::Test,
                source,
                &scope,
                nothing_to_answer,
            );
        }
        println!("{name}: {:?}", began.elapsed() / 1000);
    }
    let began = Instant::now();
    run_in(
        &mut sandbox,
        Listen::Test,
        source,
        &scope,
        nothing_to_answer,
    );
    println!("first script: {:?}", began.elapsed());
    let began = Instant::now();
    for _ in 0..1000 {
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope,
            nothing_to_answer,
        );
    }
    println!("warm script: {:?}", began.elapsed() / 1000);
}
