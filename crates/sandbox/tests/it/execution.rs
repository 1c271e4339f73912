//! `pm.info`, `pm.execution` and the visualizer.

use postern_sandbox::{Listen, NextRequest, Visualizer};
use serde_json::json;

use crate::harness::{
    all_hold, nothing_to_answer, run_in, run_prerequest, run_test, sandbox, scope, with_response,
};

#[test]
fn a_script_knows_where_it_is() {
    all_hold(
        r#"
        pm.test("info", () => pm.expect(pm.info).to.eql({ eventName: "test", iteration: 1, iterationCount: 3, requestName: "Get user", requestId: "r-1" }));
        pm.test("location", () => {
            pm.expect(Array.from(pm.execution.location)).to.eql(["Petstore", "Users", "Get user"]);
            pm.expect(pm.execution.location.current).to.equal("Get user");
        });
        "#,
        &scope(),
    );
}

#[test]
fn each_way_to_name_the_next_request_works() {
    for call in [
        "pm.execution.setNextRequest",
        "pm.setNextRequest",
        "postman.setNextRequest",
    ] {
        let outcome = run_test(&format!("{call}('Log in')"), &scope());
        assert_eq!(
            outcome.next_request,
            Some(NextRequest::Name("Log in".to_owned())),
            "{call}"
        );
        let outcome = run_test(&format!("{call}('x'); {call}(null)"), &scope());
        assert_eq!(outcome.next_request, Some(NextRequest::Stop), "{call}");
    }
    assert_eq!(run_test("", &scope()).next_request, None);
}

#[test]
fn skipping_the_request_ends_the_script_there() {
    let outcome = run_prerequest(
        r#"
        pm.environment.set("before", 1);
        pm.test("before", () => {});
        setTimeout(() => console.log("never"), 0);
        pm.execution.skipRequest();
        pm.environment.set("after", 1);
        pm.test("after", () => {});
        "#,
        &scope(),
    );
    assert!(outcome.skip_request);
    assert_eq!(outcome.error, None);
    assert_eq!(outcome.tests.len(), 1);
    assert_eq!(outcome.variables.environment.unwrap().len(), 1);
    assert!(outcome.console.is_empty());

    let outcome = run_test("pm.execution.skipRequest()", &scope());
    assert!(!outcome.skip_request);
    assert_eq!(outcome.error.unwrap().name, "TypeError");
}

#[test]
fn a_response_kept_from_an_earlier_script_never_shows_another_body() {
    let mut sandbox = sandbox();
    let mut run = |source: &str, body: &str| {
        let scope = with_response(200, body, &[]);
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &scope,
            nothing_to_answer,
        )
    };
    run("read = pm.response; read.text();", "first");
    let told = run("console.log(read.text())", "second");
    assert_eq!(told.console[0].messages[0], "first");
    run("unread = pm.response;", "third");
    let error = run("unread.text()", "fourth").error.unwrap();
    assert_eq!(
        error.message,
        "the body of this response is gone: the script that got it is over"
    );
}

#[test]
fn a_visualization_is_kept() {
    let outcome = run_test(
        "pm.visualizer.set('<b>{{x}}</b>', { x: 1 }, { noEscape: true })",
        &scope(),
    );
    let expected = Visualizer {
        template: "<b>{{x}}</b>".to_owned(),
        data: json!({"x": 1}),
        options: json!({"noEscape": true}),
    };
    assert_eq!(outcome.visualizer, Some(expected));
    let outcome = run_test("pm.visualizer.set(7)", &scope());
    assert_eq!(
        outcome.error.unwrap().message,
        "Invalid template. Template must be of type string, found number"
    );
}

#[test]
fn scripts_of_a_run_share_what_they_leave_in_global_names() {
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
    run(
        "helper = (x) => x * 2; const mine = 1; var also = 1; function named() {}; tests['a'] = true; data = 5;",
    );
    let outcome = run(r#"
        pm.test("kept", () => pm.expect(helper(21)).to.equal(42));
        pm.test("own", () => pm.expect(typeof mine + typeof also + typeof named).to.equal("undefinedundefinedundefined"));
        pm.test("fresh", () => pm.expect([Object.keys(tests), data]).to.eql([[], {}]));
        "#);
    assert!(
        outcome.tests.len() == 3 && outcome.tests.iter().all(|test| test.passed),
        "{:?}",
        outcome.tests
    );
}

#[test]
fn what_only_postman_has_is_denied_in_words() {
    let outcome = run_test(
        r#"
        const words = async (ask) => { try { await ask(); } catch (error) { pm.test(error.message); } };
        await words(() => pm.vault.get("key"));
        await words(() => pm.vault.set("key", "value"));
        await words(() => pm.vault.unset("key"));
        await words(() => pm.datasets("id").executeView("view"));
        await words(() => pm.require("@team/package"));
        await words(() => pm.require("npm:left-pad@1.0.0"));
        await words(() => pm.require("npm:lodash@3.10.1"));
        pm.test(`lodash ${pm.require("npm:lodash@4.17.21").VERSION[0]} moment ${pm.require("npm:moment").utc(0).year()}`);
        "#,
        &scope(),
    );
    let names: Vec<&str> = outcome
        .tests
        .iter()
        .map(|test| test.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Vault access denied",
            "Vault access denied",
            "Vault access denied",
            "there are no datasets here",
            "Cannot find package '@team/package'",
            "Cannot find package 'npm:left-pad@1.0.0'",
            "Cannot find package 'npm:lodash@3.10.1'",
            "lodash 4 moment 1970",
        ]
    );
}
