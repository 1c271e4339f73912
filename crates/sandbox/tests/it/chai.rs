//! Our chai is edited when it is bundled, to be faster (`js/chai/faster.mjs`). Here the two stand side by side in
//! one context, and must say the same of everything.

use std::time::Duration;

use postern_sandbox::{Limits, Listen, Sandbox};

use crate::harness::{Foretold, limits, lines, nothing_to_answer, run_in, scope};

const CHAI_AS_IT_CAME: &str = include_str!(concat!(env!("OUT_DIR"), "/chai-as-it-came.js"));

const SUBJECTS: &str = r#"[
    1, 0, -0, NaN, 5n, "text", "", true, false, null, undefined, Symbol("s"), [1, 2, 3], [], {}, { a: 1, b: { c: 2 } },
    new Date(0), /re/g, new Map([["k", 1]]), new Set([1]), new Error("an error"), new TypeError("typed"), () => 1,
    function named(a) { throw new RangeError("thrown"); }, new Uint8Array([1, 2]), Promise.resolve(1), Object.create(null),
    new (class Point { x = 1; })(), Object.freeze([{ a: 1 }]), "1".repeat(100), Array.from({ length: 50 }, (_, i) => i), 10,
]"#;

const CHAINS: &str = r#"[
    "to.be.ok", "to.be.true", "to.be.false", "to.be.null", "to.be.undefined", "to.be.NaN", "to.exist", "to.be.empty", "to.be.arguments",
    "to.be.finite", "to.be.extensible", "to.be.sealed", "to.be.frozen", "to.be.a('string')", "to.be.an('object')", "to.be.an('array')",
    "to.be.a('function')", "to.equal(1)", "to.equal('text')", "to.eql([1, 2, 3])", "to.deep.equal({ a: 1, b: { c: 2 } })", "to.include(1)",
    "to.include('ex')", "to.include({ a: 1 })", "to.deep.include({ b: { c: 2 } })", "to.contain.keys('a')", "to.have.all.keys('a', 'b')",
    "to.have.any.keys('a', 'z')", "to.have.keys(['k'])", "to.have.property('a')", "to.have.property('a', 2)", "to.have.own.property('length')",
    "to.have.nested.property('b.c', 2)", "to.have.deep.property('b', { c: 2 })", "to.have.nested.include({ 'b.c': 2 })",
    "to.have.ownPropertyDescriptor('a')", "to.have.lengthOf(3)", "to.have.length(3)", "to.have.length.above(1)", "to.have.lengthOf.at.most(2)",
    "to.match(/e/)", "to.have.string('te')", "to.be.above(1)", "to.be.at.least(1)", "to.be.below(1)", "to.be.at.most(0)", "to.be.within(0, 5)",
    "to.be.closeTo(1, 0.5)", "to.be.approximately(1, 2)", "to.be.instanceof(Array)", "to.be.an.instanceof(Error)", "to.respondTo('map')", "itself.to.respondTo('resolve')",
    "to.satisfy((x) => x === 1)", "to.have.members([3, 2, 1])", "to.include.members([1])", "to.have.ordered.members([1, 2, 3])",
    "to.have.deep.members([{ a: 1 }])", "to.be.oneOf([1, 'text'])", "to.be.deep.oneOf([{ a: 1 }])", "to.throw()", "to.throw(RangeError)", "to.throw('thrown')",
    "to.throw(RangeError, /thr/)", "to.change({ n: 1 }, 'n')", "to.be.ok.and.to.equal(1)", "that.is.a('number').which.is.above(0)", "with.a.property('a').that.equals(1)",
    "to.be.an('array').that.includes(2).and.has.lengthOf(3)", "to.bee.ok", "to.be.okay", "to.equals", "to.equal.foo", "to.be.a.length", "to.be.an.foo", "to.have.lengthof(1)", "xyzzy",
    "then", "to.be.a.then", "constructor.name.length > -1", "to.be.a('string', 'a message')", "to.equal(7, 'own words')", "equal.length", "to.nested.equal(1)",
]"#;

