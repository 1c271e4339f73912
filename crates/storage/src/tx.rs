//! The unit of work: all or nothing, and the door to the repositories.

use std::sync::Arc;

use postern_model::Timestamp;
use sqlx::{Connection as _, Postgres, Sqlite, SqlitePool, Transaction};
use uuid::Uuid;

use crate::argument::{self, Argument, args};
use crate::dialect;
use crate::row::{EngineRow, Row};
use crate::statement::Statement;
use crate::store::{Engine, Inner};
use crate::{
    Activities, ApiKeys, Attempts, AuditLog, Blobs, Collections, Comments, DeletedCollections,
    Deliveries, Digests, EngineKind, EnvironmentForks, Environments, Events, Forks, Globals,
    Health, Hooks, IdempotencyKeys, InboxRequests, Inboxes, IncomingHooks, Integrations,
    Invitations, Leases, Memberships, Monitors, Nodes, Purge, Replays, Runs, Sessions, Settings,
    SignInLinks, Sources, StorageError, Store, Tags, Teams, Users, Versions, Watch,
    WorkspaceMembers, Workspaces,
};

/// A unit of work. Nothing of it is there for others before [`Tx::commit`]; dropping it undoes it.
pub struct Tx {
    pub(crate) engine: TxEngine,
    pub(crate) store: Arc<Inner>,
    /// Whether an integration was changed in it.
    pub(crate) changed_integrations: bool,
}

pub(crate) enum TxEngine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// How often a connection is sought that can begin: while a disk is full each that is found may be lost again by the next.
const BEGINNINGS: usize = 16;

/// Begins a transaction. After some errors (a full disk) SQLite ends one by itself; the driver's own rollback then fails, and
/// it believes to be inside one for ever: such connections are closed, and others take their place.
async fn begin_on_sqlite(
    pool: &SqlitePool,
    statement: &'static str,
) -> Result<TxEngine, sqlx::Error> {
    for _ in 1..BEGINNINGS {
        match pool.begin_with(statement).await {
            Err(sqlx::Error::InvalidSavePointStatement) => close_the_stuck(pool).await?,
            begun => return begun.map(TxEngine::Sqlite),
        }
    }
    pool.begin_with(statement).await.map(TxEngine::Sqlite)
}

async fn close_the_stuck(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    let mut sound = Vec::new();
    for _ in 0..pool.size() {
        let mut connection = pool.acquire().await?;
        // A rollback may only just be under way: this waits behind it.
        connection.ping().await?;
        if connection.is_in_transaction() {
            connection.close().await?;
        } else {
            sound.push(connection);
        }
    }
    Ok(())
}

impl Tx {
    pub(crate) async fn begin(store: &Store) -> Result<Self, StorageError> {
        let engine = match &store.inner.engine {
            Engine::Sqlite { writer, .. } => {
                begin_on_sqlite(writer, dialect::begin(EngineKind::Sqlite)).await
            }
            Engine::Postgres { pool } => pool
                .begin_with(dialect::begin(EngineKind::Postgres))
                .await
                .map(TxEngine::Postgres),
        };
        Self::with(store, engine)
    }

