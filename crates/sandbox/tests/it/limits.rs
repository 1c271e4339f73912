//! Scripts that want too much: each ends in time, and the next one works.

use std::time::Duration;

use postern_sandbox::{Limits, Listen, Outcome, Sandbox};

use crate::harness::{Foretold, nothing_to_answer, run_in, scope, timed, told, with_response};

const TIMEOUT: Duration = Duration::from_millis(300);

/// For machines that have much else to do.
const SLACK: Duration = Duration::from_secs(3);

fn tight() -> Sandbox {
    let limits = Limits {
        script_timeout: TIMEOUT,
        memory: 32 << 20,
        stack: 256 << 10,
        output: 1 << 20,
        watch: None,
    };
    Sandbox::new(&limits, Box::new(Foretold)).unwrap()
}

fn attack(source: &str) -> Outcome {
    let mut sandbox = tight();
    let source = format!("pm.test('before', () => {{}}); pm.environment.set('k', 'v'); {source}");
    let (outcome, took) = timed(|| {
        run_in(
            &mut sandbox,
            Listen::Test,
            &source,
            &scope(),
            nothing_to_answer,
        )
    });
    assert!(took < TIMEOUT + SLACK, "{source} took {took:?}");
    let next = run_in(
        &mut sandbox,
        Listen::Test,
        "pm.test('next', () => pm.expect(1).to.equal(1))",
        &scope(),
        nothing_to_answer,
    );
    assert_eq!(told(&next), ["ok next"], "after {source}");
    outcome
}

#[test]
fn endless_scripts_end_at_their_deadline() {
    let endless = [
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch {} finally { continue; } }",
        "const f = () => { Promise.resolve().then(f); }; f(); await new Promise(() => {});",
        "(async () => { while (true) await null; })(); await new Promise(() => {});",
        "const f = () => setTimeout(f, 0); f();",
        "setInterval(() => {}, 1);",
        "setTimeout(() => {}, 1e9);",
        "/^(a+)+$/.test('a'.repeat(40) + 'b');",
        "[3, 2, 1].sort(() => { while (true) {} });",
        "new Proxy({}, { get() { while (true) {} } }).x;",
        "pm.test('endless', () => { while (true) {} });",
        "pm.test('endless', async () => { while (true) await null; });",
        "eval('while (true) {}');",
        "JSON.parse('[1]', () => { while (true) {} });",
        "tests.x = { toString() { while (true) {} } }; throw { get message() { while (true) {} } };",
        "console.log({ toJSON() { while (true) {} } });",
    ];
    for source in endless {
        let outcome = attack(source);
        let error = outcome
            .error
            .unwrap_or_else(|| panic!("{source} did not fail"));
        assert_eq!(
            error.to_string(),
            "TimeoutError: the script ran longer than 300 ms",
            "{source}"
        );
        assert!(outcome.context_lost, "{source}");
        assert_eq!(outcome.tests[0].name, "before", "{source}");
        assert!(outcome.variables.environment.is_some(), "{source}");
    }
}

#[test]
fn code_that_leaves_our_function_ends_too() {
    for source in [
        "})(); }); while (true) {} (function () { (() => {",
        "await 1; })(); }); while (true) {} (function () { return (async () => {",
    ] {
        let mut sandbox = tight();
        let (outcome, took) = timed(|| {
            run_in(
                &mut sandbox,
                Listen::Test,
                source,
                &scope(),
                nothing_to_answer,
            )
        });
        assert!(took < TIMEOUT + SLACK);
        assert!(outcome.error.is_some() && outcome.context_lost, "{source}");
    }
}

#[test]
fn memory_bombs_go_off_inside() {
    let bombs = [
        "const a = []; while (true) a.push(new Array(1000).fill(1));",
        "let s = 'x'; while (true) s += s;",
        "const a = []; while (true) a.push(new ArrayBuffer(1 << 20));",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
        "const a = []; for (;;) { try { a.push('x'.repeat(1 << 16)); } catch { } }",
        "globalThis.kept = []; for (;;) kept.push({});",
        "const a = {}; for (let i = 0; ; i++) a['k' + i] = i;",
        "require('lodash').range(1e9);",
    ];
    for source in bombs {
        let outcome = attack(source);
        let error = outcome
            .error
            .unwrap_or_else(|| panic!("{source} did not fail"));
        assert!(
            outcome.context_lost || matches!(error.name.as_str(), "RangeError" | "InternalError"),
            "{source}: {error}"
        );
    }
}

#[test]
fn what_was_brought_about_before_memory_ran_out_is_kept() {
    let outcome = attack("const a = []; while (true) a.push(new ArrayBuffer(1 << 20));");
    assert_eq!(
        outcome.error.unwrap().to_string(),
        "MemoryError: the script needs more than 32 MiB of memory"
    );
    assert!(outcome.context_lost);
    assert_eq!(outcome.tests.len(), 1);
}

#[test]
fn deep_recursion_is_an_error_that_a_script_can_catch() {
    let deep = [
        "(function f() { f(); })();",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a);",
        "JSON.parse('['.repeat(1e6));",
        "eval('('.repeat(1e5));",
        "new RegExp('('.repeat(1e5));",
        "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x;",
    ];
    for source in deep {
        let outcome = attack(source);
        assert!(outcome.error.is_some(), "{source} did not fail");
    }
    let outcome =
        attack("try { (function f() { f(); })(); } catch (e) { pm.test('caught ' + e.name); }");
    assert_eq!(told(&outcome), ["ok before", "ok caught RangeError"]);
}

#[test]
fn values_nested_too_deep_for_json_readers_come_out_cut() {
    let source = "let a = []; for (let i = 0; i < 500; i++) a = [a]; pm.environment.set('deep', a); console.log(a); pm.visualizer.set('t', a);";
    let outcome = attack(source);
    assert_eq!(outcome.error, None);
    assert!(outcome.variables.environment.is_some() && outcome.visualizer.is_some());
}

#[test]
fn a_body_larger_than_memory_hurts_only_who_reads_it() {
    let scope = with_response(200, vec![b'x'; 40 << 20], &[]);
    let mut sandbox = tight();
    let mut run = |source: &str| {
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope,
            nothing_to_answer,
        )
    };
    let looked = run(
        "pm.test('size', () => pm.expect(pm.response.responseSize).to.equal(40 * 1024 * 1024))",
    );
    assert_eq!(told(&looked), ["ok size"]);
    let read = run("pm.response.text()");
    // On a slow machine time may be up first.
    let error = read.error.unwrap().name;
    assert!(error == "MemoryError" || error == "TimeoutError", "{error}");
    assert!(read.context_lost);
    assert_eq!(told(&run("pm.test('next')")), ["ok next"]);
}
