//! Integrations' own scripts in processes of their own, tried and sent through a server that runs.

use std::time::Duration;

use postern_egress::testing::Receiver;
use serde_json::{Value, json};

use crate::server::{Place, Server};

async fn tried(server: &Server, id: &str, body: Value) -> Value {
    let path = format!("/api/integrations/{id}/transform");
    server.post(&path, &body).await
}

#[tokio::test]
async fn a_transform_is_tried_on_a_past_event_and_then_used() {
    let place = Place::new().with("POSTERN_EGRESS_WEBHOOKS_ALLOW", "127.0.0.1");
    let server = place.serve();
    let receiver = Receiver::start();
    let made = server
        .post(
            "/api/integrations",
            &json!({"integration": {
                "name": "Chat", "event": "custom",
                "config": {"url": receiver.url("/hook"), "headers": {"X-Token": "secret"}},
            }}),
        )
        .await;
    let id = made["integration"]["id"].as_str().unwrap().to_owned();
    let event = json!({"event": {"type": "build.done", "payload": {"number": 7}}});
    server.post("/api/events", &event).await;
    receiver.wait_for(1, Duration::from_secs(15)).await;

    let source = "function handler(webhook) {
        console.log(webhook.eventType);
        return {...webhook, payload: {text: `Build ${webhook.payload.number} is done`}};
    }";
    let done = tried(&server, &id, json!({"transform": source})).await;
    assert_eq!(done["request"]["body"], r#"{"text":"Build 7 is done"}"#);
    assert_eq!(done["console"], json!(["build.done"]));
    assert_eq!(done["webhook"]["headers"]["X-Token"], "••••••••");
    assert_eq!(done["request"]["headers"]["X-Token"], "••••••••");

    let curious =
        "const handler = (it) => { console.log(it.headers); return {...it, payload: it.headers}; }";
    let done = tried(&server, &id, json!({"transform": curious})).await;
    assert!(!done.to_string().contains("secret"), "{done}");

    // One that would never end is ended; the next one is none the worse for it.
    let endless = "const handler = () => { for (;;) {} }";
    let regex = "const handler = () => /^(a+)+$/.test('a'.repeat(40) + 'b')";
    for source in [endless, regex] {
        let done = tried(&server, &id, json!({"transform": source})).await;
        assert!(done["error"].is_string(), "{done}");
        let done = tried(
            &server,
            &id,
            json!({"transform": "const handler = (it) => it"}),
        )
        .await;
        assert_eq!(done["error"], Value::Null, "{done}");
    }
    let outside = "const handler = () => ({payload: typeof require + typeof process + typeof fetch + typeof Deno})";
    let done = tried(&server, &id, json!({"transform": outside})).await;
    assert_eq!(done["request"]["body"], "undefined".repeat(4));

    let change = json!({"integration": {"config": {"transform": source}}});
    let path = format!("/api/integrations/{id}");
    let changed = server
        .call("PATCH", &path, Some(change.to_string().into_bytes()))
        .await;
    assert_eq!(changed.expect("an answer").status, 200);
    server.post("/api/events", &event).await;
    let requests = receiver.wait_for(2, Duration::from_secs(15)).await;
    assert_eq!(requests[1].text(), r#"{"text":"Build 7 is done"}"#);
    assert_eq!(requests[1].header("x-token"), Some("secret"));
    server.stop();
}
