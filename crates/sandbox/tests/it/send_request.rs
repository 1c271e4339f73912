//! `pm.sendRequest` and the cookie jar: what is asked of the caller, and what the script makes of the answers.

use insta::assert_snapshot;
use postern_sandbox::{
    Answer, Ask, Cookie, CookieAsk, CookieVerb, Listen, Outcome, SandboxError, Turn,
};
use serde_json::{Value, json};

use crate::harness::{Foretold, limits, response, run_in, sandbox, scope, script, told};

fn asked(source: &str, answer: impl Fn() -> Answer) -> (Vec<Ask>, Outcome) {
    let mut asks = Vec::new();
    let outcome = run_in(&mut sandbox(), Listen::Test, source, &scope(), |ask| {
        asks.push(ask);
        answer()
    });
    (asks, outcome)
}

fn created() -> Answer {
    Answer::Response(Box::new(response(
        201,
        r#"{"id":9}"#,
        &[("Content-Type", "application/json")],
    )))
}

#[test]
fn a_request_is_sent_by_callback_and_by_promise() {
    let (asks, outcome) = asked(
        r#"
        pm.sendRequest("https://a.example.com/x?y=1", (error, response) => {
            pm.test("callback", () => {
                pm.expect(error).to.be.null;
                pm.expect(response).to.have.status(201);
                pm.expect(response.json().id).to.equal(9);
            });
        });
        const response = await pm.sendRequest({ url: "https://a.example.com", method: "POST" });
        pm.test("promise", () => { response.to.have.status(201); pm.expect(response.text()).to.equal('{"id":9}'); });
        "#,
        created,
    );
    assert_eq!(told(&outcome), ["ok callback", "ok promise"]);
    assert_eq!(asks.len(), 2);
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a snapshot")]
fn every_form_of_request_becomes_the_documents_form() {
    let (asks, _) = asked(
        r#"
        await pm.sendRequest("https://a.example.com/x?y=1");
        await pm.sendRequest({
            url: "https://a.example.com/users", method: "post",
            header: { "Content-Type": "application/json", "X-N": 1 },
            body: { mode: "raw", raw: JSON.stringify({ a: 1 }) },
        });
        await pm.sendRequest({ url: "{{base}}/f", method: "PUT", header: ["X-A: 1", "X-B: 2"], body: { mode: "urlencoded", urlencoded: [{ key: "k", value: "v" }] } });
        await pm.sendRequest({ url: "http://h", header: "X-A:1", body: "plain", auth: { type: "basic", basic: [] } });
        await pm.sendRequest(pm.request);
        "#,
        created,
    );
    let requests: Vec<Value> = asks
        .into_iter()
        .map(|ask| match ask {
            Ask::SendRequest(request) => request,
            other @ (Ask::Cookies(_) | Ask::RunRequest(_)) => panic!("{other:?}"),
        })
        .collect();
    let short: Vec<Value> = requests
        .iter()
        .map(|it| {
            json!([
                it["method"],
                it["url"]["raw"],
                it["header"],
                it["body"],
                it["auth"]
            ])
        })
        .collect();
    assert_snapshot!(serde_json::to_string_pretty(&short).unwrap(), @r#"
    [
      [
        "GET",
        "https://a.example.com/x?y=1",
        [],
        null,
        null
      ],
      [
        "POST",
        "https://a.example.com/users",
        [
          {
            "key": "Content-Type",
            "value": "application/json"
          },
          {
            "key": "X-N",
            "value": "1"
          }
        ],
        {
          "mode": "raw",
          "raw": "{\"a\":1}"
        },
        null
      ],
      [
        "PUT",
        "{{base}}/f",
        [
          {
            "key": "X-A",
            "value": "1"
          },
          {
            "key": "X-B",
            "value": "2"
          }
        ],
        {
          "mode": "urlencoded",
          "urlencoded": [
            {
              "key": "k",
              "value": "v"
            }
          ]
        },
        null
      ],
      [
        "GET",
        "http://h",
        [
          {
            "key": "X-A",
            "value": "1"
          }
        ],
        {
          "mode": "raw",
          "raw": "plain"
        },
        {
          "type": "basic",
          "basic": []
        }
      ],
      [
        "GET",
        "https://api.example.com/users/7?full=true",
        [
          {
            "key": "Accept",
            "value": "application/json"
          }
        ],
        null,
        null
      ]
    ]
    "#);
}

#[test]
fn a_failed_request_is_an_error_for_the_script() {
    let (_, outcome) = asked(
        r#"
        pm.sendRequest("http://a", (error, response) => pm.test("callback", () => {
            pm.expect(error.message).to.equal("connection refused");
            pm.expect([typeof response, response.code, response.text()]).to.eql(["object", undefined, undefined]);
        }));
        try { await pm.sendRequest("http://a"); } catch (error) { pm.test("promise", () => pm.expect(error).to.be.an("error")); }
        await pm.sendRequest().catch((error) => pm.test(error.message));
        "#,
        || Answer::Failed("connection refused".to_owned()),
    );
    assert_eq!(
        told(&outcome),
        [
            "ok callback",
            "ok promise",
            "ok sendrequest: nothing to request"
        ]
    );
}

#[test]
fn an_error_in_a_callback_is_the_scripts_error() {
    let (_, outcome) = asked(
        "pm.sendRequest('http://a', () => { throw new Error('in callback') })",
        created,
    );
    assert_eq!(outcome.error.unwrap().message, "in callback");
}

#[test]
fn the_cookie_jar_is_asked() {
    let cookie = || {
        Answer::Cookies(vec![Cookie {
            name: "sid".to_owned(),
            value: "1%202".to_owned(),
            domain: "a.example.com".to_owned(),
            path: "/".to_owned(),
            ..Cookie::default()
        }])
    };
    let (asks, outcome) = asked(
        r#"
        const jar = pm.cookies.jar();
        jar.get("https://a.example.com", "sid", (error, value) => pm.test("get", () => pm.expect(value).to.equal("1 2")));
        jar.getAll("https://a.example.com", (error, all) => pm.test("getAll", () => pm.expect(all.count()).to.equal(1)));
        const set = await jar.set("a.example.com", "k", "v");
        pm.test("set", () => pm.expect(set.name).to.equal("sid"));
        await jar.set("http://a", { name: "k", value: "v", httpOnly: true, maxAge: "60", path: "/p" });
        await jar.set("http://a", "k=v; Path=/; Secure; Max-Age=5");
        await jar.unset("http://a", "k");
        await jar.clear("http://a");
        pm.test("missing", () => pm.expect(() => jar.get("", "x")).to.throw("CookieJar.get() requires a valid url"));
        "#,
        cookie,
    );
    assert_eq!(
        told(&outcome)
            .iter()
            .filter(|line| line.starts_with("ok"))
            .count(),
        4
    );
    assert_eq!(
        asks[0],
        Ask::Cookies(CookieAsk {
            url: "https://a.example.com".to_owned(),
            verb: CookieVerb::GetAll
        })
    );
    let set: Vec<&Cookie> = asks
        .iter()
        .filter_map(|ask| match ask {
            Ask::Cookies(CookieAsk {
                verb: CookieVerb::Set(cookie),
                ..
            }) => Some(&**cookie),
            _ => None,
        })
        .collect();
    assert_eq!((set[0].name.as_str(), set[0].value.as_str()), ("k", "v"));
    assert_eq!(
        (set[1].max_age, set[1].http_only, set[1].path.as_str()),
        (Some(60), true, "/p")
    );
    assert_eq!(
        (set[2].max_age, set[2].secure, set[2].path.as_str()),
        (Some(5), true, "/")
    );
    let last: Vec<_> = asks.iter().rev().take(2).collect();
    assert!(matches!(
        last[0],
        Ask::Cookies(CookieAsk {
            verb: CookieVerb::Clear,
            ..
        })
    ));
    assert!(
        matches!(last[1], Ask::Cookies(CookieAsk { verb: CookieVerb::Unset(name), .. }) if name == "k")
    );
}

#[test]
fn time_stands_still_while_a_call_is_under_way() {
    let short = postern_sandbox::Limits {
        script_timeout: std::time::Duration::from_millis(500),
        ..limits()
    };
    let mut sandbox = postern_sandbox::Sandbox::new(&short, Box::new(Foretold)).unwrap();
    let outcome = run_in(
        &mut sandbox,
        Listen::Test,
        "await pm.sendRequest('http://slow'); pm.test('then')",
        &scope(),
        |_| {
            std::thread::sleep(std::time::Duration::from_millis(700));
            created()
        },
    );
    assert_eq!(told(&outcome), ["ok then"]);
}

#[test]
fn an_answer_to_a_call_that_is_not_open_is_refused() {
    let mut sandbox = sandbox();
    sandbox
        .start(
            script(Listen::Test, "await pm.sendRequest('http://a')"),
            scope(),
        )
        .unwrap();
    assert!(matches!(
        sandbox.start(script(Listen::Test, ""), scope()),
        Err(SandboxError::Busy)
    ));
    let Turn::Waiting {
        calls,
        wake_in: None,
    } = sandbox.turn().unwrap()
    else {
        panic!("the script waits for its call");
    };
    sandbox.answer(calls[0].id, created()).unwrap();
    assert!(matches!(
        sandbox.answer(calls[0].id, created()),
        Err(SandboxError::NoSuchCall(_))
    ));
    assert!(matches!(sandbox.turn().unwrap(), Turn::Done(_)));
}

#[test]
fn a_script_can_be_ended_from_outside() {
    let mut sandbox = sandbox();
    sandbox
        .start(
            script(
                Listen::Test,
                "pm.test('before'); await pm.sendRequest('http://a'); pm.test('after')",
            ),
            scope(),
        )
        .unwrap();
    assert!(matches!(sandbox.turn().unwrap(), Turn::Waiting { .. }));
    let outcome = sandbox.abort("the run was cancelled").unwrap();
    assert_eq!(outcome.tests.len(), 1);
    assert_eq!(outcome.error.unwrap().message, "the run was cancelled");
    assert!(outcome.context_lost);
    let next = run_in(
        &mut sandbox,
        Listen::Test,
        "pm.test('again')",
        &scope(),
        |_| created(),
    );
    assert_eq!(told(&next), ["ok again"]);
}
