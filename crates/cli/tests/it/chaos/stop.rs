//! A node that stands still for longer than its lease, and then goes on as if nothing had happened.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use tokio::time::sleep;

use super::ledger::Ledger;
use crate::postgres::Database;
use crate::server::Place;

#[tokio::test]
async fn a_node_that_was_stopped_past_its_lease_changes_nothing_when_it_goes_on() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let place = Place::new().on(&database);
    let first = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(50)));
    let mut ledger = Ledger::open(&first, receiver).await;
    ledger.begin(Duration::from_millis(5), 200);
    ledger.accepts_more(50).await;
    // All shards are the first one's, with requests under way; then it stands still, and another one takes over.
    let second = place.serve();
    first.signal(libc::SIGSTOP);
    ledger.publish_to(&[&second]);
    let took = ledger.delivers_more().await;
    assert!(took < Duration::from_secs(20), "{took:?}");
    ledger.accepts_more(50).await;
    sleep(Duration::from_secs(12)).await;
    first.signal(libc::SIGCONT);
    ledger.publish_to(&[&first, &second]);
    ledger.accepts_more(50).await;
    let found = ledger.check(&second).await;
    assert!(found.repeats <= 64, "only what was under way: {found:?}");
    first.stop();
    second.stop();
}
