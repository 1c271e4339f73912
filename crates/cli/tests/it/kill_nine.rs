//! `kill -9` between an accepted change and its delivery: nothing that was accepted is lost.

use std::collections::BTreeSet;
use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use serde_json::json;

use crate::receiving::Hooks;
use crate::server::Place;

/// How often the server is killed.
const ROUNDS: usize = 5;

/// How many changes each of its lives accepts.
const CHANGES: usize = 6;

#[tokio::test]
async fn every_accepted_change_arrives_although_the_server_is_killed_again_and_again() {
    let place = Place::new();
    let mut server = place.serve();
    let receiver = Receiver::start();
    let hooks = Hooks::of(&server, receiver, &["team_activity"]).await;
    let mut accepted = BTreeSet::new();
    for round in 0..ROUNDS {
        // Some requests hang when the kill comes, some were answered and not yet recorded, some were never begun.
        let mut answers = vec![Answer::status(204), Answer::hang()];
        answers.rotate_left(round % 2);
        hooks.receiver.queue(answers);
        hooks.receiver.answer(match round % 3 {
            0 => Answer::hang(),
            1 => Answer::status(204).delay(Duration::from_millis(30)),
            _ => Answer::status(503),
        });
        for change in 0..CHANGES {
            let name = format!("Workspace {round}.{change}");
            let workspace = json!({"workspace": {"name": name, "type": "team"}});
            server.post("/api/workspaces", &workspace).await;
            accepted.insert(name);
        }
        server.kill();
        server = place.serve();
    }
    hooks.receiver.answer(Answer::status(204));
    for name in &accepted {
        hooks
            .wait_for("team_activity", |body| body["model_name"] == name.as_str())
            .await;
    }
    let arrived = hooks.arrived("team_activity");
    let told: BTreeSet<String> = arrived
        .iter()
        .filter(|one| one.body["model"] == "workspace")
        .map(|one| one.body["model_name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(told, accepted, "and nothing that was not accepted");
    for name in &accepted {
        let ids: BTreeSet<&String> = arrived
            .iter()
            .filter(|one| one.body["model_name"] == name.as_str())
            .map(|one| &one.id)
            .collect();
        assert_eq!(ids.len(), 1, "a repeat of {name} has the id of the first");
    }
    server.stop();
}

#[tokio::test]
async fn a_receiver_that_was_away_gets_what_a_killed_server_owed() {
    let place = Place::new();
    let server = place.serve();
    let receiver = Receiver::start();
    let hooks = Hooks::of(&server, receiver, &["collection_backup"]).await;
    let away = hooks.leave();
    let document = json!({
        "info": {
            "name": "Petstore",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [],
    });
    server
        .post("/api/collections", &json!({"collection": document}))
        .await;
    server.kill();
    let server = place.serve();
    let hooks = away.come_back();
    let backup = hooks.wait_for("collection_backup", |_| true).await;
    assert_eq!(backup.body["collection"]["info"]["name"], "Petstore");
    server.stop();
}
