//! Nothing that a script does to itself reaches us.

use postern_sandbox::{Listen, Sandbox};
use proptest::prelude::*;

use crate::harness::{
    Foretold, json_response, limits, nothing_to_answer, run_in, run_test, sandbox, scope, told,
};

#[test]
fn polluted_prototypes_stay_in_their_context() {
    let pollution = [
        "Object.prototype.toJSON = () => 'polluted'; Array.prototype.toJSON = () => 7;",
        "JSON.stringify = () => 'not json'; JSON.parse = () => { throw new Error('no'); };",
        "Object.prototype.error = { name: 1 }; Object.prototype.passed = false;",
        "Object.prototype.skipped = true; Object.prototype.nextRequest = { nonsense: 1 };",
        "Array.prototype.map = () => { throw new Error('map'); };",
        "Array.prototype.push = () => {}; Array.prototype.filter = null;",
        "Object.defineProperty(Object.prototype, 'get', { value: 1, writable: false });",
        "Map.prototype.get = () => undefined; Map.prototype.set = () => {};",
        "Promise.prototype.then = () => {};",
        "Function.prototype.call = null; Object.keys = () => ['x'];",
        "String.prototype.replace = () => 5; Error = null; Array = null; Object = null;",
        "delete globalThis.Promise; delete globalThis.JSON; delete globalThis.pm;",
        "Object.freeze(Object.prototype); Object.freeze(Array.prototype);",
        "for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name]; } catch {} }",
    ];
    for source in pollution {
        let mut sandbox = Sandbox::new(&limits(), Box::new(Foretold)).unwrap();
        let source = format!(
            "pm.environment.set('k', [1]); pm.test('a', () => {{}}); console.log({{}}); {source}"
        );
        // What counts is that an outcome comes, and that another context has nothing of it.
        let outcome = run_in(
            &mut sandbox,
            Listen::PreRequest,
            &source,
            &scope(),
            nothing_to_answer,
        );
        assert!(outcome.next_request.is_none(), "{source}");
        run_in(
            &mut sandbox,
            Listen::Test,
            "pm.test('b', () => pm.expect(1).to.equal(1)); await null;",
            &scope(),
            nothing_to_answer,
        );
        let clean = run_test(
            "pm.test('clean', () => pm.expect(JSON.stringify([1])).to.equal('[1]'))",
            &scope(),
        );
        assert!(clean.tests[0].passed, "{source}");
    }
}

#[test]
fn what_a_script_does_to_pm_and_to_our_names_does_not_reach_the_next() {
    let mut sandbox = sandbox();
    let mut run = |source: &str| {
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope(),
            nothing_to_answer,
        )
    };
    for spoilt in [
        "pm.test = () => {}; pm.expect = null; pm.sendRequest = null;",
        "for (const name of Object.getOwnPropertyNames(pm)) delete pm[name];",
        "Object.setPrototypeOf(pm, null);",
        "pm.variables.get = () => 'spoilt'; pm.environment.set = null; pm.variables.values.members.push({});",
        "globalThis.pm = 5; globalThis.console = 5; globalThis.require = () => 5; globalThis.Buffer = null;",
        "setTimeout = null; clearTimeout = null; JSON.parse = () => 'spoilt'; Promise = null; JSON = null;",
        "tests = null; responseBody = 5; environment = null; postman = {}; _ = 5; CryptoJS = 5;",
        "Object.defineProperty(globalThis, 'pm', { get() { throw new Error('spoilt') }, configurable: true });",
        "pm.execution.location.push('spoilt'); pm.info.requestName = 'spoilt';",
        "Object.prototype.message = 'spoilt'; delete Object.prototype.message;",
        "pm.request.headers.members.length = 0; pm.request.method = null;",
        "pm.response.code = 500; pm.response.json = () => ({}); pm.response.headers = null;",
    ] {
        run(spoilt);
        let outcome = run(r#"
            pm.test("works", () => {
                pm.expect(pm.variables.get("unknown")).to.be.undefined;
                pm.expect(JSON.parse('{"a":1}')).to.eql({ a: 1 });
                pm.expect(pm.execution.location.join()).to.equal("Petstore,Users,Get user");
                pm.expect(pm.request.headers.get("accept")).to.equal("application/json");
                pm.expect(typeof require("lodash").map + typeof pm.sendRequest).to.equal("functionfunction");
                pm.expect(typeof environment + typeof postman.setNextRequest + typeof _.map).to.equal("objectfunctionfunction");
            });
            await new Promise((resolve) => setTimeout(resolve, 1));
            console.log("heard");
            "#);
        assert_eq!(told(&outcome), ["ok works"], "{spoilt}");
        assert_eq!(
            (outcome.error, outcome.console.len()),
            (None, 1),
            "{spoilt}"
        );
    }
}

