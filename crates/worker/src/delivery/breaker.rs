//! A receiver that is down is asked now and then whether it is back, and not with everything that waits for it.
//!
//! Pure. Closed, everything goes. After [`IN_A_ROW`] attempts in a row that reached nobody, or when four in five of the
//! last minute's failed, it opens: one probe, the oldest due, every 30 seconds and then ever more seldom, up to 15
//! minutes. Two probes that succeed close it, and the lane begins again with one request at a time.

use std::collections::VecDeque;
use std::time::Duration;

use postern_model::{Outcome, Timestamp};

/// How many attempts in a row that reached nobody are enough.
const IN_A_ROW: u32 = 5;
/// How far back attempts count.
const WINDOW: Duration = Duration::from_mins(1);
/// How many attempts of that time there must be.
const AT_LEAST: usize = 10;
/// The most that are remembered.
const REMEMBERED: usize = 200;
/// The first pause between probes; each next one is twice as long.
const PAUSE: Duration = Duration::from_secs(30);
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(15);
/// How many probes must succeed.
const PROBES: u32 = 2;

/// What is known of a receiver.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Breaker {
    /// Since the last that reached somebody.
    unreached: u32,
    /// When attempts ended, and whether they failed.
    recent: VecDeque<(Timestamp, bool)>,
    state: State,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    #[default]
    Closed,
    Open {
        since: Timestamp,
        probe_at: Timestamp,
        pause: Duration,
        succeeded: u32,
    },
    /// Closed again, but only so many requests at once.
    Opening(usize),
}

/// What may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// So many requests at once.
    Requests(usize),
    /// Nothing until then.
    Until(Timestamp),
}

impl Breaker {
    /// What may go now, where the lane itself allows `most` requests at once.
    pub(crate) fn gate(&self, now: Timestamp, most: usize) -> Gate {
        match self.state {
            State::Closed => Gate::Requests(most),
            State::Opening(few) => Gate::Requests(few.min(most)),
            // A clock that was put back must not keep it open for longer than a pause.
            State::Open { probe_at, .. } if now < probe_at && probe_at.since(now) <= LONGEST => {
                Gate::Until(probe_at)
            }
            State::Open { .. } => Gate::Requests(1),
        }
    }

    /// Since when it is open.
    pub(crate) fn open_since(&self) -> Option<Timestamp> {
        match self.state {
            State::Open { since, .. } => Some(since),
            _ => None,
        }
    }

    /// Whether it knows nothing that would be missed.
    pub(crate) fn is_pristine(&self) -> bool {
        self.unreached == 0 && self.state == State::Closed
    }

    /// Takes note of an attempt's outcome; whether it opened or closed by that.
    pub(crate) fn note(&mut self, outcome: Outcome, now: Timestamp) -> bool {
        if outcome.is_our_own() {
            return false;
        }
        let failed = is_failure(outcome);
        self.unreached = if reached_nobody(outcome) {
            self.unreached.saturating_add(1)
        } else {
            0
        };
        let before = self.open_since().is_some();
        self.state = match std::mem::take(&mut self.state) {
            State::Open {
                since,
                pause,
                succeeded,
                ..
            } => {
                if failed {
                    let pause = (pause * 2).min(LONGEST);
                    State::Open {
                        since,
                        probe_at: now + pause,
                        pause,
                        succeeded: 0,
                    }
                } else if succeeded + 1 >= PROBES {
                    self.recent.clear();
                    State::Opening(1)
                } else {
                    // The next probe need not wait.
                    State::Open {
                        since,
                        probe_at: now,
                        pause,
                        succeeded: succeeded + 1,
                    }
                }
            }
            state => {
                self.remember(now, failed);
                if self.unreached >= IN_A_ROW || self.mostly_failed() {
                    State::Open {
                        since: now,
                        probe_at: now + PAUSE,
                        pause: PAUSE,
                        succeeded: 0,
                    }
                } else {
                    match state {
                        State::Opening(few) if !failed && few < 64 => State::Opening(few * 2),
                        State::Opening(_) if !failed => State::Closed,
                        state => state,
                    }
                }
            }
        };
        before != self.open_since().is_some()
    }

