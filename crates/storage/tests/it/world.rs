//! A team with a user and a workspace, and makers of everything that it may own.

use std::cell::Cell;
use std::time::Duration;

use postern_model::testing::SeededRandom;
use postern_model::{
    Attempt, AttemptId, Collection, CollectionId, ContentHash, Delivery, DeliveryId, DeliveryState,
    Environment, EnvironmentId, Event, EventId, EventKind, Integration, IntegrationConfig,
    IntegrationId, IntegrationOptions, IntegrationStatus, Lease, Monitor, MonitorId,
    MonitorOptions, NodeId, Outcome, PhaseTimes, Random, Role, Run, RunId, RunStats, RunStatus,
    RunTrigger, Shard, SigningSecret, Streak, Team, TeamId, Timestamp, User, UserId, Workspace,
    WorkspaceId, WorkspaceKind,
};
use postern_storage::{DueDelivery, Finished, Next, Packed, Says, Store, Tx};
use uuid::Uuid;

/// A Monday morning: where the clock of a test store stands.
pub(crate) const NOW: Timestamp = Timestamp(1_767_603_600_000);

/// Ten seconds, as leases have.
pub(crate) const TTL: Duration = Duration::from_secs(10);

pub(crate) struct World {
    pub(crate) team: TeamId,
    pub(crate) user: UserId,
    pub(crate) workspace: WorkspaceId,
    random: SeededRandom,
    ids: Cell<i64>,
}

impl World {
    /// Settles a team; worlds of different seeds don't meet.
    pub(crate) async fn settle(store: &Store, seed: u64) -> Self {
        let random = SeededRandom::seeded(seed.wrapping_mul(1_000_003));
        let team = TeamId(random.uuid_v7(NOW));
        let world = Self {
            team,
            user: UserId(i64::try_from(random.u64() >> 2).unwrap()),
            workspace: WorkspaceId(random.uuid_v7(NOW)),
            random,
            ids: Cell::new(0),
        };
        let mut tx = store.begin().await.unwrap();
        tx.teams().insert(&world.team()).await.unwrap();
        tx.users().insert(&world.user("mia")).await.unwrap();
        tx.memberships()
            .put(world.team, world.user, Role::Admin, NOW)
            .await
            .unwrap();
        let workspace = world.workspace("Main");
        tx.workspaces().insert(&workspace).await.unwrap();
        tx.commit().await.unwrap();
        world
    }

