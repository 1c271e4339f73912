//! What goes wrong while the database is used.

use thiserror::Error;

/// A repository could not do what it was asked; completes "failed to ...".
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
    /// A row holds what it can't hold.
    #[error("read {table}.{column}: {problem}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl StorageError {
    /// Whether the cause is a row that already is there, or one that is missing.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }
}
