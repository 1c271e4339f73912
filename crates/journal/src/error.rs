//! Why a verb did nothing. Nothing here knows of HTTP.

use std::borrow::Cow;
use std::error::Error as _;

use postern_collection::{EditError, MergeConflict};
use postern_storage::{DatabaseTrouble, StorageError};
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
        field: Cow<'static, str>,
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
    /// Somebody else has changed it since the writer looked.
    #[error("change version {seen}: it is at version {current} by now")]
    Outdated {
        /// The version that the writer has seen.
        seen: i64,
        /// The version that it is at.
        current: i64,
    },
    /// It comes from a source, and is changed there.
    #[error(
        "change it here: it comes from the source {source_name:?}; change it there, or fork it, or delete the source"
    )]
    Owned {
        /// What people call the source.
        source_name: String,
    },
    /// Both sides have changed the same, each in its way.
    #[error("merge: {}", told(conflicts))]
    Merge {
        /// What.
        conflicts: Vec<MergeConflict>,
    },
    /// A document can't be changed so.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A stored document can't be read.
    #[error("read a stored document: {0}")]
    Unreadable(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database, in a unit of work with others.
    #[error("write this together with others: {told}")]
    Together {
        /// What it said.
        told: String,
        /// What kind of trouble the database is in.
        trouble: DatabaseTrouble,
        /// Whether nothing can have been written.
        harmless: bool,
    },
    /// The server was stopped, or failed, in the middle of it.
    #[error("finish writing: it was cut off, and may or may not be done")]
    CutOff,
}

impl JournalError {
    /// The same for another one whose work was part of the same unit of work.
    #[must_use]
    pub fn for_another(&self) -> Self {
        Self::Together {
            told: chain(self),
            trouble: self.trouble(),
            harmless: self.is_harmless(),
        }
    }

    /// What kind of trouble the database is in.
    pub fn trouble(&self) -> DatabaseTrouble {
        match self {
            Self::Storage(error) => error.trouble(),
            Self::Together { trouble, .. } => *trouble,
            _ => DatabaseTrouble::Other,
        }
    }

    /// Whether nothing can have been written; otherwise it may have been, for nobody knows what became of the commit.
    pub fn is_harmless(&self) -> bool {
        match self {
            Self::Storage(error) => error.is_harmless(),
            Self::Together { harmless, .. } => *harmless,
            Self::CutOff => false,
            _ => true,
        }
    }

    pub(crate) fn invalid(
        field: impl Into<Cow<'static, str>>,
        problem: &(impl ToString + ?Sized),
    ) -> Self {
        Self::Invalid {
            field: field.into(),
            problem: problem.to_string(),
        }
    }
}

/// The first conflict, and how many there are.
fn told(conflicts: &[MergeConflict]) -> String {
    let Some(first) = conflicts.first() else {
        return "there are conflicts".to_owned();
    };
    let (kind, name, what) = (first.model, &first.name, &first.what);
    match conflicts.len() {
        1 => format!("{what} (the {kind} {name})"),
        all => format!("{what} (the {kind} {name}), and {} more conflicts", all - 1),
    }
}

/// An error and its causes, in one line.
fn chain(error: &JournalError) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(": ");
        told.push_str(&cause.to_string());
        source = cause.source();
    }
    told
}
