//! A sandbox with a scope to fill, and answers at hand.

use std::sync::Arc;
use std::time::Duration;

use postern_sandbox::{
    Answer, Ask, Header, Host, Info, Limits, Listen, Outcome, Response, Sandbox, Scope, Script,
    Turn, Variable,
};
use serde_json::{Value, json};

/// Dynamic variables and randomness that a test can foretell.
pub(crate) struct Foretold;

impl Host for Foretold {
    fn dynamic_variable(&mut self, name: &str) -> Option<String> {
        (name == "$guid").then(|| "a-guid".to_owned())
    }

    fn fill_random(&mut self, buffer: &mut [u8]) {
        for (byte, value) in buffer.iter_mut().zip((0..=255).cycle()) {
            *byte = value;
        }
    }
}

pub(crate) fn limits() -> Limits {
    Limits {
        script_timeout: Duration::from_secs(5),
        memory: 64 << 20,
        ..Limits::default()
    }
}

pub(crate) fn sandbox() -> Sandbox {
    Sandbox::new(&limits(), Box::new(Foretold)).unwrap()
}

pub(crate) fn script(listen: Listen, source: &str) -> Script {
    Script {
        listen,
        name: "script".to_owned(),
        source: Arc::from(source),
    }
}

pub(crate) fn scope() -> Scope {
    Scope {
        info: Info {
            iteration: 1,
            iteration_count: 3,
            request_name: "Get user".to_owned(),
            request_id: "r-1".to_owned(),
            location: vec![
                "Petstore".to_owned(),
                "Users".to_owned(),
                "Get user".to_owned(),
            ],
            current: "Get user".to_owned(),
        },
        request: json!({
            "method": "GET",
            "url": "https://api.example.com/users/7?full=true",
            "header": [{"key": "Accept", "value": "application/json"}],
        }),
        ..Scope::default()
    }
}

pub(crate) fn with_response(
    code: u16,
    body: impl Into<Vec<u8>>,
    headers: &[(&str, &str)],
) -> Scope {
    Scope {
        response: Some(response(code, body, headers)),
        ..scope()
    }
}

pub(crate) fn response(code: u16, body: impl Into<Vec<u8>>, headers: &[(&str, &str)]) -> Response {
    Response {
        code,
        headers: headers
            .iter()
            .map(|(key, value)| Header {
                key: (*key).to_owned(),
                value: (*value).to_owned(),
            })
            .collect(),
        body: body.into().into(),
        response_time_ms: 42,
        ..Response::default()
    }
}

pub(crate) fn json_response(body: &Value) -> Scope {
    let headers = [("Content-Type", "application/json; charset=utf-8")];
    with_response(200, body.to_string(), &headers)
}

pub(crate) fn variable(key: &str, value: impl Into<Value>) -> Variable {
    Variable {
        key: key.to_owned(),
        value: value.into(),
        ..Variable::default()
    }
}

/// Runs a script to its end; every call is answered by `answer`, timers are waited for.
pub(crate) fn run_in(
    sandbox: &mut Sandbox,
    listen: Listen,
    source: &str,
    scope: &Scope,
    mut answer: impl FnMut(Ask) -> Answer,
) -> Outcome {
    sandbox
        .start(script(listen, source), scope.clone())
        .unwrap();
    loop {
        match sandbox.turn().unwrap() {
            Turn::Done(outcome) => return *outcome,
            Turn::Waiting { calls, wake_in } => {
                if calls.is_empty() {
                    std::thread::sleep(wake_in.expect("there is something to wait for"));
                }
                for call in calls {
                    sandbox.answer(call.id, answer(call.ask)).unwrap();
                }
            }
        }
    }
}

pub(crate) fn run_test(source: &str, scope: &Scope) -> Outcome {
    run_in(
        &mut sandbox(),
        Listen::Test,
        source,
        scope,
        nothing_to_answer,
    )
}

pub(crate) fn run_prerequest(source: &str, scope: &Scope) -> Outcome {
    run_in(
        &mut sandbox(),
        Listen::PreRequest,
        source,
        scope,
        nothing_to_answer,
    )
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where the call is taken over"
)]
pub(crate) fn nothing_to_answer(ask: Ask) -> Answer {
    panic!("the script asks {ask:?}")
}

/// Each test in a line: `ok name`, `skipped name` or `FAILED name: error`. The script itself must not fail.
pub(crate) fn told(outcome: &Outcome) -> Vec<String> {
    assert_eq!(outcome.error, None, "the script failed");
    outcome
        .tests
        .iter()
        .map(|test| match &test.error {
            _ if test.skipped => format!("skipped {}", test.name),
            None if test.passed => format!("ok {}", test.name),
            Some(error) if !test.passed => format!("FAILED {}: {error}", test.name),
            odd => format!("odd {}: {odd:?}", test.name),
        })
        .collect()
}

/// Runs a test script in which every test has to hold, and at least one is.
pub(crate) fn all_hold(source: &str, scope: &Scope) {
    let outcome = run_test(source, scope);
    let told = told(&outcome);
    assert!(!told.is_empty(), "nothing was tested");
    let failed: Vec<_> = told
        .iter()
        .filter(|line| !line.starts_with("ok "))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The console lines, each as JSON.
pub(crate) fn lines(outcome: &Outcome) -> Vec<Value> {
    assert_eq!(outcome.error, None, "the script failed");
    outcome
        .console
        .iter()
        .map(|line| Value::from(line.messages.clone()))
        .collect()
}

/// Runs it and says how long it took.
#[expect(
    clippy::disallowed_types,
    reason = "limits on scripts are about real time"
)]
pub(crate) fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let began = std::time::Instant::now();
    let result = run();
    (result, began.elapsed())
}
