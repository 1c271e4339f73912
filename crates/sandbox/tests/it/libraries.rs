//! What scripts may require: each library does something that only the real one does.

use crate::harness::{all_hold, scope};

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn each_library_works() {
    let table = [
        (
            "ajv",
            "const v = new lib({ allErrors: true }); const ok = v.validate({ type: 'object', properties: { n: { type: 'integer', minimum: 3 } } }, { n: 1 }); return [ok, v.errorsText()]",
            r#"[false,"data.n should be >= 3"]"#,
        ),
        (
            "assert",
            "let m; try { lib.strictEqual(1, 2, 'not so'); } catch (e) { m = e.message; } lib.deepEqual({ a: [1] }, { a: [1] }); return m",
            r#""not so""#,
        ),
        ("atob", "return lib('aGk=')", r#""hi""#),
        ("btoa", "return lib('hi')", r#""aGk=""#),
        (
            "backbone",
            "return new lib.Collection([{ id: 1 }]).length",
            "1",
        ),
        (
            "buffer",
            "return lib.Buffer.from('güt').toString('base64')",
            r#""Z8O8dA==""#,
        ),
        (
            "chai",
            "return [lib.version, lib.expect(1).to.equal(1) !== undefined]",
            r#"["4.3.8",true]"#,
        ),
        (
            "cheerio",
            "const $ = lib.load('<ul><li class=a>1</li><li>2</li></ul>'); return [$('li').length, $('.a').text(), $('li').last().text()]",
            r#"[2,"1","2"]"#,
        ),
        (
            "crypto-js",
            "return [lib.SHA256('abc').toString(), lib.HmacSHA1('m', 'k').toString(lib.enc.Base64), lib.AES.decrypt(lib.AES.encrypt('secret', 'key').toString(), 'key').toString(lib.enc.Utf8)]",
            r#"["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","dytxyKKZfnaL4B2XEeSk80ok7zM=","secret"]"#,
        ),
        (
            "csv-parse/lib/sync",
            "return lib('a,b\\n1,\"x,y\"\\n', { columns: true })",
            r#"[{"a":"1","b":"x,y"}]"#,
        ),
        (
            "events",
            "const e = new lib.EventEmitter(); let got; e.on('x', (v) => { got = v; }); e.emit('x', 5); return got",
            "5",
        ),
        (
            "lodash",
            "return [lib.VERSION[0], lib.groupBy([1, 2, 3], (n) => n % 2), lib.get({ a: [{ b: 1 }] }, 'a[0].b'), lib.camelCase('some words')]",
            r#"["4",{"0":[2],"1":[1,3]},1,"someWords"]"#,
        ),
        (
            "moment",
            "return [lib.utc('2020-02-29').add(1, 'year').format('YYYY-MM-DD dddd'), lib.duration(90, 'minutes').humanize()]",
            r#"["2021-02-28 Sunday","2 hours"]"#,
        ),
        (
            "path",
            "return lib.join('/a', '../b', 'c.txt') + lib.extname('x.json')",
            r#""/b/c.txt.json""#,
        ),
        (
            "postman-collection",
            "return [new lib.Request({ url: 'http://a.b/c?d=1', method: 'post' }).toJSON().method, new lib.Collection({ item: [{ name: 'i' }] }).items.count(), lib.Request.isRequest(pm.request), new lib.Url('https://h:8/p').getRemote()]",
            r#"["POST",1,true,"h:8"]"#,
        ),
        (
            "punycode",
            "return lib.toASCII('mañana.com')",
            r#""xn--maana-pta.com""#,
        ),
        (
            "querystring",
            "return [lib.stringify({ a: [1, 2], b: 'x y' }), lib.parse('a=1&a=2')]",
            r#"["a=1&a=2&b=x%20y",{"a":["1","2"]}]"#,
        ),
        (
            "stream",
            "const s = new lib.PassThrough(); s.end('x'); return s.read().toString()",
            r#""x""#,
        ),
        (
            "string_decoder",
            "const d = new lib.StringDecoder('utf8'); return d.write(Buffer.from([0xe2, 0x82])) + d.write(Buffer.from([0xac]))",
            r#""€""#,
        ),
        ("timers", "return typeof lib.setTimeout", r#""function""#),
        (
            "tv4",
            "return [lib.validate(1, { type: 'string' }), lib.error.message]",
            r#"[false,"Invalid type: number (expected string)"]"#,
        ),
        (
            "url",
            "return [lib.parse('http://u@h:1/p?q=1#f').host, lib.resolve('http://h/a/b', '../c')]",
            r#"["h:1","http://h/c"]"#,
        ),
        (
            "util",
            "return [lib.format('%s-%d-%j', 'a', 1, { b: 2 }), lib.inspect({ a: { b: 1 } })]",
            r#"["a-1-{\"b\":2}","{ a: { b: 1 } }"]"#,
        ),
        (
            "uuid",
            "const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/; return [form.test(lib()), form.test(lib.v4()), lib.v5('x', lib.v5.URL)]",
            r#"[true,true,"4cd605e7-afa2-5360-b5b9-c5e9fb5c76f4"]"#,
        ),
        (
            "xml2js",
            "let out; lib.parseString('<a b=\"1\"><c>2</c></a>', { async: false }, (e, r) => { out = r; }); return out",
            r#"{"a":{"$":{"b":"1"},"c":["2"]}}"#,
        ),
    ];
    let mut wrong = Vec::new();
    for (name, body, expected) in table {
        let source = format!(
            "const lib = require('{name}'); console.log(JSON.stringify((() => {{ {body} }})()));"
        );
        let outcome = crate::harness::run_test(&source, &scope());
        let got = outcome
            .console
            .first()
            .and_then(|line| line.messages[0].as_str().map(str::to_owned));
        if got.as_deref() != Some(expected) {
            wrong.push(format!("{name}: {got:?} {:?}", outcome.error));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_library_is_loaded_once_and_found_by_its_other_names() {
    all_hold(
        r#"
        pm.test("same", () => {
            pm.expect(require("lodash")).to.equal(require("lodash"));
            pm.expect(require("csv-parse")).to.equal(require("csv-parse/lib/sync"));
            pm.expect(require("buffer").Buffer).to.equal(Buffer);
            pm.expect(require("chai").expect).to.equal(pm.expect);
            pm.expect(require("path/")).to.equal(require("path"));
        });
        pm.test("empty, as with Postman", () => pm.expect([require("fs"), require("os")]).to.eql([{}, {}]));
        pm.test("unknown", () => {
            for (const name of ["http", "child_process", "content-info", "iconv-lite", "core", "chai-postman", "__proto__", "constructor", ""]) {
                pm.expect(() => require(name), name).to.throw("Cannot find module");
            }
        });
        "#,
        &scope(),
    );
}