    /// A new id that sorts behind all earlier ones.
    pub(crate) fn id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        self.random.uuid_v7(Timestamp(NOW.0 + self.ids.get()))
    }

    pub(crate) fn team(&self) -> Team {
        Team {
            id: self.team,
            name: "Acme".to_owned(),
            domain: "acme".to_owned(),
            created_at: NOW,
        }
    }

    pub(crate) fn user(&self, name: &str) -> User {
        User {
            id: self.user,
            username: name.to_owned(),
            email: format!("{name}-{}@example.com", self.user),
            full_name: name.to_owned(),
            created_at: NOW,
        }
    }

    pub(crate) fn workspace(&self, name: &str) -> Workspace {
        Workspace {
            id: self.workspace,
            team: self.team,
            name: name.to_owned(),
            kind: WorkspaceKind::Team,
            description: String::new(),
            created_by: self.user,
            created_at: NOW,
            updated_at: NOW,
        }
    }

    pub(crate) fn collection(&self, name: &str, hash: ContentHash) -> Collection {
        Collection {
            id: CollectionId(self.id()),
            team: self.team,
            workspace: self.workspace,
            owner: self.user,
            name: name.to_owned(),
            version: 1,
            hash,
            created_at: NOW,
            updated_at: NOW,
        }
    }

    /// A collection that is there.
    pub(crate) async fn has_collection(&self, store: &Store, name: &str) -> Collection {
        let mut tx = store.begin().await.unwrap();
        let hash = tx.blobs().put(name.as_bytes()).await.unwrap();
        let collection = self.collection(name, hash);
        tx.collections().insert(&collection).await.unwrap();
        tx.commit().await.unwrap();
        collection
    }

    pub(crate) fn environment(&self, name: &str) -> Environment {
        Environment {
            id: EnvironmentId(self.id()),
            team: self.team,
            workspace: self.workspace,
            owner: self.user,
            name: name.to_owned(),
            document: serde_json::json!({
                "name": name,
                "values": [{"key": "token", "value": "hush-hush", "type": "secret", "enabled": true}],
            }),
            created_at: NOW,
            updated_at: NOW,
        }
    }

    pub(crate) fn monitor(&self, name: &str, collection: CollectionId) -> Monitor {
        let id = MonitorId(self.id());
        Monitor {
            id,
            team: self.team,
            workspace: self.workspace,
            owner: self.user,
            name: name.to_owned(),
            collection,
            environment: None,
            active: true,
            cron: "*/5 * * * *".to_owned(),
            timezone: "Europe/Berlin".to_owned(),
            options: MonitorOptions::default(),
            shard: Shard::of(id.0).0,
            next_due_at: Some(NOW),
            streak: Streak::default(),
            created_at: NOW,
            updated_at: NOW,
        }
    }

    pub(crate) fn run(&self, monitor: MonitorId) -> Run {
        Run {
            id: RunId(self.id()),
            team: self.team,
            monitor,
            status: RunStatus::Queued,
            trigger: RunTrigger::Manual,
            requested_by: Some(self.user),
            due_at: NOW,
            started_at: None,
            finished_at: None,
            stats: RunStats::default(),
        }
    }

    pub(crate) fn integration(&self, name: &str, event: EventKind) -> Integration {
        let id = IntegrationId(self.id());
        Integration {
            id,
            team: self.team,
            name: name.to_owned(),
            connector: "webhooks".to_owned(),
            event,
            workspace: None,
            collection: None,
            monitor: None,
            config: IntegrationConfig {
                headers: serde_json::from_str(r#"{"X-Token": "hush-hush"}"#).unwrap(),
                ..IntegrationConfig::to("https://example.com/hook")
            },
            options: IntegrationOptions::default(),
            status: IntegrationStatus::Active,
            secrets: vec![SigningSecret {
                secret: "whsec_hush-hush".to_owned(),
                not_after: None,
            }],
            shard: Shard::of(id.0).0,
            first_gone_at: None,
            failing_since: None,
            failed_attempts: 0,
            not_before: None,
            created_by: self.user,
            created_at: NOW,
            updated_at: NOW,
        }
    }

    /// An integration that is there.
    pub(crate) async fn has_integration(&self, store: &Store, name: &str) -> Integration {
        let integration = self.integration(name, EventKind::CollectionBackup);
        let mut tx = store.begin().await.unwrap();
        tx.integrations().insert(&integration).await.unwrap();
        tx.commit().await.unwrap();
        integration
    }

    pub(crate) fn event(&self, kind: EventKind) -> Event {
        Event {
            id: EventId(self.id()),
            team: self.team,
            kind,
            custom_type: None,
            workspace: Some(self.workspace),
            collection: None,
            monitor: None,
            detailed: false,
            created_at: NOW,
        }
    }

    /// An event that is there.
    pub(crate) async fn has_event(&self, store: &Store) -> Event {
        let mut tx = store.begin().await.unwrap();
        let event = self.event(EventKind::CollectionBackup);
        let body = Packed::of(b"{}").await.unwrap();
        tx.events().insert(&event, says(&body)).await.unwrap();
        tx.commit().await.unwrap();
        event
    }

    pub(crate) fn delivery(&self, event: &Event, integration: &Integration) -> Delivery {
        Delivery {
            id: DeliveryId(self.id()),
            team: self.team,
            event: event.id,
            integration: integration.id,
            state: DeliveryState::Scheduled { due_at: NOW },
            attempts: 0,
            shard: integration.shard,
            coalesce_key: None,
            created_at: NOW,
            updated_at: NOW,
        }
    }

    /// A delivery that is there, with an integration and an event of its own.
    pub(crate) async fn has_delivery(&self, store: &Store) -> Delivery {
        let integration = self.has_integration(store, "Backup to Box").await;
        let event = self.has_event(store).await;
        let delivery = self.delivery(&event, &integration);
        let mut tx = store.begin().await.unwrap();
        tx.deliveries().insert(&delivery).await.unwrap();
        tx.commit().await.unwrap();
        delivery
    }

    pub(crate) fn attempt(&self, due: &Due, outcome: Outcome) -> Attempt {
        Attempt {
            id: AttemptId(self.id()),
            team: self.team,
            delivery: due.delivery.id,
            integration: due.delivery.integration,
            number: due.number,
            trigger: due.trigger,
            epoch: due.epoch,
            started_at: NOW,
            times: PhaseTimes {
                dns_ms: Some(1),
                connect_ms: Some(2),
                tls_ms: None,
                first_byte_ms: Some(3),
                total_ms: 7,
            },
            outcome,
            message: "the receiver said so".to_owned(),
            peer: Some("203.0.113.7:443".to_owned()),
            url: "https://example.com/hook".to_owned(),
            status: Some(503),
            request_headers: vec![("webhook-id".to_owned(), "x".to_owned())],
            response_headers: vec![
                ("a".to_owned(), "1".to_owned()),
                ("a".to_owned(), "2".to_owned()),
            ],
            response_body: vec![0, 159, 146, 150],
            response_bytes: 4,
            retry_after_ms: None,
            steps: Vec::new(),
        }
    }

    pub(crate) fn node(&self) -> NodeId {
        NodeId(self.id())
    }

    /// A node that holds all shards.
    pub(crate) async fn has_owner(&self, store: &Store) -> NodeId {
        let node = self.node();
        let leases = take_shards(store, node, 256).await;
        assert_eq!(leases.len(), 256, "somebody else holds shards");
        node
    }
}

