//! Many deliveries at once: replayed, discarded, held.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_journal::{JournalError, NewReplay};
use postern_model::{
    DeliveryId, DeliveryState, EventKind, HeldReason, Integration, Replay, ReplayId, ReplayState,
    Selection,
};
use postern_storage::{BATCH, DeliveryFilter, DeliveryStateName, PageRequest};

use crate::house::{House, PATIENCE, houses};

impl House {
    /// An integration for events of a type of its own, tried once each.
    async fn of_its_own_type(&self) -> Integration {
        self.integration(|integration| {
            integration.event = EventKind::Custom;
            integration.options.types = vec![integration.id.to_string()];
            integration.options.retries = Some(Vec::new());
        })
        .await
    }

    /// Publishes so many events for it, and waits until all are exhausted.
    async fn exhausted(&self, integration: &Integration, count: usize) -> Vec<DeliveryId> {
        let journal = self.journal();
        for number in 0..count {
            let body = serde_json::json!({"n": number});
            let kind = integration.id.to_string();
            journal
                .publish(&self.mia(), &kind, body)
                .await
                .expect("published");
        }
        for _ in 0..PATIENCE.as_millis() / 20 {
            let ended = self.list(integration, DeliveryStateName::Exhausted).await;
            if ended.len() == count {
                return ended;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not all are exhausted");
    }

    async fn replay(&self, id: ReplayId) -> Replay {
        let mut tx = self.tx().await;
        let found = tx.replays().get(self.team, id).await.expect("an answer");
        found.expect("the replay")
    }

    async fn replayed(&self, id: ReplayId) -> Replay {
        for _ in 0..PATIENCE.as_millis() / 20 {
            let replay = self.replay(id).await;
            if replay.state == ReplayState::Done {
                return replay;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the replay goes on: {:?}", self.replay(id).await);
    }

    async fn standing(&self, integration: &Integration, state: DeliveryStateName) -> usize {
        self.list(integration, state).await.len()
    }

    async fn list(&self, integration: &Integration, state: DeliveryStateName) -> Vec<DeliveryId> {
        let mut tx = self.tx().await;
        let filter = DeliveryFilter {
            integration: Some(integration.id),
            state: Some(state),
            ..DeliveryFilter::default()
        };
        let page = PageRequest::first(100_000);
        let page = tx.deliveries().list(self.team, &filter, page).await;
        let items = page.expect("the deliveries").items.into_iter();
        items.map(|record| record.delivery.id).collect()
    }
}

fn all_of(integration: &Integration, rate: u32) -> NewReplay {
    NewReplay {
        selection: Selection {
            integration: Some(integration.id),
            ..Selection::default()
        },
        rate,
    }
}

#[tokio::test]
async fn a_replay_makes_what_was_chosen_due_again_at_its_rate_and_nothing_else() {
    for mut house in houses().await {
        house.receiver.answer(Answer::status(404));
        let chosen = house.of_its_own_type().await;
        let other = house.of_its_own_type().await;
        house.start();
        let ids = house.exhausted(&chosen, 12).await;
        house.exhausted(&other, 2).await;
        house.receiver.answer(Answer::status(200));
        let sent = house.receiver.requests().len();
        let begun = tokio::time::Instant::now();
        let replay = house
            .journal()
            .create_replay(&house.mia(), all_of(&chosen, 5))
            .await
            .unwrap();
        assert_eq!((replay.total, replay.done), (12, 0));
        let done = house.replayed(replay.id).await;
        assert_eq!((done.done, done.skipped), (12, 0));
        assert!(
            begun.elapsed() >= Duration::from_secs(2),
            "five a second: {:?}",
            begun.elapsed()
        );
        for id in ids {
            house.reached(id, "succeeded").await;
            assert_eq!(house.attempts(id).await.len(), 2);
        }
        house.receiver.wait_for(sent + 12, PATIENCE).await;
        house.nothing_more_arrives().await;
        assert_eq!(
            house.standing(&other, DeliveryStateName::Exhausted).await,
            2
        );

        // What has succeeded is not chosen unless it is named; nothing is left.
        let again = house
            .journal()
            .create_replay(&house.mia(), all_of(&chosen, 5))
            .await
            .unwrap();
        assert_eq!(again.total, 0);
        assert_eq!(house.replayed(again.id).await.done, 0);
        house.stop().await;
    }
}

#[tokio::test]
async fn a_replay_goes_on_after_a_stop_and_not_after_it_was_cancelled() {
    for mut house in houses().await {
        house.receiver.answer(Answer::status(404));
        let integration = house.of_its_own_type().await;
        house.start();
        house.exhausted(&integration, 8).await;
        house.receiver.answer(Answer::status(200));
        let journal = house.journal();
        let cancelled = journal
            .create_replay(&house.mia(), all_of(&integration, 1))
            .await
            .unwrap();
        let ended = journal
            .cancel_replay(&house.mia(), cancelled.id)
            .await
            .unwrap();
        assert_eq!(ended.state, ReplayState::Cancelled);
        let twice = journal.cancel_replay(&house.mia(), cancelled.id).await;
        assert!(matches!(twice, Err(JournalError::Conflict { .. })));

        let replay = journal
            .create_replay(&house.mia(), all_of(&integration, 2))
            .await
            .unwrap();
        while house.replay(replay.id).await.done == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        house.stop().await;
        let after = house.replay(cancelled.id).await;
        assert!(after.done <= 1, "{after:?}");
        let before = house.replay(replay.id).await.done;
        assert!(before < 8, "{before}");
        house.start();
        let done = house.replayed(replay.id).await;
        assert_eq!(done.done, replay.total);
        house.stop().await;
    }
}

#[tokio::test]
async fn what_is_chosen_is_what_fits() {
    for mut house in houses().await {
        house.receiver.answer(Answer::status(404));
        let integration = house
            .integration(|integration| {
                integration.options.retries = Some(Vec::new());
                integration.event = EventKind::Custom;
            })
            .await;
        house.start();
        let journal = house.journal();
        for kind in ["build.done", "build.failed", "deploy.done"] {
            let body = serde_json::json!({"kind": kind});
            journal.publish(&house.mia(), kind, body).await.unwrap();
        }
        for _ in 0..PATIENCE.as_millis() / 20 {
            if house
                .standing(&integration, DeliveryStateName::Exhausted)
                .await
                == 3
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut tx = house.tx().await;
        let now = tx.now().await.unwrap();
        let minute = Duration::from_mins(1);
        let any = Selection::default();
        let types = |types: &[&str]| Selection {
            types: types.iter().map(|&text| text.to_owned()).collect(),
            ..Selection::default()
        };
        for (selection, count) in [
            (any.clone(), 3),
            (types(&["build.*"]), 2),
            (types(&["*.done", "nothing"]), 2),
            (types(&["nothing"]), 0),
            (
                Selection {
                    states: vec!["succeeded".to_owned()],
                    ..any.clone()
                },
                0,
            ),
            (
                Selection {
                    event: Some(EventKind::Test),
                    ..any.clone()
                },
                0,
            ),
            (
                Selection {
                    since: Some(now + minute),
                    ..any.clone()
                },
                0,
            ),
            (
                Selection {
                    until: Some(now - minute),
                    ..any.clone()
                },
                0,
            ),
            (
                Selection {
                    since: Some(now - minute),
                    until: Some(now + minute),
                    integration: Some(integration.id),
                    ..any
                },
                3,
            ),
        ] {
            let counted = tx.deliveries().count_chosen(house.team, &selection).await;
            assert_eq!(counted.unwrap(), count, "{selection:?}");
        }
        drop(tx);
        house.stop().await;
    }
}

#[tokio::test]
async fn a_pause_of_more_than_a_batch_is_whole_in_the_end_and_a_resume_sends_only_what_is_wanted() {
    let many = usize::try_from(BATCH).unwrap() + 50;
    for mut house in houses().await {
        let integration = house.integration(|_| ()).await;
        let first = house.owe(&integration, "{}").await;
        let old = house.delivery(first.id).await.delivery;
        house.pass(Duration::from_mins(1));
        let mut tx = house.tx().await;
        let now = house.now();
        let deliveries: Vec<_> = (0..many)
            .map(|_| postern_model::Delivery {
                id: DeliveryId::new(now, house.random.as_ref()),
                state: DeliveryState::Scheduled { due_at: now },
                created_at: now,
                ..old.clone()
            })
            .collect();
        tx.deliveries().insert_all(&deliveries).await.unwrap();
        tx.commit().await.unwrap();
        let journal = house.journal();
        journal
            .pause_integration(&house.mia(), integration.id)
            .await
            .unwrap();
        house.start();
        for _ in 0..PATIENCE.as_millis() / 20 {
            let scheduled = house
                .standing(&integration, DeliveryStateName::Scheduled)
                .await;
            if scheduled == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(
            house.standing(&integration, DeliveryStateName::Held).await,
            many + 1
        );
        let held = house.delivery(first.id).await.delivery.state;
        let reason = HeldReason::Paused;
        assert_eq!(held, DeliveryState::Held { reason });
        house.nothing_more_arrives().await;

        journal
            .resume_integration(&house.mia(), integration.id, Some(now))
            .await
            .unwrap();
        let DeliveryState::Cancelled { by } = house.delivery(first.id).await.delivery.state else {
            panic!("what is older than `since` was not discarded");
        };
        assert_eq!(by, "Mia, who discarded what was held");
        let last = deliveries.last().unwrap().id;
        house.reached(last, "succeeded").await;

        journal
            .pause_integration(&house.mia(), integration.id)
            .await
            .unwrap();
        let waiting = house.owe_as(&integration, "{}", DeliveryState::Held { reason });
        let waiting = waiting.await;
        let discarded = journal
            .discard_held(&house.mia(), integration.id, None)
            .await;
        assert!(discarded.unwrap() >= 1);
        house.reached(waiting.id, "cancelled").await;
        journal
            .delete_integration(&house.mia(), integration.id)
            .await
            .unwrap();
        house.stop().await;
    }
}
