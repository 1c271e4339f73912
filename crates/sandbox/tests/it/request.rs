//! `pm.request`, and how a pre-request script changes it.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{all_hold, run_prerequest, run_test, scope};

#[test]
fn a_request_shows_its_parts() {
    let mut scope = scope();
    scope.request = json!({
        "method": "post",
        "url": "https://u:p@{{host}}:8080/users/:id/{{a/b}}?q=1&empty&x={{y?}}#top",
        "header": [{"key": "Accept", "value": "*/*"}, {"key": "X-Off", "value": "1", "disabled": true}],
        "body": {"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": true}]},
        "description": "words",
    });
    all_hold(
        r#"
        pm.test("parts", () => {
            const r = pm.request;
            pm.expect(r.method).to.equal("POST");
            pm.expect(r.url.protocol).to.equal("https");
            pm.expect(r.url.auth).to.eql({ user: "u", password: "p" });
            pm.expect(r.url.host).to.eql(["{{host}}"]);
            pm.expect(r.url.port).to.equal("8080");
            pm.expect(r.url.path).to.eql(["users", ":id", "{{a/b}}"]);
            pm.expect(r.url.hash).to.equal("top");
            pm.expect(r.url.query.get("q")).to.equal("1");
            pm.expect(r.url.query.toObject()).to.eql({ q: "1", empty: "", x: "{{y?}}" });
            pm.expect(r.url.variables.has("id")).to.be.true;
            pm.expect(r.url.toString()).to.equal("https://u:p@{{host}}:8080/users/:id/{{a/b}}?q=1&empty&x={{y?}}#top");
            pm.expect(r.url.getPath()).to.equal("/users/:id/{{a/b}}");
            pm.expect(r.url.getHost()).to.equal("{{host}}");
            pm.expect(r.url.getQueryString()).to.equal("q=1&empty&x={{y?}}");
            pm.expect(r.url.getPathWithQuery()).to.contain("?q=1");
            pm.expect(r.url.getRemote()).to.equal("{{host}}:8080");
            pm.expect(r.headers.get("ACCEPT")).to.equal("*/*");
            pm.expect(r.getHeaders({ enabled: true })).to.eql({ Accept: "*/*" });
            pm.expect(r.body.mode).to.equal("urlencoded");
            pm.expect(r.body.urlencoded.get("a")).to.equal("1");
            pm.expect(r.body.toString()).to.equal("a=1");
            pm.expect(String(r.description)).to.equal("words");
            r.url.variables.add({ key: "n", value: "1" });
            pm.expect(JSON.parse(JSON.stringify(r)).method).to.equal("POST");
        });
        "#,
        &scope,
    );
}

fn changed(source: &str, request: Value) -> Value {
    let mut scope = scope();
    scope.request = request;
    let outcome = run_prerequest(source, &scope);
    assert_eq!(outcome.error, None);
    outcome.request.expect("the request was changed")
}

