//! What the two engines say differently. Locks and claims stand in the statements themselves (`=>` in `statements!`); here is what is
//! not a statement of a repository.

use crate::EngineKind;
use crate::statement::statements;

/// How a unit of work that writes begins. SQLite's is IMMEDIATE: one that reads first and then writes must not find that
/// the file was changed between. PostgreSQL's statements each see what is committed, and lock what they change.
pub(crate) fn begin(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "BEGIN IMMEDIATE",
        EngineKind::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    }
}

/// How a unit of work that only reads begins: it sees one state of the database.
pub(crate) fn read(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => "BEGIN DEFERRED",
        EngineKind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

statements! {
    // On SQLite there is one process and its clock; the statement is there only to be prepared.
    NOW = "SELECT CAST(0 AS INTEGER) AS now"
        => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now";
    NOTIFY = "SELECT $1, $2" => "SELECT pg_notify($1, $2)";
}
