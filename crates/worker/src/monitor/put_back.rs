//! A clock that is put back.
//!
//! What is planned by the calendar would wait until the clock has caught up. A monitor that runs often is planned anew; one
//! that runs at certain hours keeps its next time, so that it doesn't run a second time at an hour that comes twice. The rule is
//! that of the cron that most people know.

use std::time::Duration;

use postern_model::{Clock, Monitor, Schedule, Timestamp};

/// Less than this is how clocks are set right while they go.
const SMALL: Duration = Duration::from_secs(30);
/// A monitor that runs at least that often runs often.
const OFTEN: Duration = Duration::from_hours(3);

/// What the clock showed at the last look, and how much time had passed by then.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    last: Option<(Timestamp, Timestamp)>,
}

impl Looked {
    /// Takes note of a look that went well.
    pub(crate) fn at(&mut self, now: Timestamp, own: &dyn Clock) {
        self.last = Some((now, own.steady()));
    }

    /// By how much the clock that shows `now` was put back since the last look, if it was.
    pub(crate) fn put_back(&self, now: Timestamp, own: &dyn Clock) -> Option<Duration> {
        let (last_now, last_passed) = self.last?;
        let by = (last_now + own.steady().since(last_passed)).since(now);
        (by >= SMALL).then_some(by)
    }
}

/// The new next time of a monitor, if it has to be planned anew.
pub(crate) fn next(monitor: &Monitor, now: Timestamp, by: Duration) -> Option<Timestamp> {
    let planned = monitor.next_due_at?;
    let schedule = Schedule::parse(&monitor.cron, &monitor.timezone).ok()?;
    let next = schedule.next_after(now)?;
    let apart = schedule.next_after(next)?.since(next);
    (next < planned && apart <= OFTEN.max(by)).then_some(next)
}
