//! Letters, by the real program, to a real mail server (aiosmtpd): what comes, what is refused, and what is not let go in the clear.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use postern_egress::testing::{Authority, Identity};
use serde_json::{Value, json};

use crate::program::Program;
use crate::server::{Place, Server, workspace};

/// A mail server that runs; ended when this is dropped.
struct MailServer {
    program: Program,
    port: u16,
}

impl MailServer {
    /// Starts it; where aiosmtpd is not installed, that is printed.
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    fn start(mode: &str, identity: Option<(&Identity, &Path)>) -> Option<Self> {
        let folder = workspace().join("tests/smtp");
        let python = folder.join(".venv/bin/python");
        if !folder.join(".venv/ready").exists() {
            println!("skipped: aiosmtpd is not installed (scripts/prepare test installs it)");
            return None;
        }
        let mut command = Command::new(python);
        command.arg(folder.join("server.py")).arg(mode);
        if let Some((identity, place)) = identity {
            for (name, text) in [
                ("mail.crt", identity.certificate_pem()),
                ("mail.key", identity.key_pem()),
            ] {
                let file = place.join(name);
                std::fs::write(&file, text).expect("a file");
                command.arg(file);
            }
        }
        let program = Program::start(command);
        let line: Value = serde_json::from_str(&program.says("port")).expect("JSON");
        let port = line["port"].as_u64().expect("a port");
        Some(Self {
            program,
            port: port.try_into().expect("a port"),
        })
    }

    /// The letters that it has taken.
    fn letters(&self) -> Vec<Value> {
        let out = self.program.out();
        let lines = out.lines().skip(1);
        lines
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }
}

/// An integration that writes letters about events of the team's own.
async fn writes(server: &Server, port: u16, fields: &Value, more: &Value) -> String {
    let mut all = json!({
        "host": "127.0.0.1", "port": port, "security": "none", "from": "postern@example.com", "to": "mia@example.com",
    });
    all.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    let mut integration = json!({
        "name": "Letters", "connector": "email", "event": "custom", "config": {"fields": all},
        "options": {"retries": [1, 1, 1], "timeout": 5},
    });
    for (name, value) in more.as_object().unwrap() {
        let settings = integration[name].as_object_mut().unwrap();
        settings.extend(value.as_object().unwrap().clone());
    }
    let made = server
        .post("/api/integrations", &json!({"integration": integration}))
        .await;
    made["integration"]["id"].as_str().unwrap().to_owned()
}

/// Has an integration send a test, and gives the first attempt.
async fn tested(server: &Server, integration: &str) -> Value {
    let path = format!("/api/integrations/{integration}/test");
    server.post(&path, &json!({})).await["attempts"][0].clone()
}

