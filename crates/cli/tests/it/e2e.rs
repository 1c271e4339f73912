//! The whole way, on both engines: changes and runs come in, signed webhooks of all four kinds go out, a backup restores.

use postern_egress::testing::{Answer, Receiver};
use serde_json::{Value, json};

use crate::postgres::Database;
use crate::receiving::Hooks;
use crate::server::{Place, Server};

/// A collection whose requests go to `{{host}}`, with a test that passes and one that fails for a broken answer.
fn petstore(host: &str) -> Value {
    let script = "pm.test('answers', () => pm.response.to.have.status(200));\n\
                  pm.test('has pets', () => pm.expect(pm.response.json().pets).to.be.above(0));";
    json!({
        "info": {
            "name": "Petstore",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{"name": "Pets", "item": [{
            "name": "List pets",
            "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": script.split('\n').collect::<Vec<_>>()}}],
            "request": {"method": "GET", "url": "{{host}}/pets"},
            "x-unknown": {"kept": 1.50},
        }]}],
        "variable": [{"key": "host", "value": host}],
    })
}

/// The story.
async fn tell(place: &Place) {
    let server = place.serve();
    let api = Receiver::start();
    api.answer(Answer::status(200).body(r#"{"pets": 3}"#));
    let hooks = Hooks::of_all_kinds(&server).await;

    let workspace = json!({"workspace": {"name": "Payments", "type": "team"}});
    server.post("/api/workspaces", &workspace).await;
    let told = hooks
        .wait_for("team_activity", |body| body["model_name"] == "Payments")
        .await;
    assert_eq!(told.body["action"], "create");
    assert_eq!(told.body["model"], "workspace");

    let uid = a_collection_is_backed_up_and_told(&server, &hooks, &petstore(&api.url(""))).await;
    a_monitor_is_told_passing_and_failing(&server, &hooks, &uid, &api).await;
    nothing_is_left_owing(&server).await;
    server.stop();
}

async fn a_collection_is_backed_up_and_told(
    server: &Server,
    hooks: &Hooks,
    document: &Value,
) -> String {
    let made = server
        .post("/api/collections", &json!({"collection": document}))
        .await;
    let uid = made["collection"]["uid"]
        .as_str()
        .expect("a uid")
        .to_owned();
    let path = format!("/api/collections/{uid}");
    let stored = server.get(&path).await;
    let first = hooks.wait_for("collection_backup", |_| true).await;
    assert_eq!(first.body, stored, "a backup is what the API gives");
    assert_eq!(
        stored["collection"]["item"][0]["item"][0]["x-unknown"],
        json!({"kept": 1.50})
    );
    let told = hooks
        .wait_for("collection_activity", |body| body["action"] == "create")
        .await;
    assert_eq!(told.body["collection_uid"], uid);
    assert_eq!(told.body["user_name"], "Admin");

    let mut changed = stored.clone();
    changed["collection"]["item"][0]["item"][0]["name"] = json!("All pets");
    server.put(&path, &changed).await;
    let renamed = hooks
        .wait_for("collection_activity", |body| {
            body["model_name"] == "All pets"
        })
        .await;
    assert_eq!(renamed.body["model"], "request");
    let second = hooks
        .wait_for("collection_backup", |body| *body == changed)
        .await;
    assert_ne!(first.id, second.id);

    // Restoring: the body of the first backup, posted as it came.
    let restored = server.post("/api/collections", &first.body).await;
    let other = restored["collection"]["uid"].as_str().expect("a uid");
    assert_ne!(
        other, uid,
        "a restored collection stands beside the one there is"
    );
    let mut again = server.get(&format!("/api/collections/{other}")).await;
    let mut before = first.body.clone();
    for document in [&mut again, &mut before] {
        // It is another collection, and so it has another id.
        document["collection"]["info"]
            .as_object_mut()
            .expect("info")
            .remove("_postman_id");
    }
    assert_eq!(again, before);
    uid
}

async fn a_monitor_is_told_passing_and_failing(
    server: &Server,
    hooks: &Hooks,
    uid: &str,
    api: &Receiver,
) {
    let monitor = json!({"monitor": {
        "name": "Pets are there", "collection": uid, "schedule": {"cron": "0 0 1 1 *", "timezone": "Europe/Paris"},
    }});
    let made = server.post("/api/monitors", &monitor).await;
    let monitor = made["monitor"]["uid"].as_str().expect("a uid");
    let run = format!("/api/monitors/{monitor}/run");

    let passed = server.post(&run, &Value::Null).await;
    assert_eq!(passed["run"]["info"]["status"], "success", "{passed:#}");
    let told = hooks.wait_for("monitor_results", |_| true).await;
    assert_eq!(told.body["monitor_name"], "Pets are there");
    assert_eq!(told.body["collection_name"], "Petstore");
    assert_eq!(told.body["environment_name"], "");
    let metrics = &told.body["metrics"];
    assert_eq!(
        (
            &metrics["passedTests"],
            &metrics["failedTests"],
            &metrics["errors"],
            &metrics["requestCount"]
        ),
        (&json!(2), &json!(0), &json!(0), &json!(1)),
        "{metrics}"
    );

    api.answer(Answer::status(200).body(r#"{"pets": 0}"#));
    let failed = server.post(&run, &Value::Null).await;
    assert_eq!(failed["run"]["info"]["status"], "failure", "{failed:#}");
    let told = hooks
        .wait_for("monitor_results", |body| {
            body["metrics"]["failedTests"] == 1
        })
        .await;
    assert_eq!(told.body["metrics"]["passedTests"], 1);
}

/// Waits until every delivery has ended, and well.
async fn nothing_is_left_owing(server: &Server) {
    let mut deliveries = Value::Null;
    for _ in 0..200 {
        deliveries = server.get("/api/deliveries?limit=100").await;
        let list = deliveries["deliveries"].as_array().expect("deliveries");
        assert!(!list.is_empty());
        if list
            .iter()
            .all(|delivery| delivery["status"] == "succeeded")
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("something did not arrive: {deliveries:#}");
}

#[tokio::test]
async fn on_sqlite_what_happens_is_told_and_a_backup_restores() {
    tell(&Place::new()).await;
}

#[tokio::test]
async fn on_postgres_what_happens_is_told_and_a_backup_restores() {
    if let Some(database) = Database::fresh().await {
        tell(&Place::new().on(&database)).await;
    }
}
