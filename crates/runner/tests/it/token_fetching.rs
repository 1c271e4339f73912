//! Tokens are fetched from a real OAuth 2.0 server (@node-oauth/oauth2-server), and real requests are let in with them.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use postern_egress::testing::Receiver;
use postern_runner::{Options, RunEvent};
use serde_json::{Value, json};

use crate::oracle;
use crate::played::{plan, play};

/// The server, until the test ends.
struct TokenServer {
    process: Child,
    base: String,
}

impl TokenServer {
    fn start() -> Option<Self> {
        let modules = oracle::modules()?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/token_server.js");
        let mut command = Command::new("node");
        command.arg(script).env("NODE_PATH", modules);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = piped.spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let base = format!("http://127.0.0.1:{}", line.trim());
        Some(Self { process, base })
    }
}

impl Drop for TokenServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What became of a run: each answer, and each line that the console got.
#[derive(Default)]
struct Seen {
    answers: Vec<(u16, Value)>,
    lines: Vec<String>,
}

impl Seen {
    /// Who was let in with which token, one after the other.
    fn tokens(&self) -> Vec<&str> {
        let answers = self.answers.iter();
        let answers = answers.filter(|(status, _)| *status == 200);
        answers
            .filter_map(|(_, body)| body["accessToken"].as_str())
            .collect()
    }
}

/// Runs a collection with this auth, its requests to these paths of the server; so much time passes with each.
fn run(
    server: &TokenServer,
    auth: &Value,
    paths: &[&str],
    options: Options,
    passes_ms: i64,
) -> Seen {
    let items = paths
        .iter()
        .map(|path| json!({"name": path, "request": {"url": format!("{{{{server}}}}{path}")}}));
    run_items(server, auth, &items.collect(), options, passes_ms)
}

/// The same with these items.
fn run_items(
    server: &TokenServer,
    auth: &Value,
    items: &Value,
    options: Options,
    passes_ms: i64,
) -> Seen {
    let collection = json!({
        "info": {"name": "Tokens"}, "item": items, "auth": {"type": "oauth2", "oauth2": auth},
        "variable": [{"key": "server", "value": server.base}, {"key": "secret", "value": "se:cr+et &%"}],
    });
    let now = Arc::new(AtomicI64::new(1_767_603_600_000));
    let clock = Arc::clone(&now);
    let unused = Receiver::start();
    let mut plan = plan(collection, &unused, options);
    plan.now = Arc::new(move || clock.load(Ordering::Relaxed));
    let mut seen = Seen::default();
    let mut observer = |event: &RunEvent<'_>| match event {
        RunEvent::Console(line) => seen
            .lines
            .push(line.messages[0].as_str().unwrap().to_owned()),
        RunEvent::StepEnded { execution, .. } => {
            let answer = execution.response.as_ref().unwrap();
            let body = serde_json::from_slice(&answer.body).unwrap_or_default();
            seen.answers.push((answer.status, body));
            now.fetch_add(passes_ms, Ordering::Relaxed);
        }
        _ => {}
    };
    play(&plan, &mut observer);
    seen
}

fn machine() -> Value {
    json!({
        "grant_type": "client_credentials", "accessTokenUrl": "{{server}}/token", "clientId": "machine", "clientSecret": "{{secret}}",
        "scope": "read write",
    })
}

#[test]
fn a_machines_token_is_fetched_once_and_lets_all_its_requests_in() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let mut auth = machine();
    auth["audience"] = "https://api.test/?a=1&b".into();
    auth["tokenRequestParams"] = json!([
        {"key": "tenant", "value": "{{server}}", "send_as": "request_url", "enabled": true},
        {"key": "X-Tenant", "value": "one", "send_as": "request_header", "enabled": true},
        {"key": "resource", "value": "ü ", "send_as": "request_body", "enabled": true},
        {"key": "off", "value": "off", "send_as": "request_body", "enabled": false},
    ]);
    let options = Options {
        iterations: Some(2),
        ..Options::default()
    };
    let seen = run(&server, &auth, &["/api", "/api", "/asked"], options, 0);
    assert_eq!(seen.tokens(), ["token-1"; 4]);
    let answer = json!({"accessToken": "token-1", "scope": ["read", "write"], "user": "machine"});
    assert_eq!(seen.answers[0], (200, answer));
    let asked = seen.answers[5].1.as_array().unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["query"], json!({"tenant": server.base}));
    assert_eq!(asked[0]["headers"]["x-tenant"], "one");
    assert_eq!(asked[0]["headers"]["accept"], "application/json");
    assert_eq!(
        asked[0]["body"],
        "grant_type=client_credentials&scope=read%20write&audience=https%3A%2F%2Fapi.test%2F%3Fa%3D1%26b&resource=%C3%BC%20"
    );
    assert!(seen.lines.is_empty(), "{:?}", seen.lines);
}