async fn until(mut there: impl AsyncFnMut() -> bool) {
    for _ in 0..750 {
        if there().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not come to that within 15 s");
}

#[tokio::test]
async fn a_letter_goes_through_starttls_with_a_password_and_says_all() {
    let (place, authority) = (Place::new(), Authority::new("Mail"));
    let identity = authority.issue(&["127.0.0.1"]);
    let ca = postern_egress::testing::pem("CERTIFICATE", &authority.certificate());
    let login = json!({"user": "mia", "password": "s3cret-of-mia", "to": "mia@example.com, lee@example.com"});
    for (mode, security) in [("starttls", "starttls"), ("tls", "tls")] {
        let Some(mail) = MailServer::start(mode, Some((&identity, place.path()))) else {
            return;
        };
        let server = place.serve();
        let mut fields = login.clone();
        fields["security"] = json!(security);
        let trusting = json!({"config": {"tls": {"ca": ca}}});
        let integration = writes(&server, mail.port, &fields, &trusting).await;
        let event = json!({"event": {"type": "größe.finished", "payload": {"branch": "<b>main</b>", "emoji": "🦊"}}});
        let refused = server
            .call("POST", "/api/events", Some(event.to_string().into_bytes()))
            .await;
        assert_eq!(refused.unwrap().status, 400, "types are plain");
        let event = json!({"event": {"type": "build.finished", "payload": {"branch": "<b>main</b>", "emoji": "🦊"}}});
        server.post("/api/events", &event).await;
        until(async || !mail.letters().is_empty()).await;
        let letter = mail.letters().remove(0);
        assert_eq!(letter["login"], "mia");
        // With TLS from the beginning aiosmtpd knows nothing of it, and could not have read a word otherwise.
        assert_eq!(letter["tls"], mode == "starttls");
        assert_eq!(letter["to"], json!(["mia@example.com", "lee@example.com"]));
        let message = letter["message"].as_str().unwrap();
        for part in [
            "From: Postern <postern@example.com>",
            "To: mia@example.com, lee@example.com",
            "Subject: build.finished",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain",
            "Content-Type: text/html",
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
        // The wrong password, and a certificate that nobody vouches for.
        fields["password"] = json!("wrong");
        let wrong = writes(&server, mail.port, &fields, &trusting).await;
        let attempt = tested(&server, &wrong).await;
        assert_eq!(
            (&attempt["status"], &attempt["outcome"]),
            (&json!(535), &json!("rejected"))
        );
        let said = attempt["message"].as_str().unwrap();
        assert!(
            said.contains("does not accept the user or the password"),
            "{said}"
        );
        let unknown = writes(&server, mail.port, &fields, &json!({})).await;
        let attempt = tested(&server, &unknown).await;
        assert_eq!(attempt["outcome"], "tls_failed", "{attempt}");
        assert_eq!(mail.letters().len(), 1, "nothing else has come");
        let whole = server
            .get(&format!("/api/integrations/{integration}/deliveries"))
            .await;
        assert!(!whole.to_string().contains("s3cret-of-mia"));
        assert!(!server.errors().contains("s3cret-of-mia"));
        server.stop();
    }
}

#[tokio::test]
async fn what_the_mail_server_refuses_is_told_and_what_it_puts_off_comes_once() {
    let Some(mail) = MailServer::start("plain", None) else {
        return;
    };
    let place = Place::new();
    let server = place.serve();
    // It offers no STARTTLS: nothing is sent in the clear instead.
    let strict = writes(
        &server,
        mail.port,
        &json!({"security": "starttls"}),
        &json!({}),
    )
    .await;
    let attempt = tested(&server, &strict).await;
    assert_eq!(attempt["outcome"], "tls_failed");
    assert!(
        attempt["message"]
            .as_str()
            .unwrap()
            .contains("offers no STARTTLS"),
        "{attempt}"
    );
    let nobody = writes(
        &server,
        mail.port,
        &json!({"to": "nobody@example.com"}),
        &json!({}),
    )
    .await;
    let attempt = tested(&server, &nobody).await;
    assert_eq!(
        (&attempt["status"], &attempt["outcome"]),
        (&json!(550), &json!("rejected"))
    );
    assert!(
        attempt["message"]
            .as_str()
            .unwrap()
            .contains("no such mailbox"),
        "{attempt}"
    );
    assert!(mail.letters().is_empty());
    let later = writes(
        &server,
        mail.port,
        &json!({"to": "later@example.com"}),
        &json!({}),
    )
    .await;
    let attempt = tested(&server, &later).await;
    assert_eq!(
        (&attempt["status"], &attempt["outcome"]),
        (&json!(451), &json!("server_error"))
    );
    assert_eq!(attempt["steps"][0]["method"], "MAIL");
    until(async || !mail.letters().is_empty()).await;
    let letters = mail.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0]["to"], json!(["later@example.com"]));
    server.stop();
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_is_waited_for_as_long_as_the_integration_says() {
    let Some(mail) = MailServer::start("hang", None) else {
        return;
    };
    let place = Place::new();
    let server = place.serve();
    let options = json!({"options": {"timeout": 1}});
    let silent = writes(&server, mail.port, &json!({}), &options).await;
    let attempt = tested(&server, &silent).await;
    assert_eq!(attempt["outcome"], "timeout", "{attempt}");
    let gone = mail.port;
    drop(mail);
    let refused = writes(&server, gone, &json!({}), &options).await;
    assert_eq!(
        tested(&server, &refused).await["outcome"],
        "connect_refused"
    );
    server.stop();
}

#[tokio::test]
async fn those_whom_a_monitor_names_are_told_up_to_its_limit() {
    let Some(mail) = MailServer::start("plain", None) else {
        return;
    };
    let place = Place::new();
    let server = place.serve();
    let alerts = json!({"integration": {
        "name": "Alerts", "connector": "email", "event": "monitor_results",
        "config": {"fields": {"host": "127.0.0.1", "port": mail.port, "security": "none", "from": "postern@example.com"}},
    }});
    server.post("/api/integrations", &alerts).await;
    let collection = json!({"collection": {
        "info": {"name": "Down", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "Get", "request": {"method": "GET", "url": "http://127.0.0.1:9/"}}],
    }});
    let collection = server.post("/api/collections", &collection).await;
    let monitor = json!({"monitor": {
        "name": "Down", "collection": collection["collection"]["uid"], "schedule": {"cron": "0 0 1 1 *"}, "notificationLimit": 2,
        "notifications": {"onError": [{"email": "ops@example.com"}], "onFailure": [{"email": "mia@example.com"}]},
    }});
    let monitor = server.post("/api/monitors", &monitor).await;
    let path = format!(
        "/api/monitors/{}/run",
        monitor["monitor"]["uid"].as_str().unwrap()
    );
    for _ in 0..3 {
        let run = server.post(&path, &json!({})).await;
        assert_eq!(run["run"]["info"]["status"], "error", "{run}");
    }
    until(async || {
        let deliveries = server.get("/api/deliveries").await;
        let all = deliveries["deliveries"].as_array().unwrap().clone();
        all.len() == 3 && all.iter().all(|it| it["status"] != "scheduled")
    })
    .await;
    let letters = mail.letters();
    let to: Vec<&Value> = letters.iter().map(|letter| &letter["to"]).collect();
    assert_eq!(
        to,
        [&json!(["ops@example.com"]), &json!(["ops@example.com"])],
        "the third is beyond the limit"
    );
    let first = letters[0]["message"].as_str().unwrap();
    assert!(
        first.contains("Subject: Down errored") && first.contains("References: <postern-monitor-"),
        "{first}"
    );
    server.stop();
}
