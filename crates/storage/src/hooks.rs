//! Addresses that start runs: what they hold is not kept.

use postern_model::{ContentHash, MonitorId, TeamId, Timestamp};

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    INSERT = "INSERT INTO hooks (team, monitor, hash, created_at) VALUES ($1, $2, $3, $4)";
    FIND_BY_HASH = "SELECT team, monitor FROM hooks WHERE hash = $1";
}

/// The table of hooks.
pub struct Hooks<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Hooks<'_> {
    /// Gives a monitor an address.
    pub async fn insert(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
        hash: ContentHash,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&INSERT, args![team, monitor, &hash, now])
            .await?;
        Ok(())
    }

    /// The monitor whose address has this hash.
    pub async fn find_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> Result<Option<(TeamId, MonitorId)>, StorageError> {
        let row = self.tx.optional(&FIND_BY_HASH, args![&hash]).await?;
        row.map(|row| Ok((row.get("team")?, row.get("monitor")?)))
            .transpose()
    }
}
