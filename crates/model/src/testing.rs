//! A clock that tests move and randomness that they can repeat.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use crate::{Clock, Random, Timestamp};

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct FakeClock {
    now: AtomicI64,
    stepped: AtomicI64,
}

impl FakeClock {
    /// A clock that shows this time.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now: AtomicI64::new(now.0),
            stepped: AtomicI64::new(0),
        }
    }

    /// Lets time pass.
    pub fn advance(&self, span: Duration) {
        self.now.fetch_add(
            i64::try_from(span.as_millis()).unwrap_or(i64::MAX),
            Ordering::SeqCst,
        );
    }

    /// Begins anew at this time.
    pub fn set(&self, now: Timestamp) {
        self.stepped.store(0, Ordering::SeqCst);
        self.now.store(now.0, Ordering::SeqCst);
    }

    /// Puts the clock forward by so many milliseconds, or back, while no time passes.
    pub fn step(&self, by: i64) {
        self.stepped.fetch_add(by, Ordering::SeqCst);
        self.now.fetch_add(by, Ordering::SeqCst);
    }
}

impl Default for FakeClock {
    /// 2026-01-05T09:00:00Z, a Monday.
    fn default() -> Self {
        Self::at(Timestamp(1_767_603_600_000))
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn stepped(&self) -> i64 {
        self.stepped.load(Ordering::SeqCst)
    }
}

/// The same sequence for the same seed (splitmix64); not for secrets.
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

impl SeededRandom {
    /// Randomness that repeats.
    pub fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Default for SeededRandom {
    fn default() -> Self {
        Self::seeded(1)
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let state = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}
