//! The collection URL works in newman, as it is.

use std::process::Stdio;

use postern_egress::testing::{Answer, Receiver};
use serde_json::json;
use tokio::process::Command;

use crate::server::{KEY, Place, said, workspace};

#[tokio::test]
async fn newman_runs_a_collection_straight_from_its_url() {
    let newman = workspace().join("tests/newman/node_modules/newman/bin/newman.js");
    if !newman.exists() {
        let reason = format!("newman is not installed at {}", newman.display());
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        println!("skipped: {reason} (scripts/prepare test installs it)");
        return;
    }
    let place = Place::new();
    let server = place.serve();
    let api = Receiver::start();
    api.answer(Answer::status(200).body("pong"));
    let document = json!({
        "info": {
            "name": "Ping",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{
            "name": "Ping",
            "event": [{"listen": "test", "script": {"exec": [
                "pm.test('pong', () => pm.expect(pm.response.text()).to.equal('pong'));"
            ]}}],
            "request": {"method": "GET", "url": api.url("/ping")},
        }],
    });
    let made = server
        .post("/api/collections", &json!({"collection": document}))
        .await;
    let uid = made["collection"]["uid"].as_str().expect("a uid");
    let url = format!("{}/api/collections/{uid}?apikey={KEY}", server.url);
    let report = place.path().join("report.json");
    let ran = Command::new("node")
        .arg(&newman)
        .args(["run", &url, "--reporters", "json", "--reporter-json-export"])
        .arg(&report)
        .stdin(Stdio::null())
        .output()
        .await
        .expect("node runs");
    assert!(
        ran.status.success(),
        "{}{}",
        said(&ran.stdout),
        said(&ran.stderr)
    );
    let report = std::fs::read(&report).expect("newman's report");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("JSON");
    let stats = &report["run"]["stats"]["assertions"];
    assert_eq!(
        (&stats["total"], &stats["failed"]),
        (&json!(1), &json!(0)),
        "{stats}"
    );
    assert_eq!(api.requests().len(), 1);
    server.stop();
}
