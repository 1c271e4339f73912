//! A house for tests: a database with a team in it, a receiver, and a worker.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use postern_egress::testing::{FixedNames, Receiver};
use postern_egress::{AddressPolicy, Egress, EgressConfig};
use postern_journal::{Actor, Bells, Journal};
use postern_model::testing::{FakeClock, SeededRandom};
use postern_model::{
    Attempt, Clock as _, Delivery, DeliveryId, DeliveryState, Event, EventId, EventKind,
    Integration, IntegrationConfig, IntegrationId, IntegrationOptions, IntegrationStatus, NodeId,
    Shard, SigningSecret, Team, TeamId, Timestamp, User, UserId, signature,
};
use postern_storage::testing::{TestStore, engines};
use postern_storage::{DeliveryRecord, Packed, Redelivered, Says, Tx};
use postern_worker::{DueBy, Transformer, Worker, WorkerConfig, WorkerParts};

/// How long anything may take, in real time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// When a test begins: Mon, 06 Jan 2031 09:00:00 GMT.
pub(crate) const START: Timestamp = Timestamp(1_925_456_400_000);

/// A worker that runs, and all that it works with.
pub(crate) struct House {
    store: TestStore,
    pub(crate) receiver: Receiver,
    pub(crate) random: Arc<SeededRandom>,
    pub(crate) bells: Bells,
    pub(crate) team: TeamId,
    pub(crate) owner: UserId,
    pub(crate) node: NodeId,
    worker: Option<Worker>,
}

/// One house on each engine, with its worker not started yet.
pub(crate) async fn houses() -> Vec<House> {
    let mut houses = Vec::new();
    for store in engines().await {
        houses.push(House::over(store).await);
    }
    houses
}

impl House {
    /// A house on SQLite, where this process's clock is the one that counts.
    pub(crate) async fn on_sqlite() -> Self {
        Self::over(TestStore::sqlite().await).await
    }

    async fn over(store: TestStore) -> Self {
        let random = Arc::new(SeededRandom::default());
        // Ahead of the wall clock, by which PostgreSQL stamps what the journal writes: time is only what a test makes pass.
        store.clock.set(START);
        let now = store.clock.now();
        let team = TeamId::new(now, random.as_ref());
        let owner = UserId(4711);
        let mut tx = store.begin().await.expect("a unit of work");
        tx.teams()
            .insert(&Team {
                id: team,
                name: "Team".to_owned(),
                domain: "team".to_owned(),
                created_at: now,
            })
            .await
            .expect("a team");
        tx.users()
            .insert(&User {
                id: owner,
                username: "mia".to_owned(),
                email: "mia@example.com".to_owned(),
                full_name: "Mia".to_owned(),
                created_at: now,
            })
            .await
            .expect("a user");
        tx.commit().await.expect("a commit");
        Self {
            receiver: Receiver::start(),
            bells: Bells::default(),
            node: NodeId::new(now, random.as_ref()),
            store,
            random,
            team,
            owner,
            worker: None,
        }
    }

    pub(crate) fn clock(&self) -> &Arc<FakeClock> {
        &self.store.clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.store.clock.now()
    }

    /// A way out that may reach this machine and no other private address.
    pub(crate) fn egress() -> Egress {
        let rules = vec!["127.0.0.1".parse().expect("a rule")];
        let policy = AddressPolicy::public("egress.webhooks.allow").allow(rules);
        Egress::new(EgressConfig::new(policy).with_resolver(Arc::new(FixedNames::new())))
    }

    /// Starts the worker with its defaults.
    pub(crate) fn start(&mut self) {
        let config = WorkerConfig::new(self.node, "test");
        self.start_with(config);
    }

    pub(crate) fn start_with(&mut self, config: WorkerConfig) {
        self.start_all(config, Self::egress());
    }

    /// Starts the worker with another way out for its monitors.
    pub(crate) fn start_with_monitors_of(&mut self, monitors: Egress) {
        self.start_all(WorkerConfig::new(self.node, "test"), monitors);
    }

    /// A way out for monitors that reaches public addresses only.
    pub(crate) fn closed_egress() -> Egress {
        let policy = AddressPolicy::public("egress.monitors.allow");
        Egress::new(EgressConfig::new(policy).with_resolver(Arc::new(FixedNames::new())))
    }

    fn start_all(&mut self, mut config: WorkerConfig, monitors: Egress) {
        config.due_by = DueBy::OwnClock;
        let parts = WorkerParts {
            store: self.store.store(),
            journal: self.journal(),
            bells: self.bells.clone(),
            webhooks: Self::egress(),
            monitors,
            transformer: Transformer::in_this_process(),
            clock: self.store.clock.clone(),
            random: self.random.clone(),
        };
        self.worker = Some(Worker::start(parts, config));
    }

