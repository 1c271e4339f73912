//! Leases: which node works for which shard.

use std::time::Duration;

use postern_model::{Lease, NodeId, Shard};

use crate::{StorageError, Tx};

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
        unimplemented!()
    }

    /// Extends all of this node's leases; those that it still has. One that has run out but that nobody took goes on.
    pub async fn renew(
        &mut self,
        owner: NodeId,
        ttl: Duration,
    ) -> Result<Vec<Lease>, StorageError> {
        unimplemented!()
    }

    /// Gives shards back until `keep` are left; how many were given back.
    pub async fn release(&mut self, owner: NodeId, keep: u32) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// This node's leases.
    pub async fn held(&mut self, owner: NodeId) -> Result<Vec<Lease>, StorageError> {
        unimplemented!()
    }

    /// Whether this node still holds the shard under this epoch; if so, nobody can take it before the end of the unit of work.
    pub async fn fence(
        &mut self,
        owner: NodeId,
        shard: Shard,
        epoch: i64,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
