//! Two servers on one PostgreSQL: they share the work, and one takes over what the other leaves.

use std::collections::BTreeSet;
use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use serde_json::json;

use crate::postgres::Database;
use crate::receiving::Hooks;
use crate::server::{PATIENCE, Place, Server};

/// Waits until so many servers work on the database.
async fn nodes_are(database: &Database, count: usize) {
    for _ in 0..PATIENCE.as_millis() / 50 {
        if database.nodes().await == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} nodes and not {count}", database.nodes().await);
}

async fn change(server: &Server, name: &str) {
    let workspace = json!({"workspace": {"name": name, "type": "team"}});
    server.post("/api/workspaces", &workspace).await;
}

#[tokio::test]
async fn kill_nine_of_one_node_leaves_nothing_undelivered() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let place = Place::new().on(&database);
    let (one, other) = (place.serve(), place.serve());
    nodes_are(&database, 2).await;
    let hooks = Hooks::of(&one, Receiver::start(), &["team_activity"]).await;
    hooks.receiver.answer(Answer::hang());
    let mut names = BTreeSet::new();
    for number in 0..4 {
        for (server, node) in [(&one, "one"), (&other, "other")] {
            let name = format!("Workspace {number} by {node}");
            change(server, &name).await;
            names.insert(name);
        }
    }
    hooks.receiver.wait_for(1, PATIENCE).await;
    one.kill();
    hooks.receiver.answer(Answer::status(204));
    for name in &names {
        hooks
            .wait_for("team_activity", |body| body["model_name"] == name.as_str())
            .await;
    }
    other.stop();
    assert_eq!(
        database.nodes().await,
        1,
        "the killed one could not say that it left"
    );
}

#[tokio::test]
async fn sigterm_gives_the_leases_back() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let place = Place::new().on(&database);
    let (one, other) = (place.serve(), place.serve());
    nodes_are(&database, 2).await;
    one.stop();
    assert_eq!(database.nodes().await, 1);
    let hooks = Hooks::of(&other, Receiver::start(), &["team_activity"]).await;
    change(&other, "Payments").await;
    hooks
        .wait_for("team_activity", |body| body["model_name"] == "Payments")
        .await;
    other.stop();
    assert_eq!(database.nodes().await, 0);
}

#[tokio::test]
async fn one_answers_and_another_does_the_work() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let api = Place::new().on(&database).with("POSTERN_ROLES", "api");
    let door = api.serve();
    assert_eq!(database.nodes().await, 0, "it does no work");
    let hooks = Hooks::of(&door, Receiver::start(), &["team_activity"]).await;
    change(&door, "Payments").await;
    let key = std::fs::read(api.path().join("postern-data/secret.key")).expect("its key");
    let key = String::from_utf8(key).expect("text").trim().to_owned();
    let work = Place::new()
        .on(&database)
        .with("POSTERN_SECRET_KEY", key)
        .with("POSTERN_ROLES", "worker");
    let worker = work.serve();
    hooks
        .wait_for("team_activity", |body| body["model_name"] == "Payments")
        .await;
    let call = async |path: &str| {
        let answer = worker.call("GET", path, None).await;
        answer.expect("an answer").status
    };
    assert_eq!(call("/api/collections").await, 404, "it does not answer");
    assert_eq!(call("/readyz").await, 200, "but for those who watch it");
    door.stop();
    worker.stop();
}
