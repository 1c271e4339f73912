//! Fresh databases for tests, on both engines.
//!
//! ```rust,ignore
//! for store in postern_storage::testing::engines().await {
//!     let mut tx = store.begin().await?;
//!     // the same story on each engine
//! }
//! ```

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use postern_model::testing::{FakeClock, SeededRandom};
use postern_model::{Clock, ContentHash, Sealer};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use tempfile::TempDir;

use crate::store::Engine;
use crate::{Store, StoreConfig, statement};

/// A fresh, migrated database that goes away when this is dropped.
pub struct TestStore {
    store: Store,
    /// The store's clock: it stands still until a test moves it.
    pub clock: Arc<FakeClock>,
    config: StoreConfig,
    // Dropped after the store.
    _place: Place,
}

enum Place {
    Folder { _folder: TempDir },
    Database { _database: Box<Database> },
}

/// A database on the tests' server; dropping it drops the database.
struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Drop for Database {
    fn drop(&mut self) {
        // A thread and a runtime of its own, because this is called on runtimes of every kind, and at their end.
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = server.connect().await?;
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                connection.execute(AssertSqlSafe(drop)).await?;
                connection.close().await
            })
        });
        if let Ok(Err(error)) = dropped.join() {
            tracing::warn!(error = %error, "failed to drop the test database {}", self.name);
        }
    }
}

impl TestStore {
    /// On SQLite, in a temporary folder.
    pub async fn sqlite() -> Self {
        let folder = must("make a folder", tempfile::tempdir());
        let config = StoreConfig::sqlite(folder.path().join("postern.db"));
        let this = Self::open(config, Place::Folder { _folder: folder }).await;
        must("migrate", this.migrate().await);
        this
    }

    /// On PostgreSQL, cloned from a migrated template on the server of this URL.
    pub async fn postgres(url: &str) -> Self {
        let server: PgConnectOptions = must("read the URL", url.parse());
        let mut connection = must("connect", server.connect().await);
        let template = template(&server, &mut connection).await;
        let name = fresh_name();
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        // The template may be in use for a moment, by a clone that another test makes.
        let mut created = connection.execute(AssertSqlSafe(create.clone())).await;
        for _ in 0..100 {
            if created.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            created = connection.execute(AssertSqlSafe(create.clone())).await;
        }
        must("clone the template", created);
        must("disconnect", connection.close().await);
        let url = with_database(&server, &name);
        let database = Box::new(Database { server, name });
        Self::open(
            StoreConfig::postgres(url),
            Place::Database {
                _database: database,
            },
        )
        .await
    }

    async fn open(config: StoreConfig, place: Place) -> Self {
        let clock = Arc::new(FakeClock::default());
        let store = Store::open(&config, sealer(), Arc::clone(&clock) as Arc<dyn Clock>).await;
        Self {
            store: must("open the store", store),
            clock,
            config,
            _place: place,
        }
    }

    /// The store.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// How the store was opened; to open it once more, as another process does.
    pub fn config(&self) -> &StoreConfig {
        &self.config
    }

    /// Has the database look at every statement of this crate; those that it refuses, by name, with what it says.
    pub async fn refused_statements(&self) -> Vec<(&'static str, String)> {
        let mut refused = Vec::new();
        for statement in statement::all() {
            let prepared = match &self.store.inner.engine {
                Engine::Sqlite { writer, .. } => {
                    writer.prepare(static_text(statement.sqlite)).await.err()
                }
                Engine::Postgres { pool } => {
                    pool.prepare(static_text(statement.postgres)).await.err()
                }
            };
            if let Some(error) = prepared {
                refused.push((statement.name, error.to_string()));
            }
        }
        refused
    }

    /// The statements for which SQLite goes through a table or an index from end to end, or sorts, each with the lines of its plan that say so.
    pub async fn scans(&self) -> Vec<(&'static str, String)> {
        let Engine::Sqlite { writer, .. } = &self.store.inner.engine else {
            return Vec::new();
        };
        let mut scans = Vec::new();
        for statement in statement::all() {
            let text = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", statement.sqlite));
            let plan: Vec<(i64, i64, i64, String)> =
                must("explain", sqlx::query_as(text).fetch_all(writer).await);
            let lines = plan.into_iter().map(|(_, _, _, line)| line);
            scans.extend(
                lines
                    .filter(|line| line.starts_with("SCAN") || line.starts_with("USE TEMP"))
                    .map(|line| (statement.name, line)),
            );
        }
        scans
    }

