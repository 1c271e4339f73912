//! Names that Node and browsers have: URL, text encoding, base64, random values.

use crate::harness::{all_hold, scope};

#[test]
fn urls_follow_the_standard() {
    all_hold(
        r##"
        pm.test("URL", () => {
            const url = new URL("../c?x=1&y=a b#f", "https://user:pw@ex.com:8443/a/b/");
            pm.expect(url.href).to.equal("https://user:pw@ex.com:8443/a/c?x=1&y=a%20b#f");
            pm.expect([url.protocol, url.host, url.hostname, url.port, url.pathname, url.search, url.hash, url.origin]).to.eql(
                ["https:", "ex.com:8443", "ex.com", "8443", "/a/c", "?x=1&y=a%20b", "#f", "https://ex.com:8443"]);
            url.searchParams.append("z", "ä&");
            pm.expect(url.search).to.equal("?x=1&y=a+b&z=%C3%A4%26");
            url.search = "?k=v"; pm.expect(url.searchParams.get("k")).to.equal("v");
            url.pathname = "/new path"; url.hash = ""; url.port = "";
            pm.expect(String(url)).to.equal("https://user:pw@ex.com/new%20path?k=v");
            pm.expect(JSON.stringify({ url })).to.equal('{"url":"https://user:pw@ex.com/new%20path?k=v"}');
            pm.expect(() => new URL("nonsense")).to.throw(TypeError);
            pm.expect(URL.canParse("http://x")).to.be.true;
            pm.expect(url.constructor.name).to.equal("URL");
        });
        pm.test("URLSearchParams", () => {
            const params = new URLSearchParams("?a=1&b=2&a=3");
            pm.expect(params.getAll("a")).to.eql(["1", "3"]);
            params.set("a", "9"); params.delete("b"); params.append("c", "x y");
            pm.expect(params.toString()).to.equal("a=9&c=x+y");
            pm.expect(Object.fromEntries(params)).to.eql({ a: "9", c: "x y" });
            pm.expect(new URLSearchParams({ k: "v", n: 1 }).toString()).to.equal("k=v&n=1");
            pm.expect(new URLSearchParams([["k", "v"]]).has("k")).to.be.true;
        });
        "##,
        &scope(),
    );
}

#[test]
fn texts_bytes_and_base64_are_turned_into_each_other() {
    all_hold(
        r#"
        pm.test("encoder", () => pm.expect(Array.from(new TextEncoder().encode("ü€"))).to.eql([0xc3, 0xbc, 0xe2, 0x82, 0xac]));
        pm.test("lone surrogate", () => pm.expect(new TextEncoder().encode("\ud800").length).to.equal(3));
        pm.test("decoder", () => {
            pm.expect(new TextDecoder().decode(new Uint8Array([0xc3, 0xbc, 0xff]))).to.equal("ü\ufffd");
            pm.expect(() => new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xff]))).to.throw(TypeError);
            pm.expect(() => new TextDecoder("utf-16le")).to.throw(RangeError);
        });
        pm.test("base64", () => {
            for (const text of ["", "a", "ab", "abc", "\xff\x00\x80"]) pm.expect(atob(btoa(text))).to.equal(text);
            pm.expect(btoa("ab")).to.equal("YWI=");
            pm.expect(atob(" YWI ")).to.equal("ab");
            pm.expect(btoa("€")).to.equal("rA==");
            pm.expect(btoa(Buffer.from([1, 2, 255]))).to.equal("AQL/");
            pm.expect(atob("a")).to.equal("");
            pm.expect(atob("-_-_ YW==YWI")).to.equal("ûÿ¿a");
        });
        pm.test("Buffer", () => {
            pm.expect(Buffer.from("deadbeef", "hex").readUInt32BE(0)).to.equal(0xdeadbeef);
            pm.expect(Buffer.concat([Buffer.from("a"), Buffer.from("b")]).toString()).to.equal("ab");
            pm.expect(Buffer.byteLength("€")).to.equal(3);
        });
        pm.test("random", () => {
            pm.expect(Array.from(crypto.getRandomValues(new Uint8Array(4)))).to.eql([0, 1, 2, 3]);
            pm.expect(crypto.randomUUID()).to.equal("00010203-0405-4607-8809-0a0b0c0d0e0f");
        });
        pm.test("no way out", () => pm.expect([typeof process, typeof std, typeof os, typeof Deno, typeof fetch, typeof __dirname]).to.eql(Array(6).fill("undefined")));
        "#,
        &scope(),
    );
}