    fn remember(&mut self, now: Timestamp, failed: bool) {
        self.recent.push_back((now, failed));
        while self.recent.len() > REMEMBERED
            || self
                .recent
                .front()
                .is_some_and(|(at, _)| now.since(*at) > WINDOW)
        {
            self.recent.pop_front();
        }
    }

    fn mostly_failed(&self) -> bool {
        let failed = self.recent.iter().filter(|(_, failed)| *failed).count();
        self.recent.len() >= AT_LEAST && failed * 5 >= self.recent.len() * 4
    }
}

/// Whether an outcome says that the receiver is not well; one that refuses what it is sent is.
fn is_failure(outcome: Outcome) -> bool {
    reached_nobody(outcome)
        || matches!(
            outcome,
            Outcome::ServerError
                | Outcome::Timeout
                | Outcome::ProtocolError
                | Outcome::Reset
                | Outcome::AuthFailed
        )
}

fn reached_nobody(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::DnsFailed | Outcome::ConnectRefused | Outcome::ConnectFailed | Outcome::TlsFailed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_767_603_600_000);

    fn at(seconds: u64) -> Timestamp {
        START + Duration::from_secs(seconds)
    }

    fn open() -> Breaker {
        let mut breaker = Breaker::default();
        for number in 1..=5 {
            let changed = breaker.note(Outcome::ConnectRefused, at(0));
            assert_eq!(changed, number == 5);
        }
        breaker
    }

    #[test]
    fn five_in_a_row_that_reached_nobody_open_it_and_one_that_did_starts_anew() {
        let mut breaker = Breaker::default();
        for outcome in [Outcome::ConnectRefused, Outcome::Rejected].repeat(4) {
            assert!(!breaker.note(outcome, at(0)));
        }
        assert_eq!(breaker.gate(at(0), 8), Gate::Requests(8));
        assert_eq!(open().gate(at(0), 8), Gate::Until(at(30)));
    }

    #[test]
    fn four_fifths_of_ten_within_a_minute_open_it() {
        let mut breaker = Breaker::default();
        for number in 0..10 {
            let outcome = if number < 2 {
                Outcome::Succeeded
            } else {
                Outcome::ServerError
            };
            assert_eq!(breaker.note(outcome, at(number)), number == 9);
        }
        let mut slowly = Breaker::default();
        for number in 0..50 {
            assert!(
                !slowly.note(Outcome::ServerError, at(number * 10)),
                "{number}"
            );
        }
    }

    #[test]
    fn probes_come_ever_more_seldom_up_to_a_quarter_of_an_hour() {
        let mut breaker = open();
        let mut now = at(0);
        let mut pauses = Vec::new();
        for _ in 0..8 {
            let Gate::Until(next) = breaker.gate(now, 8) else {
                panic!("it is open");
            };
            pauses.push(next.since(now).as_secs());
            now = next;
            assert_eq!(breaker.gate(now, 8), Gate::Requests(1));
            assert!(!breaker.note(Outcome::Timeout, now));
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn two_successes_close_it_and_it_opens_up_slowly() {
        let mut breaker = open();
        assert!(!breaker.note(Outcome::Succeeded, at(30)));
        assert_eq!(breaker.gate(at(30), 8), Gate::Requests(1));
        assert!(breaker.note(Outcome::Succeeded, at(31)));
        let mut seen = Vec::new();
        for _ in 0..5 {
            let Gate::Requests(few) = breaker.gate(at(31), 8) else {
                panic!("it is closed");
            };
            seen.push(few);
            breaker.note(Outcome::Succeeded, at(31));
        }
        assert_eq!(seen, [1, 2, 4, 8, 8]);
    }

    #[test]
    fn a_clock_put_back_does_not_keep_it_open() {
        let breaker = open();
        let hour_before = Timestamp(START.0 - 3_600_000);
        assert_eq!(breaker.gate(hour_before, 8), Gate::Requests(1));
    }
}
