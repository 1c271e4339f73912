//! When a receiver that doesn't want or doesn't work any more is left in peace.
//!
//! Pure: what the answers so far have led to, and the one that has just come.

use std::time::Duration;

use postern_model::{Outcome, Timestamp};
use postern_storage::SendState;

/// How long after the first 410 a second one is believed.
const GONE_FOR: Duration = Duration::from_mins(1);
/// How long a receiver may fail altogether.
const FAILING_FOR: Duration = Duration::from_hours(5 * 24);
/// How many attempts must have failed by then, so that one event a week doesn't switch anything off.
const FAILED_ATTEMPTS: i64 = 10;

/// After how long without a success the team is told, each time once.
const NOTICES: [Duration; 3] = [
    Duration::from_hours(1),
    Duration::from_hours(24),
    Duration::from_hours(72),
];
/// How many attempts must have failed by the first notice, so that one event now and then is no alarm.
const NOTICED_ATTEMPTS: i64 = 3;

/// What follows from an outcome for its integration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How it stands as a receiver now.
    pub(crate) state: SendState,
    /// Why it is switched off, if it is.
    pub(crate) disable: Option<String>,
    /// Whether its team is told that it fails.
    pub(crate) notice: bool,
}

/// How an integration stands after this outcome.
pub(crate) fn after(state: &SendState, outcome: Outcome, now: Timestamp) -> Standing {
    if outcome == Outcome::Succeeded {
        return Standing::default();
    }
    // What Postern itself failed at is not the receiver's fault.
    if outcome.is_our_own() {
        return Standing {
            state: *state,
            ..Standing::default()
        };
    }
    let failing_since = state.failing_since.unwrap_or(now);
    let failing_for = now.since(failing_since);
    let mut next = SendState {
        first_gone_at: match outcome {
            Outcome::Gone => Some(state.first_gone_at.unwrap_or(now)),
            _ => state.first_gone_at,
        },
        failing_since: Some(failing_since),
        failed_attempts: state.failed_attempts.saturating_add(1),
        not_before: state.not_before.filter(|&time| time > now),
        noticed: state.noticed,
    };
    let gone = outcome == Outcome::Gone
        && state
            .first_gone_at
            .is_some_and(|first| now.since(first) >= GONE_FOR);
    let disable = if gone {
        Some("the receiver answered 410 Gone twice, a minute or more apart".to_owned())
    } else if failing_for >= FAILING_FOR && next.failed_attempts >= FAILED_ATTEMPTS {
        Some(format!(
            "no attempt has succeeded for 5 days ({} have failed)",
            next.failed_attempts
        ))
    } else {
        None
    };
    let owed = NOTICES.iter().filter(|&&after| failing_for >= after);
    let owed = i64::try_from(owed.count()).unwrap_or(0);
    let notice =
        disable.is_none() && owed > next.noticed && next.failed_attempts >= NOTICED_ATTEMPTS;
    if notice {
        next.noticed = owed;
    }
    Standing {
        state: next,
        disable,
        notice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_767_603_600_000);

    fn seconds(seconds: u64) -> Timestamp {
        START + Duration::from_secs(seconds)
    }

    #[test]
    fn the_second_410_counts_only_a_minute_after_the_first() {
        let first = after(&SendState::default(), Outcome::Gone, START);
        assert_eq!(first.disable, None);
        let early = after(&first.state, Outcome::Gone, seconds(59));
        assert_eq!(early.disable, None);
        assert_eq!(
            early.state.first_gone_at,
            Some(START),
            "the first one counts from"
        );
        let second = after(&early.state, Outcome::Gone, seconds(60));
        assert!(second.disable.unwrap().contains("410"));
        let other = after(&early.state, Outcome::ServerError, seconds(60));
        assert_eq!(other.disable, None, "a 500 is no 410");
    }

    #[test]
    fn a_success_between_two_410s_forgets_the_first() {
        let gone = after(&SendState::default(), Outcome::Gone, START);
        let back = after(&gone.state, Outcome::Succeeded, seconds(100));
        assert_eq!(back, Standing::default());
        assert_eq!(
            after(&back.state, Outcome::Gone, seconds(200)).disable,
            None
        );
    }

    #[test]
    fn five_days_without_success_and_ten_failures_switch_it_off_and_nothing_less() {
        let days = |days: u64| seconds(days * 86_400);
        let mut state = SendState::default();
        for attempt in 0..9 {
            let next = after(&state, Outcome::ServerError, seconds(attempt));
            assert_eq!(next.disable, None);
            state = next.state;
        }
        assert_eq!(
            after(&state, Outcome::Timeout, days(4)).disable,
            None,
            "not five days"
        );
        assert!(after(&state, Outcome::Timeout, days(5)).disable.is_some());
        let few = SendState {
            failing_since: Some(START),
            failed_attempts: 8,
            ..SendState::default()
        };
        assert_eq!(
            after(&few, Outcome::Timeout, days(9)).disable,
            None,
            "not ten failures"
        );
    }

    #[test]
    fn the_team_is_told_after_an_hour_a_day_and_three_days_each_time_once() {
        let hours = |hours: u64| seconds(hours * 3600);
        let mut state = SendState::default();
        let mut told = Vec::new();
        for hour in 0..100 {
            let next = after(&state, Outcome::Timeout, hours(hour));
            if next.notice {
                told.push(hour);
            }
            state = next.state;
        }
        assert_eq!(
            told,
            [2, 24, 72],
            "after two hours, for it takes three attempts"
        );
        let back = after(&state, Outcome::Succeeded, hours(100));
        let again = after(&back.state, Outcome::Timeout, hours(101));
        assert!(!again.notice);
        assert_eq!(again.state.noticed, 0, "and from the beginning");
    }

    #[test]
    fn what_postern_failed_at_is_not_charged_to_the_receiver() {
        let state = SendState {
            failing_since: Some(START),
            failed_attempts: 100,
            ..SendState::default()
        };
        let next = after(&state, Outcome::Internal, seconds(10 * 86_400));
        let same = Standing {
            state,
            ..Standing::default()
        };
        assert_eq!(next, same);
    }
}
