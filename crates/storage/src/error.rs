//! What goes wrong while the database is used.

use postern_model::{DeliveryId, Unsealable};
use thiserror::Error;

use crate::statement::Statement;

/// A repository could not do what it was asked; completes "failed to ...". The unit of work is of no use afterwards: drop it.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The database refused, or could not be reached.
    #[error("run {statement}")]
    Database {
        /// The statement's name, such as `deliveries::DUE`.
        statement: &'static str,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// Something with this id, or this unique name, is already there; or something that is needed is not.
    #[error("run {statement}: it conflicts with {constraint}")]
    Conflict {
        /// The statement's name.
        statement: &'static str,
        /// The constraint, as the database calls it.
        constraint: String,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The unit of work could not be begun or committed.
    #[error("{doing} a unit of work")]
    UnitOfWork {
        /// `begin` or `commit`.
        doing: &'static str,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// A column holds what it can't hold.
    #[error("read column {column} of {statement}: {problem}")]
    Inconsistent {
        /// The statement's name.
        statement: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A secret can't be opened.
    #[error("open {place} of {id}")]
    Sealed {
        /// Which secret.
        place: &'static str,
        /// Of which row.
        id: uuid::Uuid,
        /// Why not.
        #[source]
        source: Unsealable,
    },
    /// A blob can't be packed or unpacked.
    #[error("{doing} a blob")]
    Blob {
        /// `compress` or `decompress`.
        doing: &'static str,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A delivery that is over can't be added.
    #[error("add delivery {id}: it is over already")]
    Finished {
        /// Which one.
        id: DeliveryId,
    },
    /// A value can't be written as JSON.
    #[error("write {what} as JSON")]
    Json {
        /// What was to be written.
        what: &'static str,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
}

/// What kind of trouble the database is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseTrouble {
    /// It can't be reached, or has no time: trying again later may help.
    Unavailable,
    /// Its disk is full: somebody has to make room.
    Full,
    /// Anything else.
    Other,
}

/// By the database's own code: a SQLSTATE of PostgreSQL, or an extended result code of SQLite.
fn of_code(code: &str) -> DatabaseTrouble {
    match code {
        // SQLITE_FULL, SQLITE_IOERR_SHMSIZE (no room for the index of the log); disk_full.
        "13" | "4874" | "53100" => DatabaseTrouble::Full,
        // SQLITE_BUSY and its kin; a server that ends, fell, starts, has no place, or only reads just now; two that waited for
        // each other.
        "5" | "261" | "517" | "773" | "57P01" | "57P02" | "57P03" | "57P05" | "53300" | "25006"
        | "40P01" | "40001" => DatabaseTrouble::Unavailable,
        _ if code.len() == 5 && code.starts_with("08") => DatabaseTrouble::Unavailable,
        _ => DatabaseTrouble::Other,
    }
}

impl StorageError {
    /// What kind of trouble the database is in.
    pub fn trouble(&self) -> DatabaseTrouble {
        let (Self::Database { source, .. } | Self::UnitOfWork { source, .. }) = self else {
            return DatabaseTrouble::Other;
        };
        match source {
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                DatabaseTrouble::Full
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => DatabaseTrouble::Unavailable,
            sqlx::Error::Database(error) => error
                .code()
                .map_or(DatabaseTrouble::Other, |code| of_code(&code)),
            _ => DatabaseTrouble::Other,
        }
    }

    /// Whether nothing of the unit of work can have been written: so it is unless the commit itself failed, which says
    /// nothing about whether it took place.
    pub fn is_harmless(&self) -> bool {
        !matches!(
            self,
            Self::UnitOfWork {
                doing: "commit",
                ..
            }
        )
    }

    /// Whether the cause is a row that already is there, or one that is missing.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }

    pub(crate) fn of(statement: &'static Statement, source: sqlx::Error) -> Self {
        let statement = statement.name;
        match &source {
            sqlx::Error::Database(error)
                if error.is_unique_violation() || error.is_foreign_key_violation() =>
            {
                Self::Conflict {
                    statement,
                    constraint: error
                        .constraint()
                        .unwrap_or_else(|| error.message())
                        .to_owned(),
                    source,
                }
            }
            _ => Self::Database { statement, source },
        }
    }
}