#[test]
fn a_persons_token_is_fetched_with_the_client_in_the_body_and_goes_into_the_query() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let auth = json!({
        "grant_type": "password_credentials", "accessTokenUrl": "{{server}}/token", "clientId": "app", "clientSecret": "app secret",
        "username": "ann", "password": "pass&word", "client_authentication": "body", "addTokenTo": "queryParams",
    });
    let seen = run(
        &server,
        &auth,
        &["/api?a=1", "/asked"],
        Options::default(),
        0,
    );
    assert_eq!(seen.answers[0].0, 200, "{:?}", seen.answers[0]);
    assert_eq!(seen.answers[0].1["user"], "ann");
    assert_eq!(
        seen.answers[1].1[0]["headers"]["authorization"],
        Value::Null
    );
}

#[test]
fn a_script_that_sends_a_request_with_such_an_auth_gets_its_token_too() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let mut auth = machine();
    auth["accessTokenUrl"] = format!("{}/token", server.base).into();
    auth["clientSecret"] = "se:cr+et &%".into();
    let asked =
        json!({"url": format!("{}/api", server.base), "auth": {"type": "oauth2", "oauth2": auth}});
    let script =
        format!("pm.sendRequest({asked}, (error, response) => console.log(response.json().user));");
    let item = json!({
        "name": "Script", "request": {"url": "{{server}}/api"},
        "event": [{"listen": "prerequest", "script": {"exec": [script]}}],
    });
    let seen = run_items(&server, &machine(), &json!([item]), Options::default(), 0);
    assert_eq!(seen.lines, ["machine"]);
    // The script and the request ask alike.
    assert_eq!(seen.tokens(), ["token-1"]);
}

#[test]
fn a_token_is_renewed_when_its_time_is_over() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    // An hour's token with half an hour between the requests: at the third it is over.
    let half_an_hour = 30 * 60 * 1000;
    let seen = run(
        &server,
        &machine(),
        &["/api"; 5],
        Options::default(),
        half_an_hour,
    );
    assert_eq!(
        seen.tokens(),
        ["token-1", "token-1", "token-2", "token-2", "token-3"]
    );
}

#[test]
fn who_is_refused_asks_no_more() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let mut auth = machine();
    auth["clientSecret"] = "wrong".into();
    let paths = ["/api", "/api", "/asked"];
    let seen = run(&server, &auth, &paths, Options::default(), 0);
    assert_eq!(seen.lines.len(), 3, "{:?}", seen.lines);
    assert_eq!(seen.answers[2].1.as_array().map(Vec::len), Some(1));
}

#[test]
fn a_token_at_hand_is_used_and_none_is_fetched() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let mut auth = machine();
    auth["accessToken"] = "mine".into();
    let seen = run(&server, &auth, &["/api", "/asked"], Options::default(), 0);
    assert_eq!(seen.answers[0].0, 401);
    assert_eq!(seen.answers[1].1, json!([]));
}

#[test]
fn where_no_token_is_to_be_had_the_run_says_why_and_goes_on_without() {
    let Some(server) = TokenServer::start() else {
        return;
    };
    let gone = Receiver::start();
    let nowhere = gone.url("/token");
    drop(gone);
    let token = |words: &str| format!("{}/token: {words}", server.base);
    for (key, value, words) in [
        ("clientSecret", "wrong", token("invalid_client: Invalid client: client is invalid")),
        ("scope", "admin", token("invalid_scope: Invalid scope: Requested scope is invalid")),
        ("grant_type", "password_credentials", token("unauthorized_client: Unauthorized client: `grant_type` is invalid")),
        ("grant_type", "implicit", "the grant type \"implicit\" needs a person with a browser: put a token into `accessToken`".to_owned()),
        ("accessTokenUrl", "", "there is no `accessTokenUrl`".to_owned()),
        ("accessTokenUrl", "{{server}}/none", format!("{}/none: the answer's status is 404", server.base)),
        ("accessTokenUrl", &nowhere, format!("{nowhere}: connect ECONNREFUSED {}", nowhere[7..].trim_end_matches("/token"))),
    ] {
        let mut auth = machine();
        auth[key] = value.into();
        let seen = run(&server, &auth, &["/api"], Options::default(), 0);
        assert_eq!(seen.answers[0].0, 401, "{key} {value}");
        assert_eq!(seen.lines, [format!("runtime~oauth2.auth: could not get a token: {words}")]);
    }
}
