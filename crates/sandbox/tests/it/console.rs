//! `console`.

use insta::assert_debug_snapshot;
use postern_sandbox::{Level, Limits};

use crate::harness::{Foretold, limits, lines, nothing_to_answer, run_in, run_test, scope};

#[test]
fn lines_keep_their_level_and_their_values() {
    let outcome = run_test(
        r#"
        console.log("text", 1, null, true, { a: [1, { b: 2 }] });
        console.info("i"); console.warn("w"); console.error("e"); console.debug("d");
        "#,
        &scope(),
    );
    let levels: Vec<Level> = outcome.console.iter().map(|line| line.level).collect();
    assert_eq!(
        levels,
        [
            Level::Log,
            Level::Info,
            Level::Warn,
            Level::Error,
            Level::Debug
        ]
    );
    assert_eq!(
        lines(&outcome)[0].to_string(),
        r#"["text",1,null,true,{"a":[1,{"b":2}]}]"#
    );
}

#[test]
fn what_json_cannot_say_is_put_into_words() {
    let outcome = run_test(
        r#"
        const ring = { name: "ring" }; ring.self = ring;
        console.log(undefined, NaN, 5n, Symbol("s"), () => {}, function named() {}, /x/g, ring);
        console.log(new TypeError("bad"), new Map([["k", 1]]), new Set([1]), new Date(0), new Uint8Array([1, 2]), Promise.resolve());
        console.log({ get bad() { throw new Error("no"); } });
        console.log("\ud800 lone", "\\ud800", "😀");
        console.log(Object.create(null), new (class Point { x = 1; })());
        console.log(pm.request);
        "#,
        &scope(),
    );
    let lines: Vec<String> = lines(&outcome).iter().map(ToString::to_string).collect();
    assert_debug_snapshot!(lines, @r#"
    [
        "[\"undefined\",\"NaN\",\"5n\",\"Symbol(s)\",\"[Function]\",\"[Function: named]\",\"/x/g\",{\"name\":\"ring\",\"self\":\"[Circular]\"}]",
        "[{\"type\":\"Error\",\"name\":\"TypeError\",\"message\":\"bad\"},[[\"k\",1]],[1],\"1970-01-01T00:00:00.000Z\",[1,2],\"[Promise]\"]",
        "[\"[a value that cannot be shown]\"]",
        "[\"� lone\",\"\\\\ud800\",\"😀\"]",
        "[{},{\"x\":1}]",
        "[{\"url\":{\"protocol\":\"https\",\"path\":[\"users\",\"7\"],\"host\":[\"api\",\"example\",\"com\"],\"query\":[{\"key\":\"full\",\"value\":\"true\"}],\"variable\":[]},\"header\":[{\"key\":\"Accept\",\"value\":\"application/json\"}],\"method\":\"GET\"}]",
    ]
    "#);
}

#[test]
fn what_goes_beyond_the_limit_of_output_is_dropped_and_said_so() {
    let tight = Limits {
        output: 1000,
        ..limits()
    };
    let mut sandbox = postern_sandbox::Sandbox::new(&tight, Box::new(Foretold)).unwrap();
    let source =
        "for (let i = 0; i < 1000; i++) console.log('0123456789'); pm.test('x'.repeat(2000));";
    let outcome = run_in(
        &mut sandbox,
        postern_sandbox::Listen::Test,
        source,
        &scope(),
        nothing_to_answer,
    );
    assert!(outcome.console.len() < 40 && outcome.tests.is_empty());
    assert_eq!(outcome.warnings.len(), 1);
}
