//! The store: one of two engines, opened once for each process.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use postern_model::{Clock, Sealer};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Executor as _, PgPool, SqlitePool};
use thiserror::Error;

use crate::subscribers::Kept;
use crate::{Listener, Migrated, MigrationError, StorageError, Tx, migration};

/// How long a unit of work waits for its turn or for a connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// For how long a connection that was given back is believed to work.
const FRESH: Duration = Duration::from_secs(1);

/// After how long PostgreSQL gives up a unit of work in which nothing more is said: a node that is cut off keeps its rows locked
/// until then, and nobody can take over. A unit of work asks its next question within milliseconds; a large document's takes a second.
const ABANDONED: &str = "SET idle_in_transaction_session_timeout = '10s'";

/// How many prepared statements a connection keeps: all that there are.
const STATEMENTS: usize = 1000;

/// Readers of a SQLite file: they never wait for the writer, so few are enough.
const SQLITE_READERS: u32 = 4;

/// Where the data lies.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// Which engine, and where.
    pub engine: EngineConfig,
}

impl StoreConfig {
    /// A SQLite file.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self {
            engine: EngineConfig::Sqlite(SqliteConfig { path: path.into() }),
        }
    }

    /// A PostgreSQL database.
    pub fn postgres(url: impl Into<String>) -> Self {
        Self {
            engine: EngineConfig::Postgres(PostgresConfig {
                url: url.into(),
                max_connections: 16,
            }),
        }
    }
}

/// Which engine, and where.
#[derive(Debug, Clone)]
pub enum EngineConfig {
    /// SQLite in this process.
    Sqlite(SqliteConfig),
    /// A PostgreSQL server.
    Postgres(PostgresConfig),
}

/// A SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteConfig {
    /// The file; it is made when it isn't there. Its folder must be.
    pub path: PathBuf,
}

/// A PostgreSQL database.
#[derive(Debug, Clone)]
pub struct PostgresConfig {
    /// `postgres://user:password@host:port/database`.
    pub url: String,
    /// The most connections of this process.
    pub max_connections: u32,
}

/// Which engine a store has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EngineKind {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The store could not be opened; completes "failed to ...".
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process works on the same file.
    #[error(
        "open {path}: another Postern server is using this database (it holds {lock}); stop it, or give this one another --data-dir",
        path = path.display(), lock = lock.display()
    )]
    InUse {
        /// The database.
        path: PathBuf,
        /// The lock beside it.
        lock: PathBuf,
    },
    /// The file beside the database that keeps others out can't be made or locked.
    #[error("lock {}", lock.display())]
    Lock {
        /// The lock.
        lock: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The file can't be opened as a database.
    #[error("open the SQLite database {}", path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// Why not.
        #[source]
        source: sqlx::Error,
    },
    /// The URL is not one of a PostgreSQL database.
    #[error("read the PostgreSQL URL (expected postgres://user:password@host:port/database)")]
    PostgresUrl {
        /// Why not. The URL itself is not shown: it may hold a password.
        #[source]
        source: sqlx::Error,
    },
    /// The server can't be reached or refuses.
    #[error("connect to the PostgreSQL server")]
    Postgres {
        /// Why not.
        #[source]
        source: sqlx::Error,
    },
}

/// The database. Cheap to clone; the last clone that is dropped closes it.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) sealer: Sealer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) subscribers: Kept,
}

