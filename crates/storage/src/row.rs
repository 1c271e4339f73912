//! What a statement answers: rows of either engine, read column by column into the model's words.

use postern_model::{
    Action, ActivityId, ApiKeyId, AttemptId, AttemptTrigger, AuditAction, AuditEntryId,
    CallOutcome, CollectionId, ContentHash, DeliveryId, EnvironmentId, EventId, EventKind,
    HeldReason, InboxId, InboxRequestId, IncomingHookId, IncomingKind, IntegrationId, InvitationId,
    Model, MonitorId, NodeId, Outcome, ReplayId, ReplayState, Role, RunId, RunStatus, RunTrigger,
    SessionId, SignatureVerdict, SourceId, SourceKind, TeamId, Timestamp, UserId, VersionId,
    WorkspaceId, WorkspaceKind,
};
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};
use uuid::Uuid;

use crate::statement::Statement;
use crate::{DeliveryStateName, StorageError};

/// A row, and which statement it came from.
pub(crate) struct Row {
    pub(crate) statement: &'static Statement,
    pub(crate) engine: EngineRow,
}

pub(crate) enum EngineRow {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What a column can be read as.
pub(crate) trait Column: Sized {
    fn read(row: &Row, column: &'static str) -> Result<Self, StorageError>;
}

impl Row {
    /// The column of this name.
    pub(crate) fn get<T: Column>(&self, column: &'static str) -> Result<T, StorageError> {
        T::read(self, column)
    }

    /// The column of this name, which holds JSON.
    pub(crate) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<T, StorageError> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).map_err(|error| self.inconsistent(column, error.to_string()))
    }

    /// The error for a column that holds what it can't hold.
    pub(crate) fn inconsistent(&self, column: &'static str, problem: String) -> StorageError {
        StorageError::Inconsistent {
            statement: self.statement.name,
            column,
            problem,
        }
    }

    fn decode<'r, T>(&'r self, column: &'static str) -> Result<T, StorageError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        match &self.engine {
            EngineRow::Sqlite(row) => row.try_get(column),
            EngineRow::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| self.inconsistent(column, error.to_string()))
    }
}

macro_rules! decoded {
    ($($type:ty),+ $(,)?) => {$(
        impl Column for $type {
            fn read(row: &Row, column: &'static str) -> Result<Self, StorageError> {
                row.decode(column)
            }
        }

        impl Column for Option<$type> {
            fn read(row: &Row, column: &'static str) -> Result<Self, StorageError> {
                row.decode(column)
            }
        }
    )+};
}

decoded!(i64, bool, String, Vec<u8>, Uuid);

/// Columns that are made from a simpler column.
macro_rules! made {
    ($($type:ty: $from:ty, |$row:ident, $column:ident, $value:ident| $make:expr;)+) => {$(
        impl Column for $type {
            fn read($row: &Row, $column: &'static str) -> Result<Self, StorageError> {
                let $value: $from = $row.get($column)?;
                $make
            }
        }

        impl Column for Option<$type> {
            fn read($row: &Row, $column: &'static str) -> Result<Self, StorageError> {
                let value: Option<$from> = $row.get($column)?;
                value.map(|$value| $make).transpose()
            }
        }
    )+};
}

made! {
    i32: i64, |row, column, value| i32::try_from(value).map_err(|error| row.inconsistent(column, error.to_string()));
    i16: i64, |row, column, value| i16::try_from(value).map_err(|error| row.inconsistent(column, error.to_string()));
    u16: i64, |row, column, value| u16::try_from(value).map_err(|error| row.inconsistent(column, error.to_string()));
    u32: i64, |row, column, value| u32::try_from(value).map_err(|error| row.inconsistent(column, error.to_string()));
    u64: i64, |row, column, value| u64::try_from(value).map_err(|error| row.inconsistent(column, error.to_string()));
    Timestamp: i64, |_row, _column, value| Ok(Timestamp(value));
    UserId: i64, |_row, _column, value| Ok(UserId(value));
    ContentHash: Vec<u8>, |row, column, value| match <[u8; 32]>::try_from(value) {
        Ok(hash) => Ok(ContentHash(hash)),
        Err(value) => Err(row.inconsistent(column, format!("a hash has 32 bytes, not {}", value.len()))),
    };
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {
        made! {
            $($id: Uuid, |_row, _column, value| Ok($id(value));)+
        }
    };
}

ids!(
    ActivityId,
    ApiKeyId,
    AttemptId,
    AuditEntryId,
    CollectionId,
    DeliveryId,
    EnvironmentId,
    EventId,
    InboxId,
    InboxRequestId,
    IncomingHookId,
    IntegrationId,
    InvitationId,
    MonitorId,
    NodeId,
    ReplayId,
    RunId,
    SessionId,
    SourceId,
    TeamId,
    VersionId,
    WorkspaceId,
);

macro_rules! words {
    ($($word:ident),+ $(,)?) => {
        made! {
            $($word: String, |row, column, value| $word::parse(&value)
                .ok_or_else(|| row.inconsistent(column, format!("{value:?} is not a word for it")));)+
        }
    };
}

words!(
    Action,
    AttemptTrigger,
    AuditAction,
    CallOutcome,
    DeliveryStateName,
    EventKind,
    HeldReason,
    IncomingKind,
    Model,
    Outcome,
    ReplayState,
    Role,
    RunStatus,
    RunTrigger,
    SignatureVerdict,
    SourceKind,
    WorkspaceKind,
);
