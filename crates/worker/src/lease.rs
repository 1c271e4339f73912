//! Leases: which shards this node works for.
//!
//! What correctness rests on: an outcome is written only under the epoch that its work was begun under (storage's
//! fence). That a node stops sending when its own clock says that its last renewal is 7 s old only saves repeats: by
//! the database's clock nobody else may have the shard before 10 s have passed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postern_model::{Lease, NodeId, SHARDS, Shard};
use postern_storage::{EngineKind, Store};
use tokio::time::Instant;

use crate::driver::{Look, Task, TaskError};
use postern_journal::Bell;

/// How long a lease lasts, by the database's clock.
const TTL: Duration = Duration::from_secs(10);
/// How often it is renewed.
const RENEWAL: Duration = Duration::from_secs(3);
/// How long after the beginning of the last renewal this node still sends, by its own monotonic clock.
const SENDS_FOR: Duration = Duration::from_secs(7);

/// The shards that this node holds, as its tasks see them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holding(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    epochs: HashMap<Shard, i64>,
    renewed: Option<Instant>,
    /// Grows whenever the shards or their epochs change.
    generation: u64,
}

impl Holding {
    /// Whether this node may begin work in the shard under this epoch.
    pub(crate) fn allows(&self, shard: Shard, epoch: i64) -> bool {
        let held = self.lock();
        held.fresh() && held.epochs.get(&shard) == Some(&epoch)
    }

    /// The epoch under which this node may begin work in the shard.
    pub(crate) fn epoch(&self, shard: Shard) -> Option<i64> {
        let held = self.lock();
        held.epochs.get(&shard).copied().filter(|_| held.fresh())
    }

    /// A number that changes when the shards or their epochs do.
    pub(crate) fn generation(&self) -> u64 {
        self.lock().generation
    }

    /// Whether this node may begin any work.
    pub(crate) fn is_fresh(&self) -> bool {
        let held = self.lock();
        held.fresh() && !held.epochs.is_empty()
    }

    /// Takes note of the leases as they stood when `asked`; whether there are shards that weren't there before.
    fn note(&self, leases: &[Lease], asked: Instant) -> bool {
        let mut held = self.lock();
        let epochs: HashMap<Shard, i64> = leases
            .iter()
            .map(|lease| (lease.shard, lease.epoch))
            .collect();
        let more = epochs
            .iter()
            .any(|(shard, epoch)| held.epochs.get(shard) != Some(epoch));
        let changed = epochs != held.epochs;
        let gained = epochs
            .iter()
            .filter(|(shard, epoch)| held.epochs.get(shard) != Some(epoch));
        metrics::counter!("webhook_shard_epoch_changes_total").increment(gained.count() as u64);
        *held = Held {
            epochs,
            renewed: Some(asked),
            generation: held.generation + u64::from(changed),
        };
        more
    }

    /// Forgets all shards: no work begins any more.
    pub(crate) fn clear(&self) {
        let mut held = self.lock();
        *held = Held {
            generation: held.generation + 1,
            ..Held::default()
        };
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn fresh(&self) -> bool {
        self.renewed
            .is_some_and(|renewed| renewed.elapsed() < SENDS_FOR)
    }
}

/// Renews what this node holds and takes its share of what is free.
pub(crate) struct LeaseTask {
    pub(crate) store: Store,
    pub(crate) node: NodeId,
    pub(crate) node_name: String,
    pub(crate) holding: Holding,
    /// Rung when shards were gained: there may be work in them.
    pub(crate) wake: Vec<Bell>,
}

impl Task for LeaseTask {
    fn period(&self) -> Duration {
        RENEWAL
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        // Before the database is asked, so that a slow answer shortens our time and never lengthens it.
        let asked = Instant::now();
        let mut tx = self.store.begin().await?;
        tx.nodes().beat(self.node, &self.node_name).await?;
        let mut leases = tx.leases().renew(self.node, TTL).await?;
        let share = match self.store.engine() {
            EngineKind::Sqlite => SHARDS.unsigned_abs().into(),
            EngineKind::Postgres => fair_share(tx.nodes().live(TTL).await?.len()),
        };
        let have = u32::try_from(leases.len()).unwrap_or(u32::MAX);
        if have > share {
            tx.leases().release(self.node, share).await?;
            leases = tx.leases().held(self.node).await?;
        } else if have < share {
            leases.extend(tx.leases().acquire(self.node, TTL, share - have).await?);
        }
        tx.commit().await?;
        let gained = self.holding.note(&leases, asked);
        if gained {
            self.wake.iter().for_each(Bell::ring);
        }
        Ok(Look {
            did: format!("holds {} of {SHARDS} shards", leases.len()),
            again: None,
        })
    }
}

/// How many shards each of so many nodes should hold, rounded up so that none is left over.
fn fair_share(nodes: usize) -> u32 {
    let nodes = u32::try_from(nodes.max(1)).unwrap_or(u32::MAX);
    u32::from(SHARDS.unsigned_abs()).div_ceil(nodes)
}

/// Gives all shards back, so that another node need not wait for the leases to run out.
pub(crate) async fn hand_back(
    store: &Store,
    node: NodeId,
    holding: &Holding,
) -> Result<(), TaskError> {
    holding.clear();
    let mut tx = store.begin().await?;
    tx.leases().release(node, 0).await?;
    tx.nodes().remove(node).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use postern_model::Timestamp;
    use postern_model::testing::SeededRandom;

    use super::*;

    fn lease(shard: i16, epoch: i64) -> Lease {
        Lease {
            shard: Shard(shard),
            owner: NodeId::new(Timestamp(0), &SeededRandom::default()),
            epoch,
            until: Timestamp(0),
        }
    }

    #[test]
    fn shares_cover_all_shards_whatever_the_number_of_nodes() {
        for nodes in 0..300 {
            let share = usize::try_from(fair_share(nodes)).unwrap();
            assert!(share * nodes.max(1) >= 256, "{nodes} nodes");
        }
        assert_eq!(
            (fair_share(0), fair_share(1), fair_share(3)),
            (256, 256, 86)
        );
    }

    #[test]
    fn work_begins_only_under_the_epoch_that_is_held() {
        let holding = Holding::default();
        assert!(!holding.is_fresh());
        assert!(holding.note(&[lease(1, 5)], Instant::now()));
        assert!(
            !holding.note(&[lease(1, 5)], Instant::now()),
            "nothing was gained"
        );
        assert!(holding.allows(Shard(1), 5));
        assert!(!holding.allows(Shard(1), 4));
        assert!(!holding.allows(Shard(2), 5));
        assert!(
            holding.note(&[lease(1, 6)], Instant::now()),
            "an epoch is news"
        );
        holding.clear();
        assert!(!holding.allows(Shard(1), 6));
    }

    #[test]
    fn work_ends_seven_seconds_after_the_last_renewal_was_asked_for() {
        let holding = Holding::default();
        let long_ago = Instant::now().checked_sub(SENDS_FOR).unwrap();
        holding.note(&[lease(1, 5)], long_ago);
        assert!(!holding.allows(Shard(1), 5));
        assert!(!holding.is_fresh());
    }
}
