//! What whoever watches the server asks: how much waits, since when, and how large all of it is.

use postern_model::Timestamp;

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    WAITING = "SELECT COUNT(CASE WHEN state = 'scheduled' THEN 1 END) AS scheduled,
            COUNT(CASE WHEN state = 'held' THEN 1 END) AS held,
            MIN(CASE WHEN state = 'scheduled' THEN COALESCE(retry_at, due_at) END) AS oldest_due
        FROM deliveries";
    OLDEST_FINISHED = "SELECT MIN(finished_at) AS oldest FROM deliveries_done";
    BYTES = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()"
        => "SELECT pg_database_size(current_database()) AS bytes";
}

/// How much waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Deliveries that are due at some time.
    pub scheduled: u64,
    /// Deliveries that wait for somebody.
    pub held: u64,
    /// When the first of those that are scheduled is due.
    pub oldest_due: Option<Timestamp>,
}

/// Questions over all teams.
pub struct Watch<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Watch<'_> {
    /// How much waits. It counts the hot table from end to end: not for every second.
    pub async fn waiting(&mut self) -> Result<Waiting, StorageError> {
        let row = self.tx.one(&WAITING, args![]).await?;
        let oldest_due: Option<Timestamp> = row.get("oldest_due")?;
        Ok(Waiting {
            scheduled: row.get("scheduled")?,
            held: row.get("held")?,
            oldest_due: oldest_due.map(|due| self.tx.shown(due)),
        })
    }

    /// When the first delivery ended that is still kept.
    pub async fn oldest_finished(&mut self) -> Result<Option<Timestamp>, StorageError> {
        self.tx.one(&OLDEST_FINISHED, args![]).await?.get("oldest")
    }

    /// How many bytes the database has.
    pub async fn bytes(&mut self) -> Result<u64, StorageError> {
        self.tx.one(&BYTES, args![]).await?.get("bytes")
    }
}
