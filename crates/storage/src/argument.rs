//! What is put in for `$1`, `$2`, …: the model's words on one side, what both engines take on the other.

use postern_model::{
    ActivityId, ApiKeyId, AttemptId, AuditEntryId, CollectionId, ContentHash, DeliveryId,
    EnvironmentId, EventId, InboxId, InboxRequestId, IncomingHookId, IntegrationId, InvitationId,
    MonitorId, NodeId, ReplayId, RunId, SessionId, SourceId, TeamId, Timestamp, UserId, VersionId,
    WorkspaceId,
};
use sqlx::Arguments;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use uuid::Uuid;

/// One argument. An absent one still has its type, because PostgreSQL asks for it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument<'a> {
    Int(Option<i64>),
    Text(Option<&'a str>),
    Bytes(Option<&'a [u8]>),
    Id(Option<Uuid>),
    Bool(Option<bool>),
}

impl Argument<'_> {
    /// An absent one of the same type.
    pub(crate) fn nothing<'b>(&self) -> Argument<'b> {
        match self {
            Argument::Int(_) => Argument::Int(None),
            Argument::Text(_) => Argument::Text(None),
            Argument::Bytes(_) => Argument::Bytes(None),
            Argument::Id(_) => Argument::Id(None),
            Argument::Bool(_) => Argument::Bool(None),
        }
    }
}

/// A list of arguments from anything that can be one.
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        &[$(crate::argument::Argument::from($value)),*]
    };
}
pub(crate) use args;

macro_rules! bind {
    ($arguments:ty, $values:expr) => {{
        let mut arguments = <$arguments>::default();
        for value in $values {
            match value {
                Argument::Int(value) => arguments.add(value),
                Argument::Text(value) => arguments.add(value),
                Argument::Bytes(value) => arguments.add(value),
                Argument::Id(value) => arguments.add(value),
                Argument::Bool(value) => arguments.add(value),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }};
}

pub(crate) fn for_sqlite(values: &[Argument<'_>]) -> Result<SqliteArguments, sqlx::Error> {
    bind!(SqliteArguments, values)
}

pub(crate) fn for_postgres(values: &[Argument<'_>]) -> Result<PgArguments, sqlx::Error> {
    bind!(PgArguments, values)
}

macro_rules! arguments {
    ($($type:ty => |$value:ident| $variant:ident($inner:expr);)+) => {$(
        impl From<$type> for Argument<'_> {
            fn from($value: $type) -> Self {
                Argument::$variant(Some($inner))
            }
        }

        impl From<Option<$type>> for Argument<'_> {
            fn from(value: Option<$type>) -> Self {
                Argument::$variant(value.map(|$value| $inner))
            }
        }
    )+};
}

arguments! {
    i64 => |value| Int(value);
    i32 => |value| Int(i64::from(value));
    i16 => |value| Int(i64::from(value));
    u16 => |value| Int(i64::from(value));
    u32 => |value| Int(i64::from(value));
    bool => |value| Bool(value);
    Timestamp => |value| Int(value.0);
    UserId => |value| Int(value.0);
    Uuid => |value| Id(value);
    ActivityId => |value| Id(value.0);
    ApiKeyId => |value| Id(value.0);
    AttemptId => |value| Id(value.0);
    AuditEntryId => |value| Id(value.0);
    CollectionId => |value| Id(value.0);
    DeliveryId => |value| Id(value.0);
    EnvironmentId => |value| Id(value.0);
    EventId => |value| Id(value.0);
    InboxId => |value| Id(value.0);
    InboxRequestId => |value| Id(value.0);
    IncomingHookId => |value| Id(value.0);
    IntegrationId => |value| Id(value.0);
    InvitationId => |value| Id(value.0);
    MonitorId => |value| Id(value.0);
    NodeId => |value| Id(value.0);
    ReplayId => |value| Id(value.0);
    RunId => |value| Id(value.0);
    SessionId => |value| Id(value.0);
    SourceId => |value| Id(value.0);
    TeamId => |value| Id(value.0);
    VersionId => |value| Id(value.0);
    WorkspaceId => |value| Id(value.0);
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(value: &'a str) -> Self {
        Argument::Text(Some(value))
    }
}

impl<'a> From<Option<&'a str>> for Argument<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Argument::Text(value)
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(value: &'a String) -> Self {
        Argument::Text(Some(value))
    }
}

impl<'a> From<&'a Option<String>> for Argument<'a> {
    fn from(value: &'a Option<String>) -> Self {
        Argument::Text(value.as_deref())
    }
}

impl<'a> From<&'a [u8]> for Argument<'a> {
    fn from(value: &'a [u8]) -> Self {
        Argument::Bytes(Some(value))
    }
}

impl<'a> From<&'a Vec<u8>> for Argument<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Argument::Bytes(Some(value))
    }
}

impl<'a> From<&'a Option<Vec<u8>>> for Argument<'a> {
    fn from(value: &'a Option<Vec<u8>>) -> Self {
        Argument::Bytes(value.as_deref())
    }
}

impl<'a> From<&'a ContentHash> for Argument<'a> {
    fn from(value: &'a ContentHash) -> Self {
        Argument::Bytes(Some(&value.0))
    }
}

impl<'a> From<&'a Option<ContentHash>> for Argument<'a> {
    fn from(value: &'a Option<ContentHash>) -> Self {
        Argument::Bytes(value.as_ref().map(|hash| hash.0.as_slice()))
    }
}