#[test]
fn a_polluted_to_json_does_not_falsify_results() {
    let outcome = run_test(
        "Object.prototype.toJSON = () => 'polluted'; pm.test('a', () => {}); console.log(1)",
        &scope(),
    );
    assert_eq!((outcome.tests.len(), outcome.console.len()), (1, 1));
}

#[test]
fn what_scripts_return_keeps_odd_names_and_texts() {
    let source = r#"
        pm.environment.set("\ud800", "\udc00\\ud800");
        pm.test("\u0000\ud83d", () => {});
        console.log({ ["__proto__"]: 1, constructor: 2 });
        pm.execution.setNextRequest({ toString: () => "\ud800" });
    "#;
    let outcome = run_test(source, &scope());
    assert_eq!(outcome.error, None);
    assert_eq!(outcome.tests[0].name, "\0\u{fffd}");
    assert_eq!(
        outcome.variables.environment.unwrap()[0].value,
        "\u{fffd}\\ud800"
    );
    assert_eq!(
        outcome.console[0].messages[0].to_string(),
        r#"{"__proto__":1,"constructor":2}"#
    );
}

#[test]
fn a_thousand_scripts_in_one_context_leave_nothing_behind() {
    let mut sandbox = Sandbox::new(&limits(), Box::new(Foretold)).unwrap();
    let scope = json_response(&serde_json::json!({"list": vec!["some text"; 200]}));
    let source = "const body = pm.response.json(); pm.test('a', () => pm.expect(body.list).to.have.lengthOf(200)); console.log(body.list); pm.variables.set('x', body); setTimeout(() => {}, 0);";
    for _ in 0..1000 {
        let outcome = run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope,
            nothing_to_answer,
        );
        assert!(
            outcome.tests[0].passed && !outcome.context_lost,
            "{:?}",
            outcome.error
        );
    }
}

fn shrunk() -> Sandbox {
    let limits = postern_sandbox::Limits {
        script_timeout: std::time::Duration::from_millis(200),
        memory: 32 << 20,
        ..limits()
    };
    Sandbox::new(&limits, Box::new(Foretold)).unwrap()
}

/// Pieces of scripts that are likelier to reach something than letters at random.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("pm.test('t', () => {"),
        Just("});"),
        Just("pm.expect("),
        Just(").to.be."),
        Just("pm.response."),
        Just("json()"),
        Just("await "),
        Just("throw "),
        Just("new Error()"),
        Just("pm.environment.set("),
        Just("'k'"),
        Just(", "),
        Just(")"),
        Just("("),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(";"),
        Just("null"),
        Just("undefined"),
        Just("pm.request.url = "),
        Just("pm.request.headers.add("),
        Just("pm.variables.replaceIn("),
        Just("`{{x}}`"),
        Just("Symbol()"),
        Just("1n"),
        Just("globalThis"),
        Just(" = "),
        Just("pm"),
        Just("tests"),
        Just(".x"),
        Just("require('lodash')"),
        Just("console.log("),
        Just("postman.setNextRequest("),
        Just("setTimeout("),
        Just("() => "),
        Just("for (;;) "),
        Just("\n"),
        Just("pm.execution.skipRequest()"),
        Just("pm.sendRequest("),
        Just("Object.prototype"),
        Just("//"),
        Just("pm.request.body = "),
        Just("pm.cookies.jar().set("),
        Just("pm.visualizer.set("),
        Just("class "),
    ];
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_at_all_ends_in_an_outcome(source in any::<String>()) {
        run_in(&mut shrunk(), Listen::Test, &source, &scope(), |_| postern_sandbox::Answer::Failed("no".to_owned()));
    }

    #[test]
    fn any_pieces_of_scripts_end_in_an_outcome(source in fragments(), prerequest in any::<bool>()) {
        let listen = if prerequest { Listen::PreRequest } else { Listen::Test };
        let scope = json_response(&serde_json::json!({"a": 1}));
        let mut sandbox = shrunk();
        run_in(&mut sandbox, listen, &source, &scope, |_| postern_sandbox::Answer::Failed("no".to_owned()));
        run_in(&mut sandbox, listen, &source, &scope, |_| postern_sandbox::Answer::Cookies(Vec::new()));
    }
}
