//! Ids that grow.

use std::sync::{Mutex, PoisonError};

use postern_model::{Random, Timestamp};
use uuid::Uuid;

/// The random end of a UUIDv7, behind its variant.
const END: u128 = (1 << 62) - 1;

/// Gives out ids, each greater than the one before, also within a millisecond and when a clock is put back: what a journal
/// writes is read in the order in which it was written. Other nodes have ids of their own, and only time between them.
#[derive(Debug, Default)]
pub(crate) struct Ids(Mutex<Uuid>);

impl Ids {
    /// The next id.
    pub(crate) fn next(&self, now: Timestamp, random: &dyn Random) -> Uuid {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // With the highest of the random bits clear there is room for half a billion steps before the end is full.
        let fresh = random.uuid_v7(now).as_u128() & !(END ^ (END >> 1));
        let step = u128::from(random.u64() >> 32) + 1;
        *last = Uuid::from_u128(fresh.max(last.as_u128() + step));
        *last
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use postern_model::Shard;
    use postern_model::testing::SeededRandom;

    use super::*;

    #[test]
    fn ids_grow_while_the_clock_stands_still_or_goes_back() {
        let (ids, random) = (Ids::default(), SeededRandom::default());
        let mut last = Uuid::nil();
        for time in [5_000, 5_000, 5_000, 4_000, 4_000, 6_000, 6_000, 1_000] {
            let id = ids.next(Timestamp(time), &random);
            assert!(id > last, "{id} after {last}");
            assert_eq!(
                (id.get_version_num(), id.get_variant()),
                (7, uuid::Variant::RFC4122)
            );
            last = id;
        }
    }

    #[test]
    fn ids_of_one_moment_fall_into_all_shards() {
        let (ids, random) = (Ids::default(), SeededRandom::default());
        let shards: BTreeSet<i16> = (0..5_000)
            .map(|_| Shard::of(ids.next(Timestamp(1), &random)).0)
            .collect();
        assert_eq!(shards.len(), 256);
    }
}
