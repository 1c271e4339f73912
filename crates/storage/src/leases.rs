//! Leases: which node works for which shard.

use std::collections::BTreeSet;
use std::time::Duration;

use postern_model::{Lease, NodeId, Shard};

use crate::argument::{Argument, args};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::{StorageError, Tx};
use postern_model::Timestamp;

macro_rules! acquire {
    ($free:literal, $lock:literal) => {
        concat!(
            "UPDATE shards SET owner = $1, epoch = epoch + 1, lease_until = $2
        WHERE shard IN (SELECT shard FROM shards WHERE owner IS NULL OR (owner <> $1 AND ",
            $free,
            ")
            ORDER BY shard LIMIT $4",
            $lock,
            ")
        RETURNING shard, owner, epoch, lease_until"
        )
    };
}

macro_rules! renew {
    ($lock:literal) => {
        concat!(
            "UPDATE shards SET lease_until = $2
        WHERE shard IN (SELECT shard FROM shards WHERE owner = $1 ORDER BY shard",
            $lock,
            ")
        RETURNING shard, owner, epoch, lease_until"
        )
    };
}

macro_rules! release {
    ($lock:literal) => {
        concat!(
            "UPDATE shards SET owner = NULL, lease_until = 0
        WHERE shard IN (SELECT shard FROM shards WHERE owner = $1 ORDER BY shard LIMIT $3 OFFSET $2", $lock, ")"
        )
    };
}

macro_rules! fence {
    () => {
        "SELECT shard FROM shards WHERE shard = $1 AND owner = $2 AND epoch = $3"
    };
}

macro_rules! fence_epoch {
    () => {
        "SELECT shard FROM shards WHERE shard = $1 AND owner IS NOT NULL AND epoch = $2"
    };
}

statements! {
    // SQLite: $3 IS NOT NULL is always so; it stands there to have the same arguments.
    ACQUIRE = acquire!("$3 IS NOT NULL", "") => acquire!("lease_until < $3", " FOR UPDATE SKIP LOCKED");
    // Rows are locked in the order of their numbers, here and by fences, so that nobody waits in a circle.
    RENEW = renew!("") => renew!(" FOR UPDATE");
    RELEASE = release!("") => release!(" FOR UPDATE");
    HELD = "SELECT shard, owner, epoch, lease_until FROM shards WHERE owner = $1 ORDER BY shard";
    FENCE = fence!() => concat!(fence!(), " FOR SHARE");
    FENCE_EPOCH = fence_epoch!() => concat!(fence_epoch!(), " FOR SHARE");
}

rows! {
    FENCES = "SELECT shard, epoch FROM shards WHERE owner = $1 AND (shard, epoch) IN (VALUES", [2 after 1: "smallint", "bigint"], ")"
        => ") ORDER BY shard FOR SHARE";
}

/// The table of shards.
pub struct Leases<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Leases<'_> {
    /// Takes up to `at_most` shards that nobody holds, each under a new epoch. On PostgreSQL a shard is free when it was
    /// released or its lease has run out by the database's clock. On SQLite every shard that another node holds is free:
    /// the lock on the file proves that the other one is gone.
    pub async fn acquire(
        &mut self,
        owner: NodeId,
        ttl: Duration,
        at_most: u32,
    ) -> Result<Vec<Lease>, StorageError> {
        let now = self.tx.now().await?;
        let rows = self
            .tx
            .all(&ACQUIRE, args![owner, now + ttl, now, at_most])
            .await?;
        leases(&rows)
    }

    /// Extends all of this node's leases; those that it still has. One that has run out but that nobody took goes on.
    pub async fn renew(
        &mut self,
        owner: NodeId,
        ttl: Duration,
    ) -> Result<Vec<Lease>, StorageError> {
        let until = self.tx.now().await? + ttl;
        let rows = self.tx.all(&RENEW, args![owner, until]).await?;
        leases(&rows)
    }

    /// Gives shards back until `keep` are left; how many were given back.
    pub async fn release(&mut self, owner: NodeId, keep: u32) -> Result<u64, StorageError> {
        self.tx
            .execute(
                &RELEASE,
                args![owner, keep, i64::from(postern_model::SHARDS)],
            )
            .await
    }

    /// This node's leases.
    pub async fn held(&mut self, owner: NodeId) -> Result<Vec<Lease>, StorageError> {
        let rows = self.tx.all(&HELD, args![owner]).await?;
        leases(&rows)
    }

    /// Whether this node still holds the shard under this epoch; if so, nobody can take it before the end of the unit of work.
    pub async fn fence(
        &mut self,
        owner: NodeId,
        shard: Shard,
        epoch: i64,
    ) -> Result<bool, StorageError> {
        Ok(self
            .tx
            .optional(&FENCE, args![shard.0, owner, epoch])
            .await?
            .is_some())
    }
}

impl Leases<'_> {
    /// Of these shards and epochs those that this node still holds; nobody can take them before the end of the unit of
    /// work.
    pub(crate) async fn fences(
        &mut self,
        owner: NodeId,
        epochs: &BTreeSet<(Shard, i64)>,
    ) -> Result<BTreeSet<(Shard, i64)>, StorageError> {
        let rows: Vec<Argument<'_>> = epochs
            .iter()
            .flat_map(|&(shard, epoch)| [shard.0.into(), epoch.into()])
            .collect();
        self.tx
            .all_rows(&FENCES, args![owner], &rows)
            .await?
            .iter()
            .map(|row| Ok((Shard(row.get("shard")?), row.get("epoch")?)))
            .collect()
    }

    /// The same without asking who: the epoch has not grown, and nobody gave the shard back.
    pub(crate) async fn fence_epoch(
        &mut self,
        shard: Shard,
        epoch: i64,
    ) -> Result<bool, StorageError> {
        let row = self
            .tx
            .optional(&FENCE_EPOCH, args![shard.0, epoch])
            .await?;
        Ok(row.is_some())
    }
}

fn leases(rows: &[Row]) -> Result<Vec<Lease>, StorageError> {
    let mut leases = rows.iter().map(lease).collect::<Result<Vec<_>, _>>()?;
    leases.sort_unstable_by_key(|lease| lease.shard);
    Ok(leases)
}

fn lease(row: &Row) -> Result<Lease, StorageError> {
    Ok(Lease {
        shard: Shard(row.get("shard")?),
        owner: row.get("owner")?,
        epoch: row.get("epoch")?,
        until: row.get::<Timestamp>("lease_until")?,
    })
}