    pub(crate) async fn read(store: &Store) -> Result<Self, StorageError> {
        let engine = match &store.inner.engine {
            Engine::Sqlite { readers, .. } => {
                begin_on_sqlite(readers, dialect::read(EngineKind::Sqlite)).await
            }
            Engine::Postgres { pool } => pool
                .begin_with(dialect::read(EngineKind::Postgres))
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
            changed_integrations: false,
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
        match self.engine {
            TxEngine::Sqlite(_) => Ok(self.store.clock.now()),
            TxEngine::Postgres(_) => self.one(&dialect::NOW, args![]).await?.get("now"),
        }
    }

    /// A time as deliveries fall due by. On SQLite that is the clock as it would be if nobody had put it forward or back;
    /// PostgreSQL has a clock of its own, and nobody but its own keeper knows what was done to it.
    pub fn steady(&self, at: Timestamp) -> Timestamp {
        Timestamp(at.0.saturating_sub(self.stepped()))
    }

    /// A time that something falls due by, as the clock shows it today.
    pub fn shown(&self, due: Timestamp) -> Timestamp {
        Timestamp(due.0.saturating_add(self.stepped()))
    }

    fn stepped(&self) -> i64 {
        match self.engine {
            TxEngine::Sqlite(_) => self.store.clock.stepped(),
            TxEngine::Postgres(_) => 0,
        }
    }

    /// Tells other processes something after the commit, on PostgreSQL; on SQLite there are none.
    pub async fn notify(&mut self, channel: &str, payload: &str) -> Result<(), StorageError> {
        if let TxEngine::Postgres(_) = self.engine {
            self.one(&dialect::NOTIFY, args![channel, payload]).await?;
        }
        Ok(())
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn execute(
        &mut self,
        statement: &'static Statement,
        arguments: &[Argument<'_>],
    ) -> Result<u64, StorageError> {
        match &mut self.engine {
            TxEngine::Sqlite(tx) => match argument::for_sqlite(arguments) {
                Ok(arguments) => sqlx::query_with(statement.sqlite, arguments)
                    .execute(&mut **tx)
                    .await
                    .map(|done| done.rows_affected()),
                Err(error) => Err(error),
            },
            TxEngine::Postgres(tx) => match argument::for_postgres(arguments) {
                Ok(arguments) => sqlx::query_with(statement.postgres, arguments)
                    .execute(&mut **tx)
                    .await
                    .map(|done| done.rows_affected()),
                Err(error) => Err(error),
            },
        }
        .map_err(|source| StorageError::of(statement, source))
    }

    /// Runs a statement; all rows of its answer.
    pub(crate) async fn all(
        &mut self,
        statement: &'static Statement,
        arguments: &[Argument<'_>],
    ) -> Result<Vec<Row>, StorageError> {
        let failed = |source| StorageError::of(statement, source);
        let rows = match &mut self.engine {
            TxEngine::Sqlite(tx) => {
                let arguments = argument::for_sqlite(arguments).map_err(failed)?;
                sqlx::query_with(statement.sqlite, arguments)
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(failed)?
                    .into_iter()
                    .map(EngineRow::Sqlite)
                    .collect::<Vec<_>>()
            }
            TxEngine::Postgres(tx) => {
                let arguments = argument::for_postgres(arguments).map_err(failed)?;
                sqlx::query_with(statement.postgres, arguments)
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(failed)?
                    .into_iter()
                    .map(EngineRow::Postgres)
                    .collect()
            }
        };
        Ok(rows
            .into_iter()
            .map(|engine| Row { statement, engine })
            .collect())
    }

    /// Runs a statement that answers one row or none.
    pub(crate) async fn optional(
        &mut self,
        statement: &'static Statement,
        arguments: &[Argument<'_>],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.all(statement, arguments).await?.into_iter().next())
    }

    /// Runs a statement that answers one row.
    pub(crate) async fn one(
        &mut self,
        statement: &'static Statement,
        arguments: &[Argument<'_>],
    ) -> Result<Row, StorageError> {
        self.optional(statement, arguments)
            .await?
            .ok_or_else(|| StorageError::of(statement, sqlx::Error::RowNotFound))
    }

    /// Seals a secret for one place and one row.
    pub(crate) fn seal(&self, place: &'static str, id: Uuid, open: &[u8]) -> Vec<u8> {
        self.store.sealer.seal(open, &sealed_for(place, id))
    }

    /// Opens a secret that was sealed for this place and this row.
    pub(crate) fn unseal(
        &self,
        place: &'static str,
        id: Uuid,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StorageError> {
        self.store
            .sealer
            .open(sealed, &sealed_for(place, id))
            .map_err(|source| StorageError::Sealed { place, id, source })
    }
}

/// What a secret is bound to, so that one row's secret can't be moved to another.
fn sealed_for(place: &str, id: Uuid) -> Vec<u8> {
    [place.as_bytes(), b":", id.as_bytes()].concat()
}

/// A value as JSON, for a column.
pub(crate) fn json<T: serde::Serialize>(
    what: &'static str,
    value: &T,
) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|source| StorageError::Json { what, source })
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
    /// How integrations fare.
    health: Health,
    /// Sessions of browsers.
    sessions: Sessions,
    /// Links that sign somebody in once.
    sign_in_links: SignInLinks,
    /// Invitations to teams.
    invitations: Invitations,
    /// Who belongs to which workspace.
    workspace_members: WorkspaceMembers,
    /// The audit log.
    audit_log: AuditLog,
    /// Settings.
    settings: Settings,
    /// Workspaces.
    workspaces: Workspaces,
    /// Collections.
    collections: Collections,
    /// Comments on collections and what is in them.
    comments: Comments,
    /// Global variables of workspaces.
    globals: Globals,
    /// Where collections come from by themselves.
    sources: Sources,
    /// What is told together later.
    digests: Digests,
    /// Tags of collections and workspaces.
    tags: Tags,
    /// Collections that were deleted and can be had back.
    deleted_collections: DeletedCollections,
    /// Collections that grew from another.
    forks: Forks,
    /// Environments that grew from another.
    environment_forks: EnvironmentForks,
    /// Versions of collections.
    versions: Versions,
    /// Environments.
    environments: Environments,
    /// Documents and bodies.
    blobs: Blobs,
    /// Monitors.
    monitors: Monitors,
    /// Addresses that start runs.
    hooks: Hooks,
    /// Runs of monitors.
    runs: Runs,
    /// The feed.
    activities: Activities,
    /// Events.
    events: Events,
    /// Receivers of the house's own.
    inboxes: Inboxes,
    /// What has come to them.
    inbox_requests: InboxRequests,
    /// Addresses that others call, signed.
    incoming_hooks: IncomingHooks,
    /// Integrations.
    integrations: Integrations,
    /// Deliveries.
    deliveries: Deliveries,
    /// Deliveries that are made again.
    replays: Replays,
    /// Attempts.
    attempts: Attempts,
    /// Leases of shards.
    leases: Leases,
    /// Running server processes.
    nodes: Nodes,
    /// Retention.
    purge: Purge,
    /// What whoever watches asks.
    watch: Watch,
}
