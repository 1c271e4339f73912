//! How failures are answered: one translation, at the edge.
//!
//! Rooms below know nothing of HTTP. Their errors become an [`ApiError`] here; what a caller can do something about is
//! told in the answer, and what is Postern's own fault is logged once and answered without its inside.

use std::any::Any;
use std::error::Error;
use std::fmt;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header;
use postern_collection::{EditError, ImportError, MAX_BYTES, ParseError};
use postern_journal::JournalError;
use postern_storage::{DatabaseTrouble, StorageError};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

mod names;

pub use names::{ErrorName, error_names_page};

/// A failed call.
#[derive(Debug)]
pub(crate) struct ApiError {
    name: ErrorName,
    message: String,
    details: Option<Value>,
    /// Seconds; small, so that an error is.
    retry_after: Option<u16>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// A failure of this name, told in these words.
    pub(crate) fn new(name: ErrorName, message: impl Into<String>) -> Self {
        Self {
            name,
            message: message.into(),
            details: None,
            retry_after: None,
            source: None,
        }
    }

    /// Adds what programs may want beside the words.
    pub(crate) fn with_details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// It was tried too often; it can be tried again after so many seconds.
    pub(crate) fn too_often(what: &str, seconds: u64) -> Self {
        Self {
            retry_after: Some(u16::try_from(seconds).unwrap_or(u16::MAX)),
            ..Self::new(
                ErrorName::RateLimited,
                format!("{what}; try again in {seconds} seconds"),
            )
        }
    }

    /// The team has no such thing.
    pub(crate) fn not_found(what: &str, id: impl fmt::Display) -> Self {
        let id: String = id.to_string().chars().take(100).collect();
        Self::new(
            ErrorName::InstanceNotFound,
            format!("there is no {what} {id:?} in this team"),
        )
        .with_details(json!({ "model": what, "id": id }))
    }

    /// The value of a field or parameter is not allowed.
    pub(crate) fn invalid(param: &str, why: impl fmt::Display) -> Self {
        Self::new(ErrorName::InvalidParams, format!("{param}: {why}"))
            .with_details(json!({ "param": param }))
    }

    /// A required field or parameter is not there.
    pub(crate) fn missing(param: &str) -> Self {
        Self::new(ErrorName::ParamMissing, format!("{param} is missing"))
            .with_details(json!({ "param": param }))
    }

    /// Nothing where what was looked for is not there; other failures stay as they are.
    pub(crate) fn unless_missing<T>(found: Result<T, Self>) -> Result<Option<T>, Self> {
        match found {
            Err(error) if error.name == ErrorName::InstanceNotFound => Ok(None),
            found => found.map(Some),
        }
    }

    /// The same failure where a field of the body named what is not there; other failures stay as they are.
    pub(crate) fn blaming(self, field: &str) -> Self {
        if self.name == ErrorName::InstanceNotFound {
            Self::invalid(field, self.message)
        } else {
            self
        }
    }

    /// Postern failed: `source` is for the log, not for the answer.
    pub(crate) fn server(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::new(ErrorName::Server, "the server failed; nothing was changed")
        }
    }

    /// The database is in trouble.
    fn of_database(
        trouble: DatabaseTrouble,
        harmless: bool,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        let (name, what) = match trouble {
            DatabaseTrouble::Unavailable => (
                ErrorName::Unavailable,
                "the database can't be used just now",
            ),
            DatabaseTrouble::Full => (
                ErrorName::StorageFull,
                "the database's disk is full: make room on it",
            ),
            DatabaseTrouble::Other => (ErrorName::Server, "the server failed"),
        };
        let changed = if harmless {
            "nothing was changed"
        } else {
            "it is not known whether the change was kept: look before you try again"
        };
        Self {
            source: Some(source.into()),
            ..Self::new(name, format!("{what}; {changed}"))
        }
    }

    /// What is told, where it is not the answer itself that tells it.
    pub(crate) fn into_sentence(self) -> String {
        self.log();
        self.message
    }

    /// Once, where the failure is answered.
    fn log(&self) {
        if let Some(source) = &self.source {
            tracing::error!(error = %Chain(source.as_ref()), name = self.name.as_str(), "a call failed");
        }
    }

    /// A handler panicked: a bug, answered like any other failure of Postern's own.
    pub(crate) fn panicked(panic: &(dyn Any + Send)) -> Self {
        let said = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let source = format!(
            "a handler panicked: {}",
            said.unwrap_or("without a message")
        );
        Self {
            source: Some(source.into()),
            ..Self::new(
                ErrorName::Server,
                "the server failed; it is not known whether anything was changed",
            )
        }
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        if error.is_conflict() {
            let conflict =
                "what the call needs has changed meanwhile, or something like it is already there";
            return Self {
                source: Some(error.into()),
                ..Self::new(ErrorName::Conflict, conflict)
            };
        }
        Self::of_database(error.trouble(), error.is_harmless(), error)
    }
}

