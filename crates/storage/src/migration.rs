//! The schema's versions: embedded, forward only, applied at start.

use postern_model::Timestamp;
use thiserror::Error;

use crate::store::Engine;

/// What was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The schema's version before; 0: the database was empty.
    pub from: i64,
    /// The schema's version now.
    pub to: i64,
}

/// The schema can't be brought to this program's version; completes "failed to ...".
#[derive(Debug, Error)]
pub enum MigrationError {
    /// A newer Postern has been here.
    #[error(
        "use the database: its schema has version {found}, and this program knows versions up to {known}; use a newer Postern"
    )]
    Newer {
        /// The database's version.
        found: i64,
        /// This program's version.
        known: i64,
    },
    /// Migrations are to be applied, but are forbidden.
    #[error(
        "use the database: its schema has version {found}, this program needs {known}; start once without --no-migrate"
    )]
    Older {
        /// The database's version.
        found: i64,
        /// This program's version.
        known: i64,
    },
    /// A migration failed; nothing of it remains.
    #[error("apply migration {name}")]
    Apply {
        /// The migration.
        name: &'static str,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The version can't be read.
    #[error("read the schema's version")]
    Read {
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
}

/// One step of the schema, for both engines.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal,)+) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations! {
    1 "0001_first",
    2 "0002_lanes",
    3 "0003_replays",
    4 "0004_small_bodies",
    5 "0005_lists",
    6 "0006_deleted_collections",
    7 "0007_globals_tags",
    8 "0008_comments",
    9 "0009_people",
    10 "0010_hooks",
    11 "0011_forks",
    12 "0012_sources",
    13 "0013_environment_forks",
    14 "0014_sign_in_links",
    15 "0015_inboxes",
    16 "0016_sessions_by_link",
    17 "0017_connectors",
    18 "0018_digests",
    19 "0019_incoming_hooks",
};

/// The version that this program needs.
const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
/// Version 0 stands for the empty database; nodes that start at once take turns at its row.
const SEED: &str =
    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (0, 'empty', $1)
    ON CONFLICT (version) DO NOTHING";
const LOCK_ON_POSTGRES: &str = "SELECT version FROM schema_migrations WHERE version = 0 FOR UPDATE";
const VERSION: &str = "SELECT MAX(version) FROM schema_migrations";
const RECORD: &str =
    "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)";

pub(crate) async fn migrate(engine: &Engine, now: Timestamp) -> Result<Migrated, MigrationError> {
    let read = |source| MigrationError::Read { source };
    match engine {
        Engine::Sqlite { writer, .. } => {
            sqlx::query(CREATE).execute(writer).await.map_err(read)?;
            sqlx::query(SEED)
                .bind(now.0)
                .execute(writer)
                .await
                .map_err(read)?;
        }
        Engine::Postgres { pool } => {
            // Two nodes that create the table at once can collide in the catalogue; the second look finds it.
            if sqlx::query(CREATE).execute(pool).await.is_err() {
                sqlx::query(CREATE).execute(pool).await.map_err(read)?;
            }
            sqlx::query(SEED)
                .bind(now.0)
                .execute(pool)
                .await
                .map_err(read)?;
        }
    }
    let mut from = None;
    loop {
        let step = step(engine, now).await?;
        let from = *from.get_or_insert(step.found);
        if !step.applied {
            return Ok(Migrated {
                from,
                to: step.found,
            });
        }
    }
}

/// What one step found, and whether it applied a migration.
struct Step {
    found: i64,
    applied: bool,
}

/// Applies the next migration, if there is one, in a transaction of its own.
async fn step(engine: &Engine, now: Timestamp) -> Result<Step, MigrationError> {
    let read = |source| MigrationError::Read { source };
    macro_rules! step {
        ($tx:expr, $text:ident) => {{
            let mut tx = $tx;
            let found: i64 = sqlx::query_scalar(VERSION)
                .fetch_one(&mut *tx)
                .await
                .map_err(read)?;
            if found > KNOWN {
                return Err(MigrationError::Newer {
                    found,
                    known: KNOWN,
                });
            }
            let Some(migration) = MIGRATIONS.iter().find(|next| next.version > found) else {
                return Ok(Step {
                    found,
                    applied: false,
                });
            };
            let failed = |source| MigrationError::Apply {
                name: migration.name,
                source,
            };
            sqlx::raw_sql(migration.$text)
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
            sqlx::query(RECORD)
                .bind(migration.version)
                .bind(migration.name)
                .bind(now.0)
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
            tx.commit().await.map_err(failed)?;
            tracing::info!(
                migration.name = migration.name,
                "applied migration {}",
                migration.name
            );
            Ok(Step {
                found,
                applied: true,
            })
        }};
    }
    match engine {
        Engine::Sqlite { writer, .. } => {
            step!(
                writer.begin_with("BEGIN IMMEDIATE").await.map_err(read)?,
                sqlite
            )
        }
        Engine::Postgres { pool } => step!(
            {
                let mut tx = pool.begin().await.map_err(read)?;
                sqlx::query(LOCK_ON_POSTGRES)
                    .execute(&mut *tx)
                    .await
                    .map_err(read)?;
                tx
            },
            postgres
        ),
    }
}

pub(crate) async fn check(engine: &Engine) -> Result<(), MigrationError> {
    let read = |source| MigrationError::Read { source };
    let found: Result<i64, sqlx::Error> = match engine {
        Engine::Sqlite { writer, .. } => sqlx::query_scalar(VERSION).fetch_one(writer).await,
        Engine::Postgres { pool } => sqlx::query_scalar(VERSION).fetch_one(pool).await,
    };
    let found = match found {
        Ok(found) => found,
        // No table of versions: nothing was ever applied.
        Err(sqlx::Error::Database(_)) => 0,
        Err(source) => return Err(read(source)),
    };
    match found {
        KNOWN => Ok(()),
        _ if found > KNOWN => Err(MigrationError::Newer {
            found,
            known: KNOWN,
        }),
        _ => Err(MigrationError::Older {
            found,
            known: KNOWN,
        }),
    }
}

/// The whole schema's text: when it changes, tests need another template.
#[cfg(feature = "testing")]
pub(crate) fn text_for_postgres() -> String {
    MIGRATIONS
        .iter()
        .map(|migration| migration.postgres)
        .collect()
}
