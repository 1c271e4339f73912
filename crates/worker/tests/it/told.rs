//! Who listens is told what the worker does, on this node and on others.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_journal::{Bells, Counts, Topic, Topics};
use postern_model::NodeId;
use postern_storage::EngineKind;
use postern_worker::talk;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::house::{House, PATIENCE, houses};

/// Waits until these topics of the house's team were rung.
async fn hears(house: &House, bells: &Bells, before: Counts, topics: Topics) {
    let hearing = async {
        loop {
            let rung = bells.told.listen(house.team);
            if bells.told.counts(house.team).since(before).and(topics) == topics {
                return;
            }
            rung.await;
        }
    };
    timeout(PATIENCE, hearing).await.expect("a ring");
}

#[tokio::test]
async fn outcomes_and_what_a_receiver_that_fails_comes_to_are_told() {
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        house.start();
        let before = house.bells.told.counts(house.team);
        let delivery = house.owe(&integration, "{}").await;
        house.reached(delivery.id, "succeeded").await;
        hears(&house, &house.bells, before, Topic::Deliveries.into()).await;
        let fine = house.bells.told.counts(house.team).since(before);
        // On PostgreSQL the ear has just been opened, and anything may have been missed.
        if house.store().engine() == EngineKind::Sqlite {
            assert_eq!(fine, Topics::from(Topic::Deliveries));
        }
        house.receiver.answer(Answer::status(500));
        let delivery = house.owe(&integration, "{}").await;
        house.attempted(delivery.id, 1).await;
        let both = [Topic::Deliveries, Topic::Integrations];
        hears(&house, &house.bells, before, both.into_iter().collect()).await;
        house.stop().await;
    }
}

#[tokio::test]
async fn another_node_hears_it_and_this_one_does_not_hear_itself() {
    for mut house in houses().await {
        if house.store().engine() == EngineKind::Sqlite {
            continue;
        }
        let bells = Bells::default();
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let node = NodeId::new(house.now(), house.random.as_ref());
        tasks.spawn(talk(house.store(), bells.clone(), node, stop.clone()));
        tasks.close();
        house.start();
        // Whoever connects may have missed anything: that is over when it hears something twice.
        for topic in [Topic::Runs, Topic::Inbox, Topic::Runs] {
            let before = bells.told.counts(house.team);
            house.bells.told.ring(house.team, topic);
            hears(&house, &bells, before, topic.into()).await;
        }
        let (here, there) = (&house.bells.told, &bells.told);
        let before = (here.counts(house.team), there.counts(house.team));
        // A thousand rings are few words, and none comes back.
        for _ in 0..1000 {
            here.ring(house.team, Topic::Runs);
        }
        hears(&house, &bells, before.1, Topic::Runs.into()).await;
        tokio::time::sleep(Duration::from_millis(600)).await;
        let number = |counts: Counts| -> u64 {
            let text = counts.to_string();
            text.split('.')
                .nth(1)
                .and_then(|it| it.parse().ok())
                .expect("a number")
        };
        let (rung, heard) = (here.counts(house.team), there.counts(house.team));
        assert_eq!(number(rung), number(before.0) + 1000);
        assert!((1..=3).contains(&(number(heard) - number(before.1))));
        stop.cancel();
        tasks.wait().await;
        house.stop().await;
    }
}