impl From<JournalError> for ApiError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Storage(error) => error.into(),
            JournalError::NotFound { what } => Self::new(
                ErrorName::InstanceNotFound,
                format!("there is no such {what} in this team"),
            )
            .with_details(json!({ "model": what })),
            JournalError::Invalid { field, problem } => Self::invalid(&field, problem),
            JournalError::Conflict { .. } | JournalError::Owned { .. } => {
                Self::new(ErrorName::Conflict, format!("failed to {error}"))
            }
            JournalError::Merge { ref conflicts } => {
                let conflicts: Vec<Value> = conflicts
                    .iter()
                    .map(|it| {
                        json!({"model": it.model, "id": it.id, "name": it.name, "problem": it.what})
                    })
                    .collect();
                Self::new(ErrorName::Conflict, format!("failed to {error}"))
                    .with_details(json!({ "conflicts": conflicts }))
            }
            JournalError::Outdated { current, .. } => {
                Self::new(ErrorName::Outdated, format!("failed to {error}"))
                    .with_details(json!({ "version": current }))
            }
            JournalError::Edit(error) => error.into(),
            error => Self::of_database(error.trouble(), error.is_harmless(), error),
        }
    }
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound { kind, id } => Self::not_found(kind.as_str(), id),
            EditError::Refused(error) => error.into(),
            error => Self::new(ErrorName::InvalidParams, format!("failed to {error}")),
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        let message = format!("failed to {error}");
        let name = match error {
            ImportError::Document(error) => return error.into(),
            ImportError::Archive { .. } | ImportError::TooManyFiles { .. } => {
                ErrorName::InvalidParams
            }
            _ => ErrorName::MalformedRequest,
        };
        Self::new(name, message)
    }
}

impl From<ParseError> for ApiError {
    fn from(error: ParseError) -> Self {
        let message = format!("failed to {error}");
        let (name, details) = match &error {
            ParseError::TooLarge { .. } => {
                (ErrorName::PayloadTooLarge, json!({ "limit": MAX_BYTES }))
            }
            ParseError::Json { line, column, .. } => (
                ErrorName::MalformedRequest,
                json!({ "line": line, "column": column }),
            ),
            ParseError::Shape { path, found, .. } if found == "nothing" => {
                (ErrorName::ParamMissing, json!({ "path": path }))
            }
            ParseError::Shape { path, .. } => {
                (ErrorName::MalformedRequest, json!({ "path": path }))
            }
            ParseError::NameTooLong { path } => (ErrorName::InvalidParams, json!({ "path": path })),
            _ => return Self::new(ErrorName::MalformedRequest, message),
        };
        Self::new(name, message).with_details(details)
    }
}

/// The body of every failure.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    error: ErrorContent,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub(crate) struct ErrorContent {
    /// One of the names in docs/error-names.md.
    name: &'static str,
    /// What was wrong, for people.
    message: String,
    /// More, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.log();
        let content = ErrorContent {
            name: self.name.as_str(),
            message: self.message,
            details: self.details,
        };
        let mut response = (self.name.status(), Json(ErrorBody { error: content })).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// An error with everything beneath it on one line.
struct Chain<'a>(&'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            write!(f, ": {error}")?;
            next = error.source();
        }
        Ok(())
    }
}
