//! Random sequences of commands, replayed on both engines: every answer and all that is read afterwards must be the same.

use std::cell::Cell;

use postern_model::{
    Collection, Delivery, DeliveryState, Event, HeldReason, Integration, IntegrationStatus, NodeId,
    Outcome, Timestamp,
};
use postern_storage::testing::{TestStore, postgres_url};
use postern_storage::{
    CollectionFilter, DeliveryFilter, Ending, IntegrationFilter, Next, PageRequest, SendState, Tx,
};
use proptest::prelude::*;

use crate::world::{Due, NOW, World, all_due, finish, next_due_at};

const INTEGRATIONS: usize = 3;

/// One unit of work.
#[derive(Debug, Clone)]
enum Command {
    Insert {
        integration: usize,
        key: Option<u8>,
        held: bool,
        due: i64,
    },
    Attempt {
        which: usize,
        next: u8,
    },
    Redeliver(usize),
    Cancel(usize),
    CancelAll(usize),
    Hold(usize),
    Release(usize),
    Status(usize, u8),
    Wait(usize, Option<i64>),
    ReplaceDocument(u8),
    Tick(i64),
}

fn command() -> impl Strategy<Value = (Command, bool)> {
    use Command::*;
    let integration = 0..INTEGRATIONS;
    let command = prop_oneof![
        6 => (integration.clone(), prop::option::of(0..2_u8), any::<bool>(), -50..50_i64)
            .prop_map(|(integration, key, held, due)| Insert { integration, key, held, due }),
        6 => (0..4_usize, 0..6_u8).prop_map(|(which, next)| Attempt { which, next }),
        2 => (0..12_usize).prop_map(Redeliver),
        2 => (0..12_usize).prop_map(Cancel),
        1 => integration.clone().prop_map(CancelAll),
        2 => integration.clone().prop_map(Hold),
        2 => integration.clone().prop_map(Release),
        2 => (integration.clone(), 0..3_u8).prop_map(|(which, status)| Status(which, status)),
        1 => (integration, prop::option::of(0..100_i64)).prop_map(|(which, until)| Wait(which, until)),
        1 => any::<u8>().prop_map(ReplaceDocument),
        2 => (0..60_i64).prop_map(Tick),
    ];
    (command, prop::bool::weighted(0.9))
}

/// One engine, and what a sequence works on.
struct Stage<'a> {
    store: &'a TestStore,
    owner: NodeId,
    world: World,
    integrations: Vec<Integration>,
    event: Event,
    collection: Collection,
    deliveries: Vec<Delivery>,
    now: Timestamp,
}

impl<'a> Stage<'a> {
    async fn set(store: &'a TestStore, owner: NodeId, seed: u64) -> Self {
        let world = World::settle(store, seed).await;
        let mut integrations = Vec::new();
        for number in 0..INTEGRATIONS {
            integrations.push(
                world
                    .has_integration(store, &format!("number {number}"))
                    .await,
            );
        }
        let event = world.has_event(store).await;
        let collection = world.has_collection(store, "Petstore").await;
        Self {
            store,
            owner,
            world,
            integrations,
            event,
            collection,
            deliveries: Vec::new(),
            now: NOW,
        }
    }

    /// Does what the command says in a unit of work; what was answered.
    async fn play(&mut self, command: &Command, commit: bool) -> String {
        let mut tx = self.store.begin().await.unwrap();
        let answer = self.work(&mut tx, command).await;
        if commit {
            tx.commit().await.unwrap();
        }
        answer
    }

