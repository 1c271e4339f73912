//! Inboxes of a whole server, sent to by its own integrations, where nothing else of this machine is open.

use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{Place, Server};

async fn integration(server: &Server, name: &str, url: &str) -> String {
    let made = server
        .post(
            "/api/integrations",
            &json!({"integration": {
                "name": name, "event": "custom", "config": {"url": url, "headers": {"X-Token": "abc"}},
                "options": {"retries": [], "signatures": ["v1a", "x-hub-signature-256"]},
            }}),
        )
        .await;
    made["integration"]["id"].as_str().unwrap().to_owned()
}

/// The only delivery of an integration, when it has ended, with its attempts.
async fn ended(server: &Server, integration: &str) -> Value {
    let path = format!("/api/integrations/{integration}/deliveries");
    for _ in 0..400 {
        let listed = server.get(&path).await;
        let delivery = &listed["deliveries"][0];
        if ["succeeded", "exhausted"].contains(&delivery["status"].as_str().unwrap_or_default()) {
            let id = delivery["id"].as_str().unwrap();
            return server.get(&format!("/api/deliveries/{id}")).await;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{:#}", server.get(&path).await);
}

#[tokio::test]
async fn an_integration_sends_to_an_inbox_and_to_nothing_else_of_its_server() {
    let place = Place::new().without("POSTERN_EGRESS_WEBHOOKS_ALLOW");
    let server = place.serve();
    let mut inboxes = Vec::new();
    for answer in [
        json!({}),
        json!({"status": 500, "delayMs": 300, "body": "out of order"}),
    ] {
        let made = server
            .post("/api/inboxes", &json!({"inbox": {"answer": answer}}))
            .await;
        let text = |name: &str| made["inbox"][name].as_str().unwrap().to_owned();
        inboxes.push((text("id"), text("url")));
    }
    let (inbox, url) = &inboxes[0];
    assert!(url.starts_with(&format!("{}/in/", server.url)), "{url}");
    let good = integration(&server, "Takes", &format!("{url}/builds")).await;
    let bad = integration(&server, "Fails", &inboxes[1].1).await;
    let mut shut = Vec::new();
    for path in [
        "/api/hooks/x",
        "/in/../api/hooks/x",
        "/in/%2e%2e/api/hooks/x",
        "/in/..%2fapi",
        "/healthz",
    ] {
        shut.push(integration(&server, path, &format!("{}{path}", server.url)).await);
    }
    let event = json!({"event": {"type": "build.done", "payload": {"number": 1}}});
    let published = server.post("/api/events", &event).await;

    let taken = ended(&server, &good).await;
    assert_eq!(taken["delivery"]["status"], "succeeded", "{taken:#}");
    let listed = server.get(&format!("/api/inboxes/{inbox}/requests")).await;
    let came = &listed["requests"][0];
    assert_eq!(
        came["signature"],
        json!({"verdict": "valid", "integration": {"id": good, "name": "Takes"}})
    );
    assert_eq!(came["webhookId"], published["event"]["id"]);
    assert_eq!(
        (&came["event"], &came["attempt"], &came["path"]),
        (&json!("custom"), &json!(1), &json!("/builds"))
    );
    let path = format!(
        "/api/inboxes/{inbox}/requests/{}",
        came["id"].as_str().unwrap()
    );
    let shown = server.get(&path).await["request"].clone();
    let body: Value = serde_json::from_str(shown["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["number"], 1, "{shown:#}");
    let headers = shown["headers"].as_array().unwrap();
    assert!(
        headers.contains(&json!({"name": "x-token", "value": "abc"})),
        "{shown:#}"
    );

    let failed = ended(&server, &bad).await;
    let attempt = &failed["attempts"][0];
    assert_eq!(failed["delivery"]["status"], "exhausted", "{failed:#}");
    assert_eq!(attempt["status"], 500, "{attempt:#}");
    assert!(attempt.to_string().contains("out of order"), "{attempt:#}");
    assert!(
        attempt["timings"]["totalMs"]
            .as_i64()
            .is_some_and(|it| it >= 300),
        "{attempt:#}"
    );
    for integration in shut {
        let refused = ended(&server, &integration).await;
        let attempt = &refused["attempts"][0];
        assert_eq!(attempt["outcome"], "address_refused", "{attempt:#}");
    }

    // What takes its time does not hold up the end.
    let slow = json!({"inbox": {"answer": {"delayMs": 30_000}}});
    let path = format!("/api/inboxes/{}", inboxes[0].0);
    let changed = server
        .call("PATCH", &path, Some(slow.to_string().into_bytes()))
        .await;
    assert_eq!(changed.unwrap().status, 200);
    let began = tokio::time::Instant::now();
    server.post("/api/events", &event).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.stop();
    assert!(began.elapsed() < Duration::from_secs(15));
}
