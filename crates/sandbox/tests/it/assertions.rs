//! `pm.test` and `pm.expect`.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::harness::{all_hold, json_response, run_test, scope, told};

#[test]
fn a_test_passes_fails_or_is_skipped_and_keeps_its_place() {
    let outcome = run_test(
        r#"
        pm.test("holds", () => pm.expect(1 + 1).to.equal(2));
        pm.test("fails", () => pm.expect(404).to.equal(200));
        pm.test.skip("later", () => { throw new Error("never run"); });
        pm.test("throws", () => { missing.thing; });
        pm.test("is a name only");
        "#,
        &scope(),
    );
    assert_debug_snapshot!(told(&outcome), @r#"
    [
        "ok holds",
        "FAILED fails: AssertionError: expected 404 to equal 200",
        "skipped later",
        "FAILED throws: ReferenceError: missing is not defined",
        "ok is a name only",
    ]
    "#);
    let places: Vec<u32> = outcome.tests.iter().map(|test| test.index).collect();
    assert_eq!(places, [0, 1, 2, 3, 4]);
}

#[test]
fn a_test_may_be_asynchronous_by_promise_or_callback() {
    let outcome = run_test(
        r#"
        const pause = (ms) => new Promise((done) => setTimeout(done, ms));
        pm.test("async holds", async () => { await pause(2); pm.expect(1).to.eql(1); });
        pm.test("async fails", async () => { await pause(1); pm.expect(1).to.eql(2); });
        pm.test("done", (done) => setTimeout(done, 1));
        pm.test("done with an error", (done) => setTimeout(() => done(new Error("no")), 1));
        pm.test("never done", (done) => {});
        pm.test("never settled", () => new Promise(() => {}));
        "#,
        &scope(),
    );
    assert_debug_snapshot!(told(&outcome), @r#"
    [
        "ok async holds",
        "FAILED async fails: AssertionError: expected 1 to deeply equal 2",
        "FAILED never settled: TimeoutError: the test did not end before its script did",
        "ok done",
        "FAILED done with an error: Error: no",
    ]
    "#);
    assert_debug_snapshot!(outcome.warnings, @r#"
    [
        "the test \"never done\" never called its callback and is left out",
    ]
    "#);
}

#[test]
fn messages_of_failed_expectations_are_those_of_chai() {
    let outcome = run_test(
        r#"
        const cases = {
            equal: () => pm.expect("a").to.equal("b"),
            eql: () => pm.expect({ a: 1 }).to.eql({ a: 2 }),
            include: () => pm.expect("haystack").to.include("needle"),
            property: () => pm.expect({ a: 1 }).to.have.property("b"),
            type: () => pm.expect([]).to.be.an("object"),
            below: () => pm.expect(300).to.be.below(200),
            oneOf: () => pm.expect(500).to.be.oneOf([200, 201]),
            keys: () => pm.expect({ a: 1 }).to.have.all.keys("a", "b"),
            lengthOf: () => pm.expect([1, 2]).to.have.lengthOf(3),
            match: () => pm.expect("abc").to.match(/^x/),
            own: () => pm.expect(false, "is it so?").to.be.true,
            empty: () => pm.expect([1]).to.be.empty,
            exist: () => pm.expect(undefined).to.exist,
            throws: () => pm.expect(() => {}).to.throw(TypeError),
            not: () => pm.expect(1).to.not.equal(1),
            fail: () => pm.expect.fail("gave up"),
            typo: () => pm.expect(1).to.bee.ok,
        };
        for (const [name, run] of Object.entries(cases)) pm.test(name, run);
        "#,
        &scope(),
    );
    assert_debug_snapshot!(told(&outcome), @r#"
    [
        "FAILED equal: AssertionError: expected 'a' to equal 'b'",
        "FAILED eql: AssertionError: expected { a: 1 } to deeply equal { a: 2 }",
        "FAILED include: AssertionError: expected 'haystack' to include 'needle'",
        "FAILED property: AssertionError: expected { a: 1 } to have property 'b'",
        "FAILED type: AssertionError: expected [] to be an object",
        "FAILED below: AssertionError: expected 300 to be below 200",
        "FAILED oneOf: AssertionError: expected 500 to be one of [ 200, 201 ]",
        "FAILED keys: AssertionError: expected { a: 1 } to have keys 'a', and 'b'",
        "FAILED lengthOf: AssertionError: expected [ 1, 2 ] to have a length of 3 but got 2",
        "FAILED match: AssertionError: expected 'abc' to match /^x/",
        "FAILED own: AssertionError: is it so?: expected false to be true",
        "FAILED empty: AssertionError: expected [ 1 ] to be empty",
        "FAILED exist: AssertionError: expected undefined to exist",
        "FAILED throws: AssertionError: expected [Function] to throw TypeError",
        "FAILED not: AssertionError: expected 1 to not equal 1",
        "FAILED fail: AssertionError: gave up",
        "FAILED typo: Error: Invalid Chai property: bee. Did you mean \"be\"?",
    ]
    "#);
}

#[test]
fn expectations_of_every_family_hold() {
    all_hold(
        r#"
        const user = pm.response.json();
        pm.test("language", () => {
            pm.expect(user).to.be.an("object").that.has.property("name", "Mia");
            pm.expect(user).to.include({ id: 7 });
            pm.expect(user).to.have.nested.property("address.city", "Oslo");
            pm.expect(user.tags).to.have.members(["b", "a"]).and.to.have.lengthOf(2);
            pm.expect(user.tags).to.deep.equal(["a", "b"]);
            pm.expect(user).to.have.any.keys("id", "nothing");
            pm.expect(user).to.have.all.keys("id", "name", "tags", "address");
            pm.expect(user.id).to.be.above(6).and.below(8).and.within(1, 9).and.closeTo(7.1, 0.2);
            pm.expect(user.name).to.be.a("string").and.match(/^M/).and.satisfy((name) => name.length === 3);
            pm.expect(() => { throw new TypeError("bad"); }).to.throw(TypeError, "bad");
            pm.expect(null).to.be.null; pm.expect(undefined).to.be.undefined; pm.expect(NaN).to.be.NaN;
            pm.expect([]).to.be.empty; pm.expect(1).to.be.ok; pm.expect(0).to.not.be.ok;
            pm.expect(user).to.not.have.property("secret");
            pm.expect(new Date()).to.be.instanceof(Date);
            pm.expect([{ a: 1 }]).to.deep.include({ a: 1 });
            pm.expect("x").to.be.oneOf(["x", "y"]);
        });
        pm.test("it is chai 4", () => pm.expect(require("chai").version).to.match(/^4\./));
        pm.test("assert style", () => require("chai").assert.deepEqual([1], [1]));
        "#,
        &json_response(
            &json!({"id": 7, "name": "Mia", "tags": ["a", "b"], "address": {"city": "Oslo"}}),
        ),
    );
}
