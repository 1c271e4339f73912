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

/// The state after this outcome, and the reason to switch the integration off if there is one.
pub(crate) fn after(
    state: &SendState,
    outcome: Outcome,
    now: Timestamp,
) -> (SendState, Option<String>) {
    if outcome == Outcome::Succeeded {
        return (SendState::default(), None);
    }
    // What Postern itself failed at is not the receiver's fault.
    if outcome == Outcome::Internal {
        return (*state, None);
    }
    let failing_since = state.failing_since.unwrap_or(now);
    let next = SendState {
        first_gone_at: match outcome {
            Outcome::Gone => Some(state.first_gone_at.unwrap_or(now)),
            _ => state.first_gone_at,
        },
        failing_since: Some(failing_since),
        failed_attempts: state.failed_attempts.saturating_add(1),
        not_before: state.not_before.filter(|&time| time > now),
    };
    let gone = outcome == Outcome::Gone
        && state
            .first_gone_at
            .is_some_and(|first| now.since(first) >= GONE_FOR);
    let reason = if gone {
        Some("the receiver answered 410 Gone twice, a minute or more apart".to_owned())
    } else if now.since(failing_since) >= FAILING_FOR && next.failed_attempts >= FAILED_ATTEMPTS {
        Some(format!(
            "no attempt has succeeded for 5 days ({} have failed)",
            next.failed_attempts
        ))
    } else {
        None
    };
    (next, reason)
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
        let (first, reason) = after(&SendState::default(), Outcome::Gone, START);
        assert_eq!(reason, None);
        let (early, reason) = after(&first, Outcome::Gone, seconds(59));
        assert_eq!(reason, None);
        assert_eq!(
            early.first_gone_at,
            Some(START),
            "the first one counts from"
        );
        let (_, reason) = after(&early, Outcome::Gone, seconds(60));
        assert!(reason.unwrap().contains("410"));
        let (_, other) = after(&early, Outcome::ServerError, seconds(60));
        assert_eq!(other, None, "a 500 is no 410");
    }

    #[test]
    fn a_success_between_two_410s_forgets_the_first() {
        let (state, _) = after(&SendState::default(), Outcome::Gone, START);
        let (state, _) = after(&state, Outcome::Succeeded, seconds(100));
        assert_eq!(state, SendState::default());
        assert_eq!(after(&state, Outcome::Gone, seconds(200)).1, None);
    }

    #[test]
    fn five_days_without_success_and_ten_failures_switch_it_off_and_nothing_less() {
        let days = |days: u64| seconds(days * 86_400);
        let mut state = SendState::default();
        for attempt in 0..9 {
            let (next, reason) = after(&state, Outcome::ServerError, seconds(attempt));
            assert_eq!(reason, None);
            state = next;
        }
        assert_eq!(
            after(&state, Outcome::Timeout, days(4)).1,
            None,
            "not five days"
        );
        assert!(after(&state, Outcome::Timeout, days(5)).1.is_some());
        let few = SendState {
            failing_since: Some(START),
            failed_attempts: 8,
            ..SendState::default()
        };
        assert_eq!(
            after(&few, Outcome::Timeout, days(9)).1,
            None,
            "not ten failures"
        );
    }

    #[test]
    fn what_postern_failed_at_is_not_charged_to_the_receiver() {
        let state = SendState {
            failing_since: Some(START),
            failed_attempts: 100,
            ..SendState::default()
        };
        let (next, reason) = after(&state, Outcome::Internal, seconds(10 * 86_400));
        assert_eq!((next, reason), (state, None));
    }
}
