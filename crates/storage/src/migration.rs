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

pub(crate) async fn migrate(_engine: &Engine, _now: Timestamp) -> Result<Migrated, MigrationError> {
    unimplemented!()
}

pub(crate) async fn check(_engine: &Engine) -> Result<(), MigrationError> {
    unimplemented!()
}
