//! `pm.response` and its assertions.

use insta::assert_debug_snapshot;
use postern_sandbox::{Cookie, Scope};
use serde_json::json;

use crate::harness::{all_hold, json_response, run_prerequest, run_test, told, with_response};

#[test]
fn a_response_shows_its_parts() {
    let mut scope = with_response(
        201,
        r#"{"a":[1,2]}"#,
        &[
            ("Content-Type", "application/json"),
            ("X-Id", "one"),
            ("x-id", "two"),
            ("Content-Length", "11"),
        ],
    );
    let cookie = Cookie {
        name: "sid".to_owned(),
        value: "a%20b".to_owned(),
        ..Cookie::default()
    };
    scope.cookies = vec![cookie.clone()];
    scope.response.as_mut().unwrap().cookies = vec![cookie];
    all_hold(
        r#"
        pm.test("parts", () => {
            const r = pm.response;
            pm.expect(r.code).to.equal(201);
            pm.expect(r.status).to.equal("Created");
            pm.expect(r.reason()).to.equal("Created");
            pm.expect(r.responseTime).to.equal(42);
            pm.expect(r.responseSize).to.equal(11);
            pm.expect(r.text()).to.equal('{"a":[1,2]}');
            pm.expect(r.json()).to.eql({ a: [1, 2] });
            pm.expect(r.json((key, value) => (key === "a" ? 5 : value))).to.eql({ a: 5 });
            pm.expect(r.headers.get("x-ID")).to.equal("two");
            pm.expect(r.headers.has("content-type")).to.be.true;
            pm.expect(r.headers.has("content-type", "application/json")).to.be.true;
            pm.expect(r.headers.has("nothing")).to.be.false;
            pm.expect(r.headers.get("nothing")).to.be.undefined;
            pm.expect(r.headers.toObject()).to.eql({ "content-type": "application/json", "x-id": ["one", "two"], "content-length": "11" });
            pm.expect(r.headers.map((h) => h.key)).to.eql(["Content-Type", "X-Id", "x-id", "Content-Length"]);
            pm.expect(r.headers.filter((h) => h.value === "one")).to.have.lengthOf(1);
            pm.expect(r.size().body).to.equal(11);
            pm.expect(r.dataURI()).to.equal("data:application/json;base64, eyJhIjpbMSwyXX0=");
            pm.expect(r.contentInfo().mimeFormat).to.equal("json");
            pm.expect(r.stream.length).to.equal(11);
            pm.expect(r.stream.toString("hex").slice(0, 4)).to.equal("7b22");
        });
        pm.test("cookies", () => {
            pm.expect(pm.cookies.get("sid")).to.equal("a b");
            pm.expect(pm.cookies.has("sid")).to.be.true;
            pm.expect(pm.cookies.has("other")).to.be.false;
            pm.expect(pm.cookies.toObject()).to.eql({ sid: "a b" });
            pm.expect(pm.response.cookies.one("sid").value).to.equal("a%20b");
        });
        "#,
        &scope,
    );
}

#[test]
fn assertions_about_a_response_hold() {
    all_hold(
        r#"
        const schema = { type: "object", required: ["id"], properties: { id: { type: "integer" } } };
        pm.test("status", () => { pm.response.to.have.status(200); pm.response.to.have.status("OK"); });
        pm.test("not status", () => pm.response.to.not.have.status(404));
        pm.test("be", () => { pm.response.to.be.ok; pm.response.to.be.success; pm.response.to.be.json; pm.response.to.be.withBody; });
        pm.test("not be", () => { pm.response.to.not.be.error; pm.response.to.not.be.clientError; pm.response.to.not.be.serverError; });
        pm.test("header", () => { pm.response.to.have.header("content-type"); pm.response.to.have.header("Content-Type", "application/json; charset=utf-8"); });
        pm.test("no header", () => pm.response.to.not.have.header("x-nothing"));
        pm.test("body", () => { pm.response.to.have.body(); pm.response.to.have.body({ id: 7, user: { name: "Mia" } }); pm.response.to.have.body(/Mia/); });
        pm.test("jsonBody", () => { pm.response.to.have.jsonBody(); pm.response.to.have.jsonBody("user.name"); pm.response.to.have.jsonBody("user.name", "Mia"); });
        pm.test("jsonSchema", () => pm.response.to.have.jsonSchema(schema));
        pm.test("jsonSchema of a value", () => pm.expect({ id: 1 }).to.have.jsonSchema(schema));
        pm.test("time", () => { pm.response.to.have.responseTime.below(100); pm.expect(pm.response.responseTime).to.be.below(200); });
        pm.test("size", () => pm.response.to.have.responseSize.above(10));
        pm.test("by expect", () => { pm.expect(pm.response).to.have.status(200); pm.expect(pm.response).to.have.property("code", 200); });
        pm.test("statusCode", () => { pm.response.to.have.statusCode(200); pm.response.to.have.statusReason("OK"); pm.response.to.have.statusCodeClass(2); });
        pm.test("request", () => { pm.request.to.have.header("accept"); pm.expect(pm.request).to.be.postmanRequest; });
        pm.test("chained", () => pm.response.to.have.status(200).and.to.have.header("content-type"));
        "#,
        &json_response(&json!({"id": 7, "user": {"name": "Mia"}})),
    );
}

