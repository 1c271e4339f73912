//! Wall time, where it enters the house.

use std::sync::LazyLock;

use postern_model::{Clock, Timestamp};

/// A difference that small is how the two clocks are read one after the other, or slewed.
const SMALL: i64 = 1_000;

/// The wall's time and the machine's own when they were first compared.
static BEGAN: LazyLock<(Timestamp, i64)> = LazyLock::new(|| (wall(), passed()));

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl SystemClock {
    /// The clock of a program that goes on: from now on it notices when it is put forward or back.
    pub(crate) fn watched() -> Self {
        LazyLock::force(&BEGAN);
        Self
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        wall()
    }

    fn stepped(&self) -> i64 {
        let (wall_then, passed_then) = *BEGAN;
        let stepped = (wall().0 - wall_then.0) - (passed() - passed_then);
        if stepped.abs() < SMALL { 0 } else { stepped }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that all others are given"
)]
fn wall() -> Timestamp {
    chrono::Utc::now().into()
}

/// Milliseconds that nobody can put back, and that go on while the machine sleeps.
fn passed() -> i64 {
    let passed = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    passed.tv_sec * 1_000 + passed.tv_nsec / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_nobody_touches_has_not_stepped() {
        let clock = SystemClock::watched();
        let before = clock.now();
        assert_eq!(clock.stepped(), 0);
        assert!(clock.now() >= before);
    }
}
