//! `Retry-After`: how long a receiver asks to be left alone.

use std::time::{Duration, UNIX_EPOCH};

use crate::Timestamp;

/// The longest wait that is granted.
const LONGEST: Duration = Duration::from_hours(24);

/// A wait that a receiver asked for, above zero and at most a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryAfter(Duration);

impl RetryAfter {
    /// Reads the header's value: seconds, or an HTTP date. What asks for no wait (0, a time that has passed) or can't
    /// be understood is as if it weren't there, so that the retry schedule applies; a wait beyond a day is a day.
    pub fn parse(value: &str, now: Timestamp) -> Option<Self> {
        let value = value.trim();
        let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than a number can hold still mean: very long.
            value.parse().map_or(LONGEST, Duration::from_secs)
        } else {
            let date = httpdate::parse_http_date(value).ok()?;
            let millis = date.duration_since(UNIX_EPOCH).ok()?.as_millis();
            Timestamp(i64::try_from(millis).ok()?).since(now)
        };
        (wait > Duration::ZERO).then(|| Self(wait.min(LONGEST)))
    }

    /// How long to wait.
    pub fn wait(self) -> Duration {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_understood_and_bounded() {
        // Mon, 05 Jan 2026 09:00:00 GMT
        let now = Timestamp(1_767_603_600_000);
        for (value, seconds) in [
            ("120", Some(120)),
            (" 1 ", Some(1)),
            ("86400", Some(86_400)),
            ("1000000000", Some(86_400)),
            ("99999999999999999999999999", Some(86_400)),
            ("Mon, 05 Jan 2026 09:02:00 GMT", Some(120)),
            ("Sat, 05 Jan 2036 09:02:00 GMT", Some(86_400)),
            ("0", None),
            ("Mon, 05 Jan 2026 08:59:59 GMT", None),
            ("Mon, 05 Jan 1970 08:59:59 GMT", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let wait = RetryAfter::parse(value, now).map(|retry| retry.wait().as_secs());
            assert_eq!(wait, seconds, "{value:?}");
        }
    }
}
