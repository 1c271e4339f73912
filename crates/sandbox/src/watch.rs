//! For those who can end what can't be interrupted: which scripts are past their time.
//!
//! Inside some of the engine's own functions no clock is looked at, so that a script there outlives its limit. The thread that it
//! is on can do nothing about it; another one can, by ending the process, if it knows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Instant;

/// Sees the scripts of all sandboxes that it was given to, from any thread.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    turns: Arc<Mutex<Turns>>,
}

#[derive(Debug, Default)]
struct Turns {
    last: u64,
    /// When each turn under way has to be over.
    until: BTreeMap<u64, Instant>,
}

impl PartialEq for Watch {
    /// The same watch, not one that sees the same.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.turns, &other.turns)
    }
}

impl Eq for Watch {}

impl Watch {
    /// How long the script that is latest has been past its time; `None` if none is.
    pub fn overdue(&self) -> Option<Duration> {
        let now = Instant::now();
        let turns = self.lock();
        let first = turns.until.values().min()?;
        now.checked_duration_since(*first)
            .filter(|late| !late.is_zero())
    }

    /// A turn begins that may take this long; it ends when the guard is dropped.
    pub(crate) fn turn(&self, budget: Duration) -> OnWatch {
        let mut turns = self.lock();
        turns.last += 1;
        let number = turns.last;
        // What has no end that a clock could hold is never late.
        if let Some(until) = Instant::now().checked_add(budget) {
            turns.until.insert(number, until);
        }
        OnWatch {
            watch: self.clone(),
            number,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn under way.
pub(crate) struct OnWatch {
    watch: Watch,
    number: u64,
}

impl Drop for OnWatch {
    fn drop(&mut self) {
        self.watch.lock().until.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_late_from_its_end_until_it_is_over() {
        let watch = Watch::default();
        let patient = watch.turn(Duration::from_mins(1));
        let endless = watch.turn(Duration::MAX);
        assert_eq!(watch.overdue(), None);
        let late = watch.clone().turn(Duration::ZERO);
        std::thread::sleep(Duration::from_millis(2));
        assert!(
            watch
                .overdue()
                .is_some_and(|late| late >= Duration::from_millis(1))
        );
        drop(late);
        assert_eq!(watch.overdue(), None);
        drop((patient, endless));
    }
}
