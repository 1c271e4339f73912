//! `postern deliveries` and `postern verify`, against a server that runs and a receiver that answers.

use std::process::Output;

use postern_egress::testing::{Answer, Receiver};
use serde_json::{Value, json};

use crate::server::{KEY, Place, said};

fn told(output: &Output) -> Value {
    assert!(output.status.success(), "{}", said(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn what_failed_is_seen_tested_and_replayed_from_the_command_line() {
    let place = Place::new().with("POSTERN_EGRESS_WEBHOOKS_ALLOW", "127.0.0.1");
    let server = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(404).body("no such hook"));
    let made = server
        .post(
            "/api/integrations",
            &json!({"integration": {
                "name": "Builds", "event": "custom", "config": {"url": receiver.url("/hook")}, "options": {"retries": []},
            }}),
        )
        .await;
    let id = made["integration"]["id"].as_str().unwrap().to_owned();
    let secret = made["integration"]["secret"].as_str().unwrap().to_owned();
    for number in 0..3 {
        let event = json!({"event": {"type": "build.done", "payload": {"number": number}}});
        server.post("/api/events", &event).await;
    }
    receiver
        .wait_for(3, std::time::Duration::from_secs(15))
        .await;

    let run = |arguments: &[&str]| {
        let mut command = place.command(&["deliveries", "--server", &server.url]);
        command
            .args(arguments)
            .env("POSTERN_API_KEY", KEY)
            .output()
            .expect("the program runs")
    };
    let nobody = place.run(&["deliveries", "--server", &server.url, "list"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(said(&nobody.stderr).contains("POSTERN_API_KEY"));

    let mut listed = Value::Null;
    for _ in 0..200 {
        listed = told(&run(&["list", "--status", "exhausted", "--json"]));
        if listed["deliveries"].as_array().unwrap().len() == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let delivery = listed["deliveries"][0]["id"].as_str().unwrap().to_owned();
    let shown = said(&run(&["show", &delivery]).stdout);
    for part in ["exhausted", "build.done", "404", "| no such hook"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let tested = run(&["test", &id]);
    assert_eq!(tested.status.code(), Some(1), "the receiver refuses");
    assert!(said(&tested.stdout).contains("the receiver answered 404 Not Found"));

    receiver.answer(Answer::status(200));
    let counted = said(&run(&["replay", "--since", "1h", "--type", "build.*", "--dry-run"]).stdout);
    assert_eq!(
        counted.trim(),
        "3 deliveries would be made again, 100 a second."
    );
    let replayed = said(&run(&["replay", "--integration", &id, "--type", "build.*"]).stdout);
    assert!(replayed.contains("done"), "{replayed}");
    assert!(replayed.contains("3 of 3 are due again"), "{replayed}");
    let replays = told(&run(&["replays", "--json"]));
    assert_eq!(replays["replays"][0]["done"], 3);
    let tested = run(&["test", &id]);
    assert_eq!(tested.status.code(), Some(0), "{}", said(&tested.stdout));

    let held = said(&run(&["hold", &id]).stdout);
    assert_eq!(held.trim(), "Builds is paused.");
    let event = json!({"event": {"type": "build.done", "payload": {"number": 4}}});
    server.post("/api/events", &event).await;
    let discarded = said(&run(&["discard", &id]).stdout);
    assert_eq!(discarded.trim(), "1 held deliveries are discarded.");
    let resumed = said(&run(&["resume", &id, "--since", "1h"]).stdout);
    assert_eq!(resumed.trim(), "Builds is active.");
    let wrong = run(&["resume", &id, "--since", "yesterday"]);
    assert!(said(&wrong.stderr).contains("yesterday"));

    let status = place
        .command(&["status", "--server", &server.url])
        .env("POSTERN_API_KEY", KEY)
        .output()
        .expect("the program runs");
    let page = said(&status.stdout);
    for part in [
        "on sqlite",
        "database    ",
        "0 held",
        "server      127.0.0.1:",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }

    verifies(&place, &receiver, &secret);
    server.stop();
}

/// The last request that the receiver got, as it came, is Postern's; a changed one is not.
fn verifies(place: &Place, receiver: &Receiver, secret: &str) {
    let request = receiver.requests().pop().unwrap();
    let mut raw = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        raw.push_str(&format!("{name}: {value}\r\n"));
    }
    raw.push_str("\r\n");
    raw.push_str(&request.text());
    let file = place.path().join("request.http");
    let verify = |raw: &str, arguments: &[&str]| {
        std::fs::write(&file, raw).unwrap();
        let mut command = place.command(&["verify", "request.http"]);
        command
            .args(arguments)
            .env("POSTERN_SIGNING_SECRET", secret);
        command.output().expect("the program runs")
    };
    let good = verify(&raw, &[]);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good.stderr));
    let changed = verify(&format!("{raw} "), &[]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(said(&changed.stderr).contains("no signature fits"));
    let old = verify(&raw, &["--at", "2020-01-01T00:00:00Z"]);
    assert!(said(&old.stderr).contains("five minutes"));
    let headless = verify("{}", &[]);
    assert!(said(&headless.stderr).contains("empty line"));
}
