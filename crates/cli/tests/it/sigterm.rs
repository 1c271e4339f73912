//! SIGTERM: what is under way ends, the leases go back, and the program ends well.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use serde_json::json;

use crate::server::{PATIENCE, Place, Server};

/// An integration of activities at the receiver, and one activity for it.
async fn one_delivery(server: &Server, receiver: &Receiver) {
    let config = json!({"url": receiver.url("/hook")});
    server
        .post(
            "/api/integrations",
            &json!({"integration": {"name": "Team", "event": "team_activity", "config": config}}),
        )
        .await;
    server
        .post(
            "/api/workspaces",
            &json!({"workspace": {"name": "Payments", "type": "team"}}),
        )
        .await;
}

#[tokio::test]
async fn deliveries_that_are_under_way_end_and_are_recorded() {
    let place = Place::new();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(1500)));
    let server = place.serve();
    one_delivery(&server, &receiver).await;
    // The integration tells of its own making, too.
    receiver.wait_for(2, PATIENCE).await;
    server.stop();

    let server = place.serve();
    let deliveries = server.get("/api/deliveries").await;
    let states: Vec<&str> = deliveries["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|delivery| delivery["status"].as_str().unwrap())
        .collect();
    assert!(
        !states.is_empty() && states.iter().all(|state| *state == "succeeded"),
        "{deliveries}"
    );
    let ids: Vec<String> = receiver
        .requests()
        .iter()
        .map(|request| request.header("webhook-id").unwrap().to_owned())
        .collect();
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "nothing was sent twice");
    server.stop();
}

#[tokio::test]
async fn a_stop_is_bounded_by_the_grace() {
    let place = Place::new().with("POSTERN_GRACE_SECONDS", "1");
    let receiver = Receiver::start();
    receiver.answer(Answer::hang());
    let server = place.serve();
    one_delivery(&server, &receiver).await;
    receiver.wait_for(1, PATIENCE).await;
    let asked = tokio::time::Instant::now();
    server.signal(libc::SIGTERM);
    let (status, errors) = server.ended();
    assert_eq!(status.code(), Some(0), "{errors}");
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert!(errors.contains("the grace is over"), "{errors}");
}

#[tokio::test]
async fn a_second_signal_ends_at_once() {
    let place = Place::new();
    let receiver = Receiver::start();
    receiver.answer(Answer::hang());
    let server = place.serve();
    one_delivery(&server, &receiver).await;
    receiver.wait_for(1, PATIENCE).await;
    let asked = tokio::time::Instant::now();
    server.signal(libc::SIGINT);
    server.tells("SIGINT: ending what is under way");
    server.signal(libc::SIGINT);
    let (status, errors) = server.ended();
    assert_eq!(status.code(), Some(130), "{errors}");
    assert!(asked.elapsed() < Duration::from_secs(10));
}