    #[expect(clippy::too_many_lines, reason = "one short arm for each command")]
    async fn work(&mut self, tx: &mut Tx, command: &Command) -> String {
        let (team, now) = (self.world.team, self.now);
        match *command {
            Command::Insert {
                integration,
                key,
                held,
                due,
            } => {
                let mut delivery = self
                    .world
                    .delivery(&self.event, &self.integrations[integration]);
                delivery.coalesce_key = key.map(|key| key.to_string());
                delivery.created_at = now;
                delivery.state = if held {
                    DeliveryState::Held {
                        reason: HeldReason::Paused,
                    }
                } else {
                    DeliveryState::Scheduled {
                        due_at: Timestamp(now.0 + due),
                    }
                };
                let answer = tx.deliveries().insert(&delivery).await.unwrap();
                self.deliveries.push(delivery);
                format!("{answer}")
            }
            Command::Attempt { which, next } => {
                let mine = self.due(tx).await;
                let Some(due) = mine.get(which) else {
                    return "nothing is due".to_owned();
                };
                let attempt = self.world.attempt(due, Outcome::ServerError);
                let next = match next {
                    0 => Next::End(Ending::Succeeded),
                    1 => Next::End(Ending::Exhausted),
                    2 => Next::Held(HeldReason::Disabled),
                    other => Next::Again {
                        due_at: Timestamp(now.0 + 20),
                        spent: other != 3,
                        keeps_place: false,
                    },
                };
                let finished = finish(tx, self.owner, &attempt, next, now).await;
                format!("{finished:?}")
            }
            Command::Redeliver(which) => match self.deliveries.get(which) {
                Some(delivery) => format!(
                    "{:?}",
                    tx.deliveries()
                        .redeliver(team, delivery.id, now)
                        .await
                        .unwrap()
                ),
                None => String::new(),
            },
            Command::Cancel(which) => match self.deliveries.get(which) {
                Some(delivery) => {
                    let cancelled = tx
                        .deliveries()
                        .cancel(team, delivery.id, "Mia", now)
                        .await
                        .unwrap();
                    format!("{cancelled}")
                }
                None => String::new(),
            },
            Command::CancelAll(which) => {
                let id = self.integrations[which].id;
                let cancelled = tx
                    .deliveries()
                    .cancel_some(team, id, "Mia", now)
                    .await
                    .unwrap();
                format!("{cancelled}")
            }
            Command::Hold(which) => {
                let id = self.integrations[which].id;
                let held = tx
                    .deliveries()
                    .hold(team, id, HeldReason::Paused, now)
                    .await
                    .unwrap();
                format!("{held}")
            }
            Command::Release(which) => {
                let id = self.integrations[which].id;
                format!("{}", tx.deliveries().release(team, id, now).await.unwrap())
            }
            Command::Status(which, status) => {
                let status = match status {
                    0 => IntegrationStatus::Active,
                    1 => IntegrationStatus::Paused,
                    _ => IntegrationStatus::Disabled {
                        reason: "gone".to_owned(),
                    },
                };
                let id = self.integrations[which].id;
                let set = tx
                    .integrations()
                    .set_status(team, id, &status, now)
                    .await
                    .unwrap();
                format!("{set}")
            }
            Command::Wait(which, until) => {
                let state = SendState {
                    not_before: until.map(|until| Timestamp(now.0 + until)),
                    ..SendState::default()
                };
                let id = self.integrations[which].id;
                tx.integrations()
                    .set_send_state(team, id, &state)
                    .await
                    .unwrap();
                String::new()
            }
            Command::ReplaceDocument(byte) => {
                let mut collection = self.collection.clone();
                collection.hash = tx.blobs().put(&[byte]).await.unwrap();
                collection.version = i64::from(byte);
                format!("{}", tx.collections().update(&collection).await.unwrap())
            }
            Command::Tick(span) => {
                self.now = Timestamp(now.0 + span);
                String::new()
            }
        }
    }

    /// What is due of this team; other sequences leave theirs behind.
    async fn due(&self, tx: &mut Tx) -> Vec<Due> {
        let due = all_due(tx, self.owner, self.now).await;
        due.into_iter()
            .filter(|due| due.delivery.team == self.world.team)
            .collect()
    }

    /// All that can be read.
    async fn look(&self) -> String {
        let mut tx = self.store.read().await.unwrap();
        let team = self.world.team;
        let due = self.due(&mut tx).await;
        let next = next_due_at(&mut tx, self.owner).await;
        let all = DeliveryFilter::default();
        let list = tx
            .deliveries()
            .list(team, &all, PageRequest::first(1000))
            .await
            .unwrap();
        let page = tx
            .deliveries()
            .list(team, &all, PageRequest::first(3))
            .await
            .unwrap();
        let mut each = Vec::new();
        for delivery in &self.deliveries {
            let record = tx.deliveries().get(team, delivery.id).await.unwrap();
            let attempts = tx.attempts().list(team, delivery.id).await.unwrap();
            each.push((record, attempts));
        }
        let mut waiting = Vec::new();
        for integration in &self.integrations {
            waiting.push(
                tx.deliveries()
                    .count_waiting(team, integration.id)
                    .await
                    .unwrap(),
            );
        }
        let integrations = tx
            .integrations()
            .list(team, &IntegrationFilter::default())
            .await
            .unwrap();
        let collections = tx
            .collections()
            .list(team, &CollectionFilter::default())
            .await
            .unwrap();
        let document = tx
            .collections()
            .current_document(team, self.collection.id)
            .await
            .unwrap();
        format!(
            "{:#?}",
            (
                due,
                next,
                list,
                page,
                each,
                waiting,
                integrations,
                collections,
                document
            )
        )
    }
}

#[test]
fn both_engines_answer_the_same_to_any_sequence() {
    let Some(url) = postgres_url() else {
        eprintln!("left out: POSTERN_TEST_POSTGRES_URL is not set (scripts/with-postgres sets it)");
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (sqlite, postgres, owner) = runtime.block_on(async {
        let (sqlite, postgres) = (TestStore::sqlite().await, TestStore::postgres(&url).await);
        let world = World::settle(&sqlite, 0).await;
        let owner = world.node();
        crate::world::take_shards(&sqlite, owner, 256).await;
        crate::world::take_shards(&postgres, owner, 256).await;
        (sqlite, postgres, owner)
    });
    let seed = Cell::new(0);
    let config = ProptestConfig {
        cases: 32,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    proptest!(config, |(commands in prop::collection::vec(command(), 1..40))| {
        seed.set(seed.get() + 1);
        let (one, other) = runtime.block_on(async {
            let mut one = Stage::set(&sqlite, owner, seed.get()).await;
            let mut other = Stage::set(&postgres, owner, seed.get()).await;
            let mut answers = (Vec::new(), Vec::new());
            for (command, commit) in &commands {
                answers.0.push(one.play(command, *commit).await);
                answers.1.push(other.play(command, *commit).await);
            }
            answers.0.push(one.look().await);
            answers.1.push(other.look().await);
            answers
        });
        for (one, other) in one.iter().zip(&other) {
            prop_assert_eq!(one, other);
        }
    });
    runtime.block_on(async move { drop((sqlite, postgres)) });
}