#[test]
fn every_named_status_is_known() {
    let table = [
        (202, "accepted"),
        (204, "withoutContent"),
        (400, "badRequest"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "notFound"),
        (429, "rateLimited"),
        (100, "info"),
        (302, "redirection"),
        (418, "clientError"),
        (503, "serverError"),
        (503, "error"),
        (404, "error"),
    ];
    for (code, name) in table {
        let source = format!(
            "pm.test('is', () => pm.response.to.be.{name}); pm.test('is not', () => pm.response.to.not.be.ok);"
        );
        all_hold(&source, &with_response(code, "", &[]));
        let negated = run_test(
            &format!("pm.test('is not', () => pm.response.to.be.{name})"),
            &with_response(200, "", &[]),
        );
        assert!(!negated.tests[0].passed, "200 is not {name}");
    }
}

#[test]
fn failed_assertions_about_a_response_say_what_was_wrong() {
    let outcome = run_test(
        r#"
        const cases = {
            status: () => pm.response.to.have.status(200),
            reason: () => pm.response.to.have.status("OK"),
            ok: () => pm.response.to.be.ok,
            success: () => pm.response.to.be.success,
            header: () => pm.response.to.have.header("X-Trace"),
            value: () => pm.response.to.have.header("Content-Type", "text/plain"),
            body: () => pm.response.to.have.body("nothing"),
            jsonBody: () => pm.response.to.have.jsonBody("user.id"),
            json: () => pm.response.to.be.json,
            time: () => pm.response.to.have.responseTime.below(10),
            schema: () => pm.expect({ id: "x" }).to.have.jsonSchema({ properties: { id: { type: "integer" } } }),
        };
        for (const [name, run] of Object.entries(cases)) pm.test(name, run);
        "#,
        &with_response(404, "gone", &[("Content-Type", "text/html")]),
    );
    assert_debug_snapshot!(told(&outcome), @r#"
    [
        "FAILED status: AssertionError: expected response to have status code 200 but got 404",
        "FAILED reason: AssertionError: expected response to have status reason 'OK' but got 'Not Found'",
        "FAILED ok: AssertionError: expected response to have status reason 'OK' but got 'NOT FOUND'",
        "FAILED success: AssertionError: expected response code to be 2XX but found 404",
        "FAILED header: AssertionError: expected response to have header with key 'X-Trace'",
        "FAILED value: AssertionError: expected 'Content-Type' response header to be 'text/plain' but got 'text/html'",
        "FAILED body: AssertionError: expected response body to equal 'nothing' but got 'gone'",
        "FAILED jsonBody: AssertionError: expected undefined in response to contain property 'user.id'",
        "FAILED json: AssertionError: expected response body to be a valid json but got error Unexpected token 'g' at 1:1",
        "FAILED time: AssertionError: expected 42 to be below 10",
        "FAILED schema: AssertionError: expected data to satisfy schema but found following errors: \ndata.id should be integer",
    ]
    "#);
}

#[test]
fn text_is_read_in_the_charset_it_is_said_to_be_in() {
    let latin = with_response(
        200,
        [0x67, 0xfc, 0x74],
        &[("Content-Type", "text/plain; charset=iso-8859-1")],
    );
    all_hold(
        "pm.test('latin', () => pm.expect(pm.response.text()).to.equal('güt'))",
        &latin,
    );
    let utf8 = with_response(200, "gü→😀", &[("Content-Type", "text/plain")]);
    all_hold(
        "pm.test('utf-8', () => pm.expect(pm.response.text()).to.equal('gü→😀'))",
        &utf8,
    );
    let broken = with_response(200, [0xff, 0x41, 0x00], &[]);
    all_hold(
        "pm.test('neither', () => pm.expect(pm.response.text()).to.equal('\\ufffdA\\0'))",
        &broken,
    );
    let marked = with_response(200, "\u{feff}{\"a\":1}", &[]);
    all_hold(
        "pm.test('a mark', () => pm.expect(pm.response.json()).to.eql({ a: 1 }))",
        &marked,
    );
}

#[test]
fn a_script_without_a_response_sees_none_or_one_with_nothing_in_it() {
    let source = "pm.test('none', () => pm.expect(pm.response).to.be.undefined)";
    assert_eq!(
        told(&run_prerequest(source, &Scope::default())),
        ["ok none"]
    );
    let source = "pm.test('empty', () => pm.expect([pm.response.code, pm.response.text()]).to.eql([undefined, undefined]))";
    assert_eq!(told(&run_test(source, &Scope::default())), ["ok empty"]);
}

#[test]
fn a_body_is_read_in_the_charset_that_its_header_names() {
    for (charset, bytes, text) in [
        ("windows-1251", &b"\xcf\xf0\xe8\xe2\xe5\xf2"[..], "Привет"),
        ("Shift_JIS", b"\x93\xfa\x96\x7b", "日本"),
        ("utf-16le", b"h\0i\0", "hi"),
        ("iso-8859-1", b"gr\xfc\xdfe", "grüße"),
        ("nobody-knows", "grüße".as_bytes(), "grüße"),
    ] {
        let kind = format!("text/plain; charset={charset}");
        let scope = with_response(200, bytes, &[("Content-Type", &kind)]);
        let source = "pm.test(`${pm.response.text()} ${responseBody === pm.response.text()}`);";
        let outcome = run_test(source, &scope);
        assert_eq!(outcome.error, None, "{charset}");
        assert_eq!(outcome.tests[0].name, format!("{text} true"), "{charset}");
    }
}
