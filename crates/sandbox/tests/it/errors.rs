//! How a script fails.

use insta::assert_debug_snapshot;

use crate::harness::{run_test, scope};

#[test]
fn an_error_names_the_line_of_the_users_script() {
    let outcome = run_test(
        "const a = 1;\n\nfunction f() {\n  undefinedThing();\n}\nf();",
        &scope(),
    );
    let error = outcome.error.unwrap();
    assert_eq!(
        (error.name.as_str(), error.message.as_str()),
        ("ReferenceError", "undefinedThing is not defined")
    );
    assert_debug_snapshot!(error.stack.lines().collect::<Vec<_>>(), @r#"
    [
        "    at f (script:4:3)",
        "    at <anonymous> (script:6:1)",
    ]
    "#);
}

#[test]
fn a_failed_assertion_names_its_line_and_nothing_of_ours() {
    let outcome = run_test(
        "pm.test('a', () => {\n  pm.expect(1).to.equal(2);\n});",
        &scope(),
    );
    let error = outcome.tests[0].error.clone().unwrap();
    assert_debug_snapshot!(error.stack.lines().collect::<Vec<_>>(), @r#"
    [
        "    at <anonymous> (script:2:19)",
        "    at <anonymous> (script:1:3)",
    ]
    "#);
}

#[test]
fn a_syntax_error_names_its_line() {
    let outcome = run_test("let fine = 1;\nlet = = 2;", &scope());
    let error = outcome.error.unwrap();
    assert_eq!(error.name, "SyntaxError");
    assert!(error.stack.contains("script:2"), "{error:?}");
}

#[test]
fn every_way_to_fail_is_told_once() {
    let failing = [
        ("throw new RangeError('sync')", "RangeError: sync"),
        ("throw 'a text'", "Error: a text"),
        (
            "throw null",
            "Error: null was thrown, by the script or for want of memory",
        ),
        ("throw { code: 7 }", "Object: {\"code\":7}"),
        (
            "await Promise.reject(new Error('awaited'))",
            "Error: awaited",
        ),
        ("Promise.reject(new Error('unheard'))", "Error: unheard"),
        (
            "setTimeout(() => { throw new Error('later') }, 1)",
            "Error: later",
        ),
        (
            "(async () => { await null; throw new Error('inner') })()",
            "Error: inner",
        ),
        (
            "await new Promise(() => {})",
            "TimeoutError: the script awaits a promise that nothing can settle any more",
        ),
        (
            "require('left-pad')",
            "Error: Cannot find module 'left-pad'",
        ),
        (
            "pm.require('@team/pkg')",
            "Error: Cannot find package '@team/pkg'",
        ),
        (
            "await null; })(), (() => {",
            "SyntaxError: the braces of the script do not match",
        ),
        (
            "await null; });(() => {",
            "SyntaxError: the braces of the script do not match",
        ),
        ("})", "SyntaxError: Unexpected token '}'"),
        ("'a\0b'", "SyntaxError: the script holds a NUL character"),
    ];
    for (source, expected) in failing {
        let outcome = run_test(source, &scope());
        let error = outcome
            .error
            .unwrap_or_else(|| panic!("{source:?} did not fail"));
        assert_eq!(error.to_string(), expected, "{source:?}");
        assert_eq!(outcome.context_lost, source == "throw null");
    }
}

#[test]
fn what_is_caught_later_is_no_error() {
    let source =
        "const p = Promise.reject(new Error('x')); await null; p.catch(() => {}); await null;";
    assert_eq!(run_test(source, &scope()).error, None);
}

#[test]
fn what_went_well_before_an_error_is_kept() {
    let outcome = run_test(
        "pm.test('a', () => {}); pm.environment.set('k', 1); console.log('c'); throw new Error('x')",
        &scope(),
    );
    assert_eq!((outcome.tests.len(), outcome.console.len()), (1, 1));
    assert!(outcome.variables.environment.is_some() && outcome.error.is_some());
}

#[test]
fn a_second_error_stands_beside_the_first() {
    let outcome = run_test(
        "setTimeout(() => { throw new Error('two') }); throw new Error('one')",
        &scope(),
    );
    assert_eq!(outcome.error.unwrap().message, "one");
    assert_eq!(outcome.warnings, ["a further error was thrown: Error: two"]);
}

#[test]
fn scripts_may_return_await_and_declare_the_names_we_lend() {
    let source = "const data = 1, request = 2, pm2 = pm; let console2 = console; var tests = 3; const _ = 4; const require2 = require; \
                  const response = await Promise.resolve(5); pm.test('sum', () => pm2.expect(data + request + tests + _ + response).to.equal(15)); return; throw 1;";
    let outcome = run_test(source, &scope());
    assert_eq!(crate::harness::told(&outcome), ["ok sum"]);
    let outcome = run_test(
        "const pm = 1; const console = 2; let require = 3; // the end",
        &scope(),
    );
    assert_eq!(outcome.error, None);
}