    /// Runs a statement as it is given, beside all repositories.
    pub async fn execute_raw(&self, text: &str) -> u64 {
        let text = AssertSqlSafe(text.to_owned());
        match &self.store.inner.engine {
            Engine::Sqlite { writer, .. } => {
                must("run", sqlx::query(text).execute(writer).await).rows_affected()
            }
            Engine::Postgres { pool } => {
                must("run", sqlx::query(text).execute(pool).await).rows_affected()
            }
        }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let text = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        match &self.store.inner.engine {
            Engine::Sqlite { writer, .. } => {
                must("count", sqlx::query_scalar(text).fetch_one(writer).await)
            }
            Engine::Postgres { pool } => {
                must("count", sqlx::query_scalar(text).fetch_one(pool).await)
            }
        }
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// A sealer with a key that everybody knows.
pub fn sealer() -> Sealer {
    Sealer::new([7; 32], Arc::new(SeededRandom::default()))
}

/// The PostgreSQL server for tests (`POSTERN_TEST_POSTGRES_URL`, set by `scripts/with-postgres`), if there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no configuration but this"
)]
pub fn postgres_url() -> Option<String> {
    std::env::var("POSTERN_TEST_POSTGRES_URL").ok()
}

/// One fresh store for each engine; PostgreSQL is left out, with a line that says so, where no server is given.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
pub async fn engines() -> Vec<TestStore> {
    let mut stores = vec![TestStore::sqlite().await];
    match postgres_url() {
        Some(url) => stores.push(TestStore::postgres(&url).await),
        None => eprintln!(
            "PostgreSQL is left out: POSTERN_TEST_POSTGRES_URL is not set (run the tests with scripts/with-postgres)"
        ),
    }
    stores
}

/// The migrated database that tests are cloned from; made once for each version of the schema.
async fn template(server: &PgConnectOptions, connection: &mut PgConnection) -> String {
    let schema = ContentHash::of(crate::migration::text_for_postgres().as_bytes()).to_string();
    let template = format!("postern_template_{}", &schema[..16]);
    // Tests run in many processes: one makes the template while the others wait.
    let lock = i64::from_str_radix(&schema[..15], 16).unwrap_or(1);
    must(
        "lock the template",
        sqlx::query("SELECT pg_advisory_lock($1)")
            .bind(lock)
            .execute(&mut *connection)
            .await,
    );
    let is_there: bool = must(
        "look for the template",
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
            .bind(&template)
            .fetch_one(&mut *connection)
            .await,
    );
    if !is_there {
        let making = fresh_name();
        let create = format!("CREATE DATABASE {making}");
        must(
            "create the template",
            connection.execute(AssertSqlSafe(create)).await,
        );
        let config = StoreConfig::postgres(with_database(server, &making));
        let store = Store::open(&config, sealer(), Arc::new(FakeClock::default())).await;
        let store = must("open the template", store);
        must("migrate the template", store.migrate().await);
        store.close().await;
        let rename = format!("ALTER DATABASE {making} RENAME TO {template}");
        must(
            "name the template",
            connection.execute(AssertSqlSafe(rename)).await,
        );
    }
    must(
        "unlock the template",
        sqlx::query("SELECT pg_advisory_unlock($1)")
            .bind(lock)
            .execute(&mut *connection)
            .await,
    );
    template
}

fn with_database(server: &PgConnectOptions, name: &str) -> String {
    server.clone().database(name).to_url_lossy().to_string()
}

/// A name that no other test has: processes differ by their id, tests in one by a count.
fn fresh_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("postern_test_{}_{count}", std::process::id())
}

/// Text that lives as long as the program may be prepared as it is.
fn static_text(text: &'static str) -> sqlx::SqlStr {
    sqlx::SqlSafeStr::into_sql_str(text)
}

/// What a test can't do without.
#[expect(clippy::panic, reason = "a test without its database has failed")]
fn must<T, E: std::fmt::Display>(what: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("failed to {what}: {error}"),
    }
}
