//! Why a verb did nothing. Nothing here knows of HTTP.

use postern_storage::StorageError;
use thiserror::Error;

/// Why a verb did nothing; completes "failed to …".
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JournalError {
    /// There is no such thing in the actor's team.
    #[error("find the {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// A value is not allowed.
    #[error("take {field}: {problem}")]
    Invalid {
        /// The field, as people write it.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The thing is not in a state for it.
    #[error("{doing}: {because}")]
    Conflict {
        /// What was to be done.
        doing: &'static str,
        /// Why it can't be, and what to do.
        because: &'static str,
    },
    /// A stored document can't be read.
    #[error("read a stored document: {0}")]
    Unreadable(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl JournalError {
    pub(crate) fn invalid(field: &'static str, problem: &(impl ToString + ?Sized)) -> Self {
        Self::Invalid {
            field,
            problem: problem.to_string(),
        }
    }
}