pub(crate) async fn take_shards(store: &Store, node: NodeId, at_most: u32) -> Vec<Lease> {
    let mut tx = store.begin().await.unwrap();
    let leases = tx.leases().acquire(node, TTL, at_most).await.unwrap();
    tx.commit().await.unwrap();
    leases
}

/// A delivery whose time has come, and the epoch of its shard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    pub(crate) due: DueDelivery,
    pub(crate) epoch: i64,
}

impl std::ops::Deref for Due {
    type Target = DueDelivery;

    fn deref(&self) -> &DueDelivery {
        &self.due
    }
}

/// What this node is to send now, the longest due first.
pub(crate) async fn all_due(tx: &mut Tx, owner: NodeId, now: Timestamp) -> Vec<Due> {
    let lanes = tx.deliveries().owing(owner).await.unwrap();
    let lanes: Vec<_> = lanes
        .iter()
        .map(|lane| (lane.team, lane.integration))
        .collect();
    let mut due = tx.deliveries().window(&lanes, 100).await.unwrap();
    due.retain(|due| due.retry_at.unwrap_or(due.due_at) <= now);
    due.sort_by_key(|due| (due.due_at, due.delivery.id));
    let held = tx.leases().held(owner).await.unwrap();
    due.into_iter()
        .map(|due| Due {
            epoch: held
                .iter()
                .find(|lease| lease.shard.0 == due.delivery.shard)
                .unwrap()
                .epoch,
            due,
        })
        .collect()
}

/// When this node has something to send next.
pub(crate) async fn next_due_at(tx: &mut Tx, owner: NodeId) -> Option<Timestamp> {
    let lanes = tx.deliveries().owing(owner).await.unwrap();
    lanes.iter().map(|lane| lane.due_at).min()
}

/// Writes one attempt and what follows.
pub(crate) async fn finish(
    tx: &mut Tx,
    owner: NodeId,
    attempt: &Attempt,
    next: Next,
    now: Timestamp,
) -> Finished {
    let made = [(attempt, next)];
    let finished = tx.deliveries().finish(owner, &made, now).await.unwrap();
    assert_eq!(finished.len(), 1);
    finished[0]
}

/// An event that says this, and nothing in detail.
pub(crate) fn says(standard: &Packed) -> Says<'_> {
    Says {
        standard,
        detailed: None,
    }
}
