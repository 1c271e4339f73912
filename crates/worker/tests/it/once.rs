//! Without a fault nothing is sent twice.

use std::collections::HashSet;

use postern_model::EventKind;
use serde_json::json;

use crate::house::{PATIENCE, houses};

/// Looks and outcomes overlap all the time here: a row that is read as due may have been settled a moment later.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_sent_twice_while_looks_and_outcomes_overlap() {
    const EVENTS: usize = 400;
    for mut house in houses().await {
        house
            .integration(|integration| integration.event = EventKind::Custom)
            .await;
        house.start();
        let (journal, mia) = (house.journal(), house.mia());
        for number in 0..EVENTS {
            journal
                .publish(&mia, "load.event", json!({ "number": number }))
                .await
                .unwrap();
        }
        house.receiver.wait_for(EVENTS, PATIENCE).await;
        house.stop().await;
        let received = house.receiver.requests();
        let ids: HashSet<_> = received
            .iter()
            .filter_map(|request| request.header("webhook-id"))
            .collect();
        assert_eq!((received.len(), ids.len()), (EVENTS, EVENTS));
    }
}
