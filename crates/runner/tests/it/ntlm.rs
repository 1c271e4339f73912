//! What newman and we say alike could be wrong alike: pyspnego, a server's library, judges what NTLM says.
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use postern_egress::testing::Receiver;
use postern_runner::{Options, RunEvent};
use serde_json::{Value, json};

use crate::played::{plan, play};

struct Acceptor {
    process: Child,
    port: u16,
}

impl Acceptor {
    /// Starts it; where pyspnego is not installed, that is printed.
    fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pyspnego");
        let python = folder.join(".venv/bin/python");
        if !python.exists() {
            println!("skipped: pyspnego is not installed (scripts/prepare test installs it)");
            return None;
        }
        let mut command = Command::new(python);
        command.arg(folder.join("acceptor.py"));
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Some(Self { process, port })
    }

    /// The statuses and the bodies of requests with these parameters.
    fn answers(&self, parameters: &[Value]) -> Vec<(u16, String)> {
        let items = parameters.iter().map(|parameters| {
            let url = format!("http://127.0.0.1:{}/", self.port);
            let body = json!({"mode": "raw", "raw": "words"});
            let auth = json!({"type": "ntlm", "ntlm": parameters});
            json!({"name": "one", "request": {"method": "POST", "url": url, "body": body, "auth": auth}})
        });
        let items: Vec<Value> = items.collect();
        let collection = json!({"info": {"name": "NTLM"}, "item": items});
        let plan = plan(collection, &Receiver::start(), Options::default());
        let mut answers = Vec::new();
        play(&plan, &mut |event: &RunEvent<'_>| {
            if let RunEvent::StepEnded { execution, .. } = event {
                let answer = execution.response.as_ref().unwrap();
                let body = String::from_utf8(answer.body.to_vec()).unwrap();
                answers.push((answer.status, body));
            }
        });
        answers
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn who_has_the_password_is_known_on_the_connection_and_nobody_else() {
    let Some(acceptor) = Acceptor::start() else {
        return;
    };
    let anna = |domain: &str, user: &str, password: &str| json!({"username": user, "password": password, "domain": domain, "workstation": "desk"});
    for (parameters, expected) in [
        (anna("home", "anna", "Sésame"), "HOME\\anna words"),
        (anna("", "Home\\anna", "Sésame"), "HOME\\anna words"),
        (anna("", "anna@home", "Sésame"), "HOME\\anna words"),
        (anna("", "ben", "öffne dich"), "ben words"),
    ] {
        let known = (200, expected.to_owned());
        let still = (200, format!("still {expected}"));
        let answers = acceptor.answers(&[parameters.clone(), parameters]);
        assert_eq!(answers, [known, still]);
    }
    for parameters in [
        anna("home", "anna", "sésame"),
        anna("elsewhere", "anna", "Sésame"),
        anna("home", "carl", "Sésame"),
        anna("home", "anna", ""),
    ] {
        let answers = acceptor.answers(&[parameters]);
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].0, 401, "{answers:?}");
        assert!(answers[0].1.starts_with("refused: "), "{answers:?}");
    }
}