#[test]
fn a_pre_request_script_changes_headers() {
    let request = changed(
        r#"
        pm.request.headers.add({ key: "X-One", value: "1" });
        pm.request.headers.add("X-Two: 2");
        pm.request.headers.upsert({ key: "accept", value: "text/plain" });
        pm.request.headers.upsert({ key: "X-Three", value: 3 });
        pm.request.headers.remove("X-Gone");
        pm.request.addHeader({ key: "X-Four", value: "4" });
        pm.request.removeHeader("x-two", { ignoreCase: true });
        "#,
        json!({"url": "http://a", "header": [{"key": "Accept", "value": "*/*", "description": "kept"}, {"key": "X-Gone", "value": ""}]}),
    );
    assert_snapshot!(serde_json::to_string_pretty(&request["header"]).unwrap(), @r#"
    [
      {
        "description": {
          "content": "kept",
          "type": "text/plain"
        },
        "key": "accept",
        "value": "text/plain"
      },
      {
        "key": "X-One",
        "value": "1"
      },
      {
        "key": "X-Three",
        "value": "3"
      },
      {
        "key": "X-Four",
        "value": "4"
      }
    ]
    "#);
}

#[test]
fn a_pre_request_script_changes_url_method_and_body() {
    let request = changed(
        r#"
        pm.request.method = "PUT";
        pm.request.url.query.add({ key: "page", value: 2 });
        pm.request.addQueryParams("a=b&c=d");
        pm.request.removeQueryParams("full");
        pm.request.url.path.push("more");
        pm.request.body.raw = JSON.stringify({ changed: true });
        "#,
        json!({"method": "POST", "url": "https://api.example.com/users?full=true", "body": {"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}}, "unknown": 1}),
    );
    assert_snapshot!(serde_json::to_string_pretty(&request).unwrap(), @r#"
    {
      "method": "PUT",
      "url": {
        "raw": "https://api.example.com/users/more?page=2&a=b&c=d",
        "protocol": "https",
        "path": [
          "users",
          "more"
        ],
        "host": [
          "api",
          "example",
          "com"
        ],
        "query": [
          {
            "key": "page",
            "value": "2"
          },
          {
            "key": "a",
            "value": "b"
          },
          {
            "key": "c",
            "value": "d"
          }
        ],
        "variable": []
      },
      "body": {
        "mode": "raw",
        "raw": "{\"changed\":true}",
        "options": {
          "raw": {
            "language": "json"
          }
        }
      },
      "unknown": 1,
      "header": []
    }
    "#);
}

#[test]
fn a_url_and_a_body_may_be_replaced_whole() {
    let request = changed(
        r#"
        pm.request.url = "http://other.example.com/path";
        pm.request.body = { mode: "raw", raw: { a: 1 } };
        pm.request.auth = { type: "bearer", bearer: [{ key: "token", value: "t" }] };
        "#,
        json!("https://api.example.com"),
    );
    assert_eq!(request["url"]["raw"], "http://other.example.com/path");
    assert_eq!(request["body"], json!({"mode": "raw", "raw": "{\"a\":1}"}));
    assert_eq!(request["auth"]["type"], "bearer");

    let request = changed(
        "pm.request.update({ url: 'http://b/c', method: 'patch' }); pm.request.body.update('text')",
        json!({"url": "http://a", "body": {"mode": "raw", "raw": "x"}}),
    );
    assert_eq!(request["url"]["host"], json!(["b"]));
    assert_eq!(request["method"], "PATCH");
    assert_eq!(request["body"]["raw"], "text");
}

#[test]
fn a_request_that_was_only_looked_at_is_not_a_change() {
    let outcome = run_prerequest(
        "console.log(pm.request.url.toString(), pm.request.headers.get('accept'))",
        &scope(),
    );
    assert_eq!(outcome.request, None);
    let outcome = run_test(
        "pm.request.headers.add({ key: 'too', value: 'late' })",
        &scope(),
    );
    assert_eq!(outcome.request, None);
}

#[test]
fn the_auth_of_a_request_is_read_and_changed() {
    let request = changed(
        r#"
        pm.test("read", () => pm.expect(pm.request.auth.parameters().get("username")).to.equal("u"));
        pm.request.auth.update({ username: "changed" });
        pm.request.auth.basic.add({ key: "more", value: "1" });
        "#,
        json!({"url": "http://a", "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}, {"key": "password", "value": "p"}]}}),
    );
    assert_eq!(
        request["auth"],
        json!({"type": "basic", "basic": [
            {"type": "any", "value": "changed", "key": "username"},
            {"type": "any", "value": "p", "key": "password"},
            {"type": "any", "value": "1", "key": "more"},
        ]})
    );
}

#[test]
fn what_is_no_request_any_more_fails_the_script_and_is_not_sent() {
    for source in [
        "pm.request.headers.one('Accept').toJSON = () => { throw new Error('spoilt') };",
        "pm.request.url.query = { get members() { throw new Error('spoilt') } , _postman_propertyIsList: true };",
        "const ring = {}; ring.self = ring; pm.request.body = { mode: 'raw', raw: ring };",
        "Object.defineProperty(pm.request, 'url', { value: null });",
    ] {
        let outcome = run_prerequest(source, &scope());
        let error = outcome.error.expect(source);
        assert_ne!(error.name, "EngineError", "{source}: {error}");
        assert_eq!(outcome.request, None, "{source}");
        assert!(!outcome.context_lost);
    }
}
