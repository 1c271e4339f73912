//! The global names of Postman's first years.

use postern_sandbox::{Cookie, Listen};
use serde_json::json;

use crate::harness::{
    all_hold, nothing_to_answer, run_in, run_test, sandbox, scope, told, variable, with_response,
};

#[test]
fn entries_of_tests_become_results() {
    let outcome = run_test(
        "pm.test('new', () => {}); tests['old holds'] = 1 === 1; tests['old fails'] = responseCode.code === 200;",
        &with_response(500, "", &[]),
    );
    assert_eq!(
        told(&outcome),
        [
            "ok new",
            "ok old holds",
            "FAILED old fails: AssertionError: expected false to be truthy"
        ]
    );
}

#[test]
fn the_response_is_seen_through_the_old_names() {
    let mut scope = with_response(
        200,
        r#"{"a":1}"#,
        &[("Content-Type", "application/json"), ("X-A", "b")],
    );
    scope.cookies = vec![Cookie {
        name: "c".to_owned(),
        value: "v".to_owned(),
        ..Cookie::default()
    }];
    scope.variables.environment = vec![variable("e", "env")];
    scope.variables.globals = vec![variable("g", "glob")];
    scope.variables.iteration_data = json!({"row": 3}).as_object().unwrap().clone();
    scope.request = json!({"method": "POST", "url": "http://a/b", "header": [{"key": "H", "value": "1"}], "body": {"mode": "raw", "raw": "text"}});
    all_hold(
        r#"
        pm.test("old names", () => {
            pm.expect(responseBody).to.equal('{"a":1}');
            pm.expect(JSON.parse(responseBody).a).to.equal(1);
            pm.expect(responseCode.code).to.equal(200);
            pm.expect(responseCode.name).to.equal("OK");
            pm.expect(responseTime).to.equal(42);
            pm.expect(responseHeaders["X-A"]).to.equal("b");
            pm.expect(responseCookies.idx(0).name).to.equal("c");
            pm.expect(environment.e + environment["e"]).to.equal("envenv");
            pm.expect(globals.g).to.equal("glob");
            pm.expect(data.row).to.equal(3);
            pm.expect(iteration).to.equal(1);
            pm.expect(request.method + request.url + request.data + request.name).to.equal("POSThttp://a/btextGet user");
            pm.expect(request.headers).to.eql({ h: "1" });
            pm.expect(postman.getResponseHeader("x-a")).to.equal("b");
            pm.expect(postman.getResponseCookie("c").value).to.equal("v");
            pm.expect(typeof responseBody).to.equal("string");
        });
        "#,
        &scope,
    );
}

#[test]
fn variables_are_set_through_the_old_names() {
    let mut scope = scope();
    scope.variables.environment = vec![variable("gone", 1)];
    let outcome = run_test(
        r#"
        postman.setEnvironmentVariable("n", 5);
        postman.setGlobalVariable("g", { toString: () => "text" });
        postman.clearEnvironmentVariable("gone");
        pm.test("seen", () => pm.expect([environment.n, postman.getEnvironmentVariable("n"), globals.g, environment.gone]).to.eql(["5", "5", "text", undefined]));
        "#,
        &scope,
    );
    assert_eq!(told(&outcome), ["ok seen"]);
    assert_eq!(
        outcome.variables.environment,
        Some(vec![variable("n", "5")])
    );
    assert_eq!(outcome.variables.globals, Some(vec![variable("g", "text")]));
    let outcome = run_test(
        "postman.clearEnvironmentVariables(); postman.clearGlobalVariables();",
        &scope,
    );
    assert_eq!(outcome.variables.environment, Some(vec![]));
    assert_eq!(outcome.variables.globals, None);
}

#[test]
fn the_old_libraries_are_global() {
    all_hold(
        r#"
        pm.test("libraries", () => {
            pm.expect(_.VERSION).to.match(/^3\./);
            pm.expect(_.pluck([{ a: 1 }], "a")).to.eql([1]);
            pm.expect(CryptoJS.MD5("a").toString()).to.equal("0cc175b9c0f1b6a831c399e269772661");
            pm.expect(tv4.validate({ a: 1 }, { required: ["a"] })).to.be.true;
            pm.expect(xml2Json("<a><b>1</b><b x='y'>2</b></a>")).to.eql({ a: { b: ["1", { _: "2", $: { x: "y" } }] } });
            pm.expect(cheerio.load("<p>hi</p>")("p").text()).to.equal("hi");
            pm.expect(new Backbone.Model({ a: 1 }).get("a")).to.equal(1);
            pm.expect(atob(btoa("text"))).to.equal("text");
        });
        "#,
        &scope(),
    );
}

#[test]
fn an_old_name_written_to_is_forgotten_with_its_script() {
    let mut sandbox = sandbox();
    let mut run = |source: &str| {
        run_in(
            &mut sandbox,
            Listen::Test,
            source,
            &with_response(200, "body", &[]),
            nothing_to_answer,
        )
    };
    run("responseBody = 'overwritten'; tests = { whole: true };");
    let outcome = run(
        "pm.test('fresh', () => pm.expect([responseBody, Object.keys(tests).length]).to.eql(['body', 0]))",
    );
    assert_eq!(told(&outcome), ["ok fresh"]);
}