    pub(crate) async fn stop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.stop().await;
        }
    }

    /// The door for changes.
    pub(crate) fn journal(&self) -> Journal {
        Journal::new(self.store.store(), self.bells.clone(), self.random.clone())
    }

    /// Who changes things.
    pub(crate) fn mia(&self) -> Actor {
        Actor {
            team: self.team,
            user: self.owner,
            name: "Mia".to_owned(),
            origin: postern_journal::Origin::default(),
        }
    }

    /// Time passes, and the tasks look again.
    pub(crate) fn pass(&self, span: Duration) {
        self.store.clock.advance(span);
        self.ring();
    }

    pub(crate) fn ring(&self) {
        self.bells.deliveries.ring();
        self.bells.runs.ring();
        self.bells.digests.ring();
    }

    pub(crate) async fn tx(&self) -> Tx {
        self.store.begin().await.expect("a unit of work")
    }

    /// An active integration that sends activities to the receiver's `/hook`, changed as wanted.
    pub(crate) async fn integration(&self, change: impl FnOnce(&mut Integration)) -> Integration {
        let now = self.now();
        let id = IntegrationId::new(now, self.random.as_ref());
        let mut integration = Integration {
            id,
            team: self.team,
            name: "To the receiver".to_owned(),
            connector: "webhooks".to_owned(),
            event: EventKind::CollectionActivity,
            workspace: None,
            collection: None,
            monitor: None,
            config: IntegrationConfig::to(self.receiver.url("/hook")),
            options: IntegrationOptions::default(),
            status: IntegrationStatus::Active,
            secrets: vec![SigningSecret {
                secret: signature::new_secret(self.random.as_ref()),
                not_after: None,
            }],
            shard: Shard::of(id.0).0,
            first_gone_at: None,
            failing_since: None,
            failed_attempts: 0,
            not_before: None,
            created_by: self.owner,
            created_at: now,
            updated_at: now,
        };
        change(&mut integration);
        let mut tx = self.tx().await;
        let state = postern_storage::SendState {
            first_gone_at: integration.first_gone_at,
            failing_since: integration.failing_since,
            failed_attempts: integration.failed_attempts,
            not_before: integration.not_before,
            noticed: 0,
        };
        tx.integrations()
            .insert(&integration)
            .await
            .expect("an integration");
        tx.integrations()
            .set_send_state(self.team, id, &state)
            .await
            .expect("its state");
        tx.commit().await.expect("a commit");
        integration
    }

    pub(crate) async fn integration_now(&self, id: IntegrationId) -> Integration {
        let mut tx = self.store.read().await.expect("a unit of work");
        let found = tx
            .integrations()
            .get(self.team, id)
            .await
            .expect("an answer");
        found.expect("the integration")
    }

    /// A delivery of a new event, with this body, due now.
    pub(crate) async fn owe(&self, integration: &Integration, body: &str) -> Delivery {
        self.owe_as(
            integration,
            body,
            DeliveryState::Scheduled { due_at: self.now() },
        )
        .await
    }

    pub(crate) async fn owe_as(
        &self,
        integration: &Integration,
        body: &str,
        state: DeliveryState,
    ) -> Delivery {
        let now = self.now();
        let mut tx = self.tx().await;
        let standard = Packed::of(body.as_bytes()).await.expect("a body");
        let event = Event {
            id: EventId::new(now, self.random.as_ref()),
            team: self.team,
            kind: integration.event,
            custom_type: None,
            workspace: None,
            collection: None,
            monitor: None,
            detailed: false,
            created_at: now,
        };
        let says = Says {
            standard: &standard,
            detailed: None,
        };
        tx.events().insert(&event, says).await.expect("an event");
        let delivery = Delivery {
            id: DeliveryId::new(now, self.random.as_ref()),
            team: self.team,
            event: event.id,
            integration: integration.id,
            state,
            attempts: 0,
            shard: integration.shard,
            coalesce_key: None,
            created_at: now,
            updated_at: now,
        };
        tx.deliveries().insert(&delivery).await.expect("a delivery");
        tx.commit().await.expect("a commit");
        self.ring();
        delivery
    }

    pub(crate) async fn delivery(&self, id: DeliveryId) -> DeliveryRecord {
        let mut tx = self.store.read().await.expect("a unit of work");
        let found = tx.deliveries().get(self.team, id).await.expect("an answer");
        found.expect("the delivery")
    }

    pub(crate) async fn attempts(&self, id: DeliveryId) -> Vec<Attempt> {
        let mut tx = self.store.read().await.expect("a unit of work");
        tx.attempts()
            .list(self.team, id)
            .await
            .expect("the attempts")
    }

    /// Waits until the delivery has so many attempts; gives them.
    pub(crate) async fn attempted(&self, id: DeliveryId, times: usize) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for _ in 0..PATIENCE.as_millis() / 20 {
            attempts = self.attempts(id).await;
            if attempts.len() >= times {
                return attempts;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "{} of {times} attempts were made: {attempts:?}",
            attempts.len()
        );
    }

    /// Waits until the delivery stands in this state.
    pub(crate) async fn reached(&self, id: DeliveryId, state: &str) -> DeliveryRecord {
        let mut stands = String::new();
        for _ in 0..PATIENCE.as_millis() / 20 {
            let record = self.delivery(id).await;
            record.delivery.state.as_str().clone_into(&mut stands);
            if stands == state {
                return record;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the delivery is {stands} and not {state}");
    }

    /// When the delivery is due next.
    pub(crate) async fn due_in(&self, id: DeliveryId) -> Duration {
        match self.delivery(id).await.delivery.state {
            DeliveryState::Scheduled { due_at } => due_at.since(self.now()),
            other => panic!("it is {other:?}"),
        }
    }

    /// Makes a delivery due now, as somebody asks.
    pub(crate) async fn redeliver(&self, id: DeliveryId) {
        let mut tx = self.tx().await;
        let mut deliveries = tx.deliveries();
        let wish = deliveries.redeliver(self.team, id, self.now()).await;
        assert_eq!(wish.expect("an answer"), Redelivered::Scheduled);
        tx.commit().await.expect("a commit");
        self.ring();
    }

    /// Lets the worker look and gives it time to do what it shouldn't.
    pub(crate) async fn nothing_more_arrives(&self) {
        let before = self.receiver.requests().len();
        self.ring();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(self.receiver.requests().len(), before);
    }
}

impl Deref for House {
    type Target = TestStore;

    fn deref(&self) -> &TestStore {
        &self.store
    }
}
