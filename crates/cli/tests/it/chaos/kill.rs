//! `kill -9` at random moments under load.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use tokio::time::{Instant, sleep};

use super::ledger::Ledger;
use crate::postgres::Database;
use crate::server::Place;

/// How long a life is, in milliseconds, round by round: whenever it hits.
fn life(round: u64) -> Duration {
    Duration::from_millis(20 + round.wrapping_mul(7_919) % 180)
}

/// How many rounds: so many, or as many as `make soak` says.
#[expect(
    clippy::disallowed_methods,
    reason = "the wish of `make soak` comes by the environment"
)]
fn rounds(usual: u64) -> u64 {
    let wanted = std::env::var("POSTERN_SOAK_ROUNDS").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test]
async fn on_sqlite_twenty_kills_under_load_lose_nothing_and_work_goes_on_at_once() {
    let place = Place::new();
    let mut server = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(2)));
    let mut ledger = Ledger::open(&server, receiver).await;
    ledger.begin(Duration::from_millis(3), 200);
    let mut slowest = Duration::ZERO;
    let rounds = rounds(20);
    for round in 0..rounds {
        ledger.accepts_more(3).await;
        sleep(life(round)).await;
        server.kill();
        let begun = Instant::now();
        server = place.serve();
        ledger.publish_to(&[&server]);
        ledger.delivers_more().await;
        slowest = slowest.max(begun.elapsed());
    }
    assert!(
        slowest < Duration::from_secs(10),
        "the first delivery after a start took {slowest:?}"
    );
    let found = ledger.check(&server).await;
    assert!(found.accepted >= 60, "{found:?}");
    // In each life at most what was under way, or not written yet.
    let most = usize::try_from(rounds * 64).unwrap();
    assert!(found.repeats <= most, "{found:?}");
    server.stop();
}

#[tokio::test]
async fn sigterm_under_load_repeats_nothing() {
    let place = Place::new();
    let mut server = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(20)));
    let mut ledger = Ledger::open(&server, receiver).await;
    ledger.begin(Duration::from_millis(3), 200);
    for round in 0..rounds(4) {
        ledger.accepts_more(20).await;
        sleep(life(round)).await;
        server.stop();
        server = place.serve();
        ledger.publish_to(&[&server]);
        ledger.delivers_more().await;
    }
    let found = ledger.check(&server).await;
    assert_eq!(found.repeats, 0, "{found:?}");
    server.stop();
}

#[tokio::test]
async fn on_postgresql_three_nodes_lose_nothing_when_one_after_the_other_is_killed() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let place = Place::new().on(&database);
    let mut servers = vec![place.serve(), place.serve(), place.serve()];
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(2)));
    let mut ledger = Ledger::open(&servers[0], receiver).await;
    ledger.publish_to(&servers.iter().collect::<Vec<_>>());
    ledger.begin(Duration::from_millis(5), 200);
    for round in 0..rounds(6) {
        ledger.accepts_more(10).await;
        sleep(life(round)).await;
        servers.remove(0).kill();
        ledger.publish_to(&servers.iter().collect::<Vec<_>>());
        // Whoever takes the dead one's shards has its lease to wait for.
        let took = ledger.delivers_more().await;
        assert!(took < Duration::from_secs(20), "{took:?}");
        servers.push(place.serve());
        ledger.publish_to(&servers.iter().collect::<Vec<_>>());
    }
    let found = ledger.check(&servers[0]).await;
    assert!(found.accepted >= 60, "{found:?}");
    for server in servers {
        server.stop();
    }
}
