//! Incoming hooks, with the program: a signed push, and a folder is looked at that nobody looks at otherwise.

use std::time::Duration;

use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};
use postern_model::signature::sign_hub;
use serde_json::{Value, json};

use crate::server::{Place, Server};

async fn names(server: &Server) -> Vec<String> {
    let listed = server.get("/api/collections").await;
    let listed = listed["collections"].as_array().unwrap();
    let names = listed.iter().map(|it| it["name"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

/// Waits until the collections are these.
async fn becomes(server: &Server, wanted: &[&str]) {
    for _ in 0..400 {
        if names(server).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!(
        "the collections are {:?}, not {wanted:?}",
        names(server).await
    );
}

/// Calls as GitHub does.
async fn push(url: &str, secret: &str, delivery: &str) -> (u16, Value) {
    let body = json!({"ref": "refs/heads/main", "commits": []}).to_string();
    let request = Request::new("POST", url.parse().unwrap())
        .header("Content-Type", "application/json")
        .header("User-Agent", "GitHub-Hookshot/044aadd")
        .header("X-GitHub-Delivery", delivery)
        .header("X-GitHub-Event", "push")
        .header("X-Hub-Signature-256", sign_hub(secret, body.as_bytes()))
        .body(body);
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let answer = egress.send(request, &Limits::WHOLE).await.unwrap();
    let told = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status, told)
}

#[tokio::test]
async fn a_folder_is_looked_at_after_a_signed_push_and_after_no_other() {
    let place = Place::new();
    let root = place.path().join("open");
    std::fs::create_dir_all(&root).unwrap();
    let write = |title: &str| {
        let text =
            format!("openapi: 3.1.0\ninfo: {{title: {title}}}\npaths: {{/a: {{get: {{}}}}}}\n");
        std::fs::write(root.join("api.yaml"), text).unwrap();
    };
    write("First");
    let place = place.with("POSTERN_SOURCES_DIRECTORIES", root.to_str().unwrap());
    let server = place.serve();
    let source = json!({"source": {"name": "Git", "type": "directory", "path": root.to_str().unwrap(), "every": 0}});
    let source = server.post("/api/sources", &source).await["source"].clone();
    becomes(&server, &["First"]).await;
    let hook = json!({"incomingHook": {"name": "On push", "kind": "github", "source": source["id"], "branches": ["main"]}});
    let hook = server.post("/api/incoming-hooks", &hook).await["incomingHook"].clone();
    let (url, secret) = (
        hook["url"].as_str().unwrap(),
        hook["secret"].as_str().unwrap(),
    );
    assert!(url.starts_with(&server.url), "{url}");

    write("Second");
    let (status, told) = push(url, "not the secret", "1").await;
    assert_eq!(
        (status, &told["error"]["name"]),
        (401, &json!("AuthenticationError"))
    );
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(names(&server).await, ["First"]);
    let (status, told) = push(url, secret, "2").await;
    assert_eq!(status, 202, "{told}");
    assert_eq!(
        told["incomingHook"],
        json!({"did": "refresh", "source": source["id"]})
    );
    becomes(&server, &["Second"]).await;
    let (status, told) = push(url, secret, "2").await;
    assert_eq!(
        (status, &told["incomingHook"]["did"]),
        (200, &json!("nothing"))
    );

    let path = format!("/api/incoming-hooks/{}", hook["id"].as_str().unwrap());
    assert_eq!(
        server.get(&path).await["incomingHook"]["lastOutcome"],
        "repeat"
    );
    let metrics = server.call("GET", "/metrics", None).await.unwrap();
    let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
    for outcome in ["refused", "refresh", "repeat"] {
        let line = format!("incoming_hook_calls_total{{kind=\"github\",outcome=\"{outcome}\"}} 1");
        assert!(metrics.contains(&line), "{line}\n{metrics}");
    }
    // Whoever reads the log finds the refusal, and nothing that opens anything.
    server.tells("refused a call of an incoming hook");
    let log = server.errors();
    assert!(!log.contains(secret) && !log.contains("sha256="), "{log}");
    let token = url.rsplit('/').next().unwrap();
    assert!(!log.contains(token), "{log}");
    server.stop();
}
