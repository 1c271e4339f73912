//! Real time, for limits and timers.

use std::cell::Cell;
use std::time::Duration;

#[expect(
    clippy::disallowed_types,
    reason = "a limit on a running script is about real time; there is no async runtime to pause here"
)]
pub(crate) type Instant = std::time::Instant;

/// When the script that runs now has to end, and whether it was stopped for that.
pub(crate) struct Deadline {
    at: Cell<Instant>,
    hit: Cell<bool>,
}

impl Deadline {
    pub(crate) fn new() -> Self {
        Self {
            at: Cell::new(Instant::now()),
            hit: Cell::new(false),
        }
    }

    /// Gives the engine this much time from now on.
    pub(crate) fn set(&self, budget: Duration) {
        self.at.set(Instant::now() + budget);
        self.hit.set(false);
    }

    /// Whether time is up; once it was seen to be, it stays so until the next [`set`](Self::set).
    pub(crate) fn is_over(&self) -> bool {
        if !self.hit.get() && Instant::now() >= self.at.get() {
            self.hit.set(true);
        }
        self.hit.get()
    }
}
