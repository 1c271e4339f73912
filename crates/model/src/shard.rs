//! Shards: integrations and monitors hash to 256 of them, and a node that leases one is its only worker.

use uuid::Uuid;

use crate::{NodeId, Timestamp};

/// How many shards there are.
pub const SHARDS: i16 = 256;

/// The number of a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard(pub i16);

impl Shard {
    /// Every shard.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(|number| Self(i16::from(number)))
    }

    /// The shard of a thing with this id. The last byte of a UUIDv7 is random, so ids spread evenly.
    pub fn of(id: Uuid) -> Self {
        Self(i16::from(id.as_bytes()[15]))
    }
}

/// A node's hold on a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Which shard.
    pub shard: Shard,
    /// Who holds it.
    pub owner: NodeId,
    /// Grows by one each time the shard changes hands; an outcome counts only under the epoch it was made under.
    pub epoch: i64,
    /// Until when, by the database's clock.
    pub until: Timestamp,
}
