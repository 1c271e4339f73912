//! Not a gate: prints what a context and a typical script cost. Run with
//! `cargo nextest run -p postern-sandbox --run-ignored only --no-capture speed`.

use postern_sandbox::Listen;
use serde_json::json;

use crate::harness::{json_response, nothing_to_answer, run_in, sandbox, timed};

#[test]
#[ignore = "a measurement, whose figures depend on the machine"]
fn speed_of_a_context_and_of_a_typical_script() {
    let ((), took) = timed(|| (0..50).for_each(|_| drop(sandbox())));
    println!("context: {:?}", took / 50);

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
    let mut thousand = |name: &str, source: &str| {
        let mut run = || {
            run_in(
                &mut sandbox,
                Listen::Test,
                source,
                &scope,
                nothing_to_answer,
            )
        };
        let (_, first) = timed(&mut run);
        let ((), rest) = timed(|| (0..1000).for_each(|_| drop(run())));
        println!("{name}: first {first:?}, then {:?}", rest / 1000);
    };
    for (name, source) in small {
        thousand(name, source);
    }
    thousand("typical", source);
}
