//! Incoming webhooks: what is posted starts a run, and its scripts read it.

use std::time::Duration;

use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};
use serde_json::{Value, json};

use crate::server::{Place, Server};

fn collection(server: &Server) -> Value {
    let script = "const given = JSON.parse(globals.previousRequest);
        pm.test('the body', () => pm.expect(given.data.ref).to.eql('refs/heads/main'));
        pm.test('a header', () => pm.expect(given.headers['x-event']).to.eql('push'));
        pm.test('no secret', () => pm.expect(given.headers).to.not.have.property('authorization'));";
    json!({"collection": {
        "info": {"name": "On push", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "Alive", "request": {"method": "GET", "url": format!("{}/healthz", server.url)},
            "event": [{"listen": "test", "script": {"exec": script}}]}],
    }})
}

#[tokio::test]
async fn what_is_posted_starts_a_run_whose_scripts_read_it() {
    let place = Place::new();
    let server = place.serve();
    let made = server.post("/api/collections", &collection(&server)).await;
    let uid = made["collection"]["uid"].as_str().unwrap();
    let hook = json!({"webhook": {"name": "On push", "collection": uid}});
    let hook = server.post("/api/webhooks", &hook).await;
    let url = hook["webhook"]["webhookUrl"].as_str().unwrap();
    assert!(url.starts_with(&server.url), "{url}");
    let request = Request::new("POST", url.parse().unwrap())
        .header("X-Event", "push")
        .header("Authorization", "Bearer s3cret")
        .body(json!({"ref": "refs/heads/main"}).to_string());
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let called = egress.send(request, &Limits::WHOLE).await.unwrap();
    assert_eq!(called.status, 202);
    let called: Value = serde_json::from_slice(&called.body).unwrap();
    let run = called["run"]["id"].as_str().unwrap().to_owned();
    let mut ended = Value::Null;
    for _ in 0..600 {
        ended = server.get(&format!("/api/runs/{run}")).await;
        if !["queued", "running"].contains(&ended["run"]["info"]["status"].as_str().unwrap()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(ended["run"]["info"]["status"], "success", "{ended:#}");
    assert_eq!(ended["run"]["info"]["trigger"], "webhook");
    assert_eq!(ended["run"]["stats"]["assertions"]["total"], 3);
    let monitor = hook["webhook"]["uid"].as_str().unwrap();
    let executions = server
        .get(&format!("/api/monitors/{monitor}/executions"))
        .await;
    assert_eq!(executions["data"][0]["id"], run.as_str());
    let results = server
        .get(&format!("/api/monitors/{monitor}/runs/{run}/results"))
        .await;
    assert_eq!(results, ended);
    server.stop();
}