pub(crate) enum Engine {
    Sqlite {
        /// One connection: units of work that write wait here for their turn, in order.
        writer: SqlitePool,
        readers: SqlitePool,
        /// Locked for as long as the store is open.
        _lock: File,
    },
    Postgres {
        pool: PgPool,
    },
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.engine())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database, without looking at its schema: call [`Store::migrate`] or [`Store::check_schema`] next.
    /// The sealer encrypts what is secret; the clock stamps rows, and judges leases on SQLite.
    pub async fn open(
        config: &StoreConfig,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let engine = match &config.engine {
            EngineConfig::Sqlite(sqlite) => open_sqlite(sqlite).await?,
            EngineConfig::Postgres(postgres) => open_postgres(postgres).await?,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                engine,
                sealer,
                clock,
                subscribers: Kept::default(),
            }),
        })
    }

    /// Which engine this is.
    pub fn engine(&self) -> EngineKind {
        match self.inner.engine {
            Engine::Sqlite { .. } => EngineKind::Sqlite,
            Engine::Postgres { .. } => EngineKind::Postgres,
        }
    }

    /// Brings the schema up to date; says what was applied. A schema newer than this program is refused.
    pub async fn migrate(&self) -> Result<Migrated, MigrationError> {
        migration::migrate(&self.inner.engine, self.inner.clock.now()).await
    }

    /// Refuses a schema that is older or newer than this program's (`--no-migrate`).
    pub async fn check_schema(&self) -> Result<(), MigrationError> {
        migration::check(&self.inner.engine).await
    }

    /// A unit of work that may write. On SQLite one at a time, in the order of their asking.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        Tx::begin(self).await
    }

    /// A unit of work that only reads, and sees one state of the database from beginning to end.
    pub async fn read(&self) -> Result<Tx, StorageError> {
        Tx::read(self).await
    }

    /// Listens to what other processes tell with [`Tx::notify`]; `None` on SQLite, where there is no other process.
    pub async fn listen(&self, channel: &str) -> Result<Option<Listener>, StorageError> {
        match &self.inner.engine {
            Engine::Sqlite { .. } => Ok(None),
            Engine::Postgres { pool } => Listener::open(pool, channel).await.map(Some),
        }
    }

    /// Waits until all connections have been given back, and closes them.
    pub async fn close(&self) {
        match &self.inner.engine {
            Engine::Sqlite {
                writer, readers, ..
            } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres { pool } => pool.close().await,
        }
    }
}

async fn open_sqlite(config: &SqliteConfig) -> Result<Engine, OpenError> {
    let lock = lock_beside(&config.path)?;
    let failed = |source| OpenError::Sqlite {
        path: config.path.clone(),
        source,
    };
    let options = SqliteConnectOptions::new()
        .filename(&config.path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(STATEMENTS)
        // KiB of pages in memory for each connection; SQLite's own 2,000 are read again and again under load.
        .pragma("cache_size", "-16384")
        // Pages of the log before they are brought home: each time costs two more waits for the disk.
        .pragma("wal_autocheckpoint", "4000")
        // What undoes a single statement stays in memory: as a file it would be made and taken away for each that inserts many.
        .pragma("temp_store", "MEMORY");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // No statistics: those of a small table mislead the planner about the same table when it is large.
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(
            options
                .pragma("query_only", "ON")
                .pragma("cache_size", "-2000"),
        )
        .await
        .map_err(failed)?;
    Ok(Engine::Sqlite {
        writer,
        readers,
        _lock: lock,
    })
}

/// SQLite itself lets several processes in; Postern does not, because a second one would send everything twice.
/// The lock ends with the process, however it ends.
fn lock_beside(path: &std::path::Path) -> Result<File, OpenError> {
    let mut lock = path.as_os_str().to_owned();
    lock.push(".lock");
    let lock = PathBuf::from(lock);
    let failed = |source| OpenError::Lock {
        lock: lock.clone(),
        source,
    };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse {
            path: path.to_owned(),
            lock,
        }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

async fn open_postgres(config: &PostgresConfig) -> Result<Engine, OpenError> {
    let options: PgConnectOptions = config
        .url
        .parse()
        .map_err(|source| OpenError::PostgresUrl { source })?;
    let pool = PgPoolOptions::new()
        .max_connections(config.max_connections)
        .acquire_timeout(PATIENCE)
        // A connection that was used a moment ago is not asked whether it still works: that would be one round trip more
        // for each unit of work.
        .test_before_acquire(false)
        // Said afterwards: poolers in front of PostgreSQL take no options at the start of a connection.
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(ABANDONED).await.map(drop) })
        })
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(
            options
                .application_name("postern")
                .statement_cache_capacity(STATEMENTS),
        )
        .await
        .map_err(|source| OpenError::Postgres { source })?;
    Ok(Engine::Postgres { pool })
}
