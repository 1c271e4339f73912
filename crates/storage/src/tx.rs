//! The unit of work: all or nothing, and the door to the repositories.

use std::sync::Arc;

use postern_model::Timestamp;
use sqlx::{Postgres, Sqlite, Transaction};

use crate::store::{Engine, Inner};
use crate::{
    Activities, ApiKeys, Attempts, Blobs, Collections, Deliveries, EngineKind, Environments,
    Events, IdempotencyKeys, Integrations, Leases, Memberships, Monitors, Nodes, Purge, Runs,
    Settings, StorageError, Store, Teams, Users, Versions, Workspaces,
};

/// A unit of work. Nothing of it is there for others before [`Tx::commit`]; dropping it undoes it.
pub struct Tx {
    pub(crate) engine: TxEngine,
    pub(crate) store: Arc<Inner>,
}

pub(crate) enum TxEngine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) async fn begin(store: &Store) -> Result<Self, StorageError> {
        let engine = match &store.inner.engine {
            // IMMEDIATE: a unit of work that reads first and then writes must not find the file changed between.
            Engine::Sqlite { writer, .. } => writer
                .begin_with("BEGIN IMMEDIATE")
                .await
                .map(TxEngine::Sqlite),
            Engine::Postgres { pool } => pool
                .begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
                .await
                .map(TxEngine::Postgres),
        };
        Self::with(store, engine)
    }

    pub(crate) async fn read(store: &Store) -> Result<Self, StorageError> {
        let engine = match &store.inner.engine {
            Engine::Sqlite { readers, .. } => readers
                .begin_with("BEGIN DEFERRED")
                .await
                .map(TxEngine::Sqlite),
            Engine::Postgres { pool } => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(TxEngine::Postgres),
        };
        Self::with(store, engine)
    }

    fn with(store: &Store, engine: Result<TxEngine, sqlx::Error>) -> Result<Self, StorageError> {
        Ok(Self {
            engine: engine.map_err(|source| StorageError::UnitOfWork {
                doing: "begin",
                source,
            })?,
            store: Arc::clone(&store.inner),
        })
    }

    /// Makes everything of this unit of work durable, and visible to others.
    pub async fn commit(self) -> Result<(), StorageError> {
        match self.engine {
            TxEngine::Sqlite(tx) => tx.commit().await,
            TxEngine::Postgres(tx) => tx.commit().await,
        }
        .map_err(|source| StorageError::UnitOfWork {
            doing: "commit",
            source,
        })
    }

    /// Which engine this is.
    pub fn engine(&self) -> EngineKind {
        match self.engine {
            TxEngine::Sqlite(_) => EngineKind::Sqlite,
            TxEngine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// The time that all nodes agree on: the database's clock on PostgreSQL, the store's clock on SQLite.
    pub async fn now(&mut self) -> Result<Timestamp, StorageError> {
        unimplemented!()
    }

    /// Tells other processes something after the commit, on PostgreSQL; on SQLite there are none.
    pub async fn notify(&mut self, _channel: &str, _payload: &str) -> Result<(), StorageError> {
        unimplemented!()
    }
}

macro_rules! repositories {
    ($($(#[$doc:meta])* $method:ident: $repository:ident,)+) => {
        impl Tx {$(
            $(#[$doc])*
            pub fn $method(&mut self) -> $repository<'_> {
                $repository { tx: self }
            }
        )+}
    };
}

repositories! {
    /// Teams.
    teams: Teams,
    /// Users.
    users: Users,
    /// Who belongs to which team.
    memberships: Memberships,
    /// API keys.
    api_keys: ApiKeys,
    /// Idempotency keys.
    idempotency_keys: IdempotencyKeys,
    /// Settings.
    settings: Settings,
    /// Workspaces.
    workspaces: Workspaces,
    /// Collections.
    collections: Collections,
    /// Versions of collections.
    versions: Versions,
    /// Environments.
    environments: Environments,
    /// Documents and bodies.
    blobs: Blobs,
    /// Monitors.
    monitors: Monitors,
    /// Runs of monitors.
    runs: Runs,
    /// The feed.
    activities: Activities,
    /// Events.
    events: Events,
    /// Integrations.
    integrations: Integrations,
    /// Deliveries.
    deliveries: Deliveries,
    /// Attempts.
    attempts: Attempts,
    /// Leases of shards.
    leases: Leases,
    /// Running server processes.
    nodes: Nodes,
    /// Retention.
    purge: Purge,
}
