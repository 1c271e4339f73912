//! Wall time, where it enters the house.

use postern_model::{Clock, Timestamp};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the clock that all others are given"
        )]
        let now = chrono::Utc::now();
        now.into()
    }
}