/// What a chain came to: the flags of what it gave back, or the error.
const COMPARE: &str = r#"
    const tell = (chai, subject, chain, negate) => {
        let assertion;
        try {
            assertion = chai.expect(subject, negate ? "said" : undefined);
            const result = eval(`assertion${negate ? ".not" : ""}.${chain}`);
            if (typeof result !== "object" && typeof result !== "function" || result === null) return String(result);
            const { ssfi, object, eql, ...flags } = result.__flags ?? {};
            return JSON.stringify([typeof result, result instanceof chai.Assertion, flags, Object.is(object, subject)], (_, value) => typeof value === "bigint" ? String(value) : value);
        } catch (error) {
            return `${error.name}: ${error.message} ${"actual" in error} ${"expected" in error} ${error.showDiff} ${error.operator}`;
        }
    };
    const reused = (chai) => {
        const words = [];
        const note = (run) => { try { run(); words.push("ok"); } catch (error) { words.push(error.message); } };
        const shared = chai.expect(1); const to = shared.to; const be = to.be; const not = to.not;
        note(() => to.equal(1)); note(() => not.equal(1)); note(() => be.ok); note(() => shared.to.equal(1)); note(() => to.not.equal(2)); note(() => to.equal(2));
        const a = chai.expect({ k: [1] }).to.have.property("k"); note(() => a.that.includes(1)); note(() => a.that.includes(2));
        const word = chai.expect("x").to.be.a; note(() => word("string")); note(() => word.call(chai.expect(1), "string")); note(() => word.deep.equal("x"));
        chai.use(({ Assertion }) => {
            words.push(String(Assertion.prototype.nothingYet));
            Assertion.addProperty("nothingYet", function () { this.assert(this._obj === 3, "expected #{this} to be three", "expected #{this} not to be three"); });
            Assertion.addMethod("moreThan", function (n) { new Assertion(this._obj).to.be.above(n); });
            Assertion.addChainableMethod("chained", function (n) { this.assert(this._obj.n === n, "chained #{exp} #{act}", "not chained", n, this._obj.n); }, function () { chai.util.flag(this, "mark", 1); });
            Assertion.overwriteMethod("above", (original) => function (n) { words.push(`above ${n}`); original.apply(this, arguments); });
            Assertion.overwriteProperty("ok", (original) => function () { words.push("ok?"); original.call(this); });
        });
        note(() => chai.expect(3).to.be.nothingYet); note(() => chai.expect(4).to.be.nothingYet); note(() => chai.expect(3).to.not.be.nothingYet);
        note(() => chai.expect(4).to.be.moreThan(5)); note(() => chai.expect({ n: 1 }).to.be.chained(2)); note(() => chai.expect({ n: 1 }).chained.equal(1)); note(() => chai.expect(0).to.be.ok);
        note(() => chai.expect(1).to.be.nothingyet);
        chai.config.useProxy = false; note(() => words.push(String(chai.expect(1).to.bee))); chai.config.useProxy = true;
        note(() => chai.assert.equal(1, 2)); note(() => chai.assert.isTrue(false, "why")); note(() => { chai.should(); (5).should.equal(6); });
        return words.join("\n");
    };
    let compared = 0, failed = 0; const differences = [];
    for (const chain of chains) for (const subject of subjects) for (const negate of [false, true]) {
        const [one, other] = [tell(ours, subject, chain, negate), tell(stock, subject, chain, negate)];
        compared++; if (one.includes("Error")) failed++;
        if (one !== other) differences.push({ chain, negate, ours: one, stock: other });
    }
    const [one, other] = [reused(ours), reused(stock)];
    if (one !== other) differences.push({ ours: one, stock: other });
    console.log(compared, failed, differences.slice(0, 20), one.split("\n").length);
"#;

#[test]
fn our_faster_chai_says_what_chai_says() {
    let source = format!(
        "const stock = (() => {{ const module = {{ exports: {{}} }}; ({CHAI_AS_IT_CAME})(() => {{ throw new Error('absent') }}, module, module.exports, undefined, globalThis); return module.exports; }})();\n\
         const ours = require('chai'); const subjects = {SUBJECTS}; const chains = {CHAINS};\n{COMPARE}"
    );
    let patient = Limits {
        script_timeout: Duration::from_mins(1),
        ..limits()
    };
    let mut sandbox = Sandbox::new(&patient, Box::new(Foretold)).unwrap();
    let outcome = run_in(
        &mut sandbox,
        Listen::Test,
        &source,
        &scope(),
        nothing_to_answer,
    );
    let line = &lines(&outcome)[0];
    assert_eq!(
        line[2].to_string(),
        "[]",
        "{}",
        serde_json::to_string_pretty(line).unwrap()
    );
    let (compared, failed) = (line[0].as_u64().unwrap(), line[1].as_u64().unwrap());
    assert!(
        compared > 4500 && failed > 2000 && compared - failed > 1000,
        "compared {compared}, of which {failed} failed"
    );
    assert!(line[3].as_u64().unwrap() > 20);
}
