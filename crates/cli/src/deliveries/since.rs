//! Times as people write them: how long ago, or when.

use std::time::Duration;

use anyhow::bail;
use postern_model::{Clock as _, Timestamp};

use crate::clock::SystemClock;

/// The time that a text names, as the API takes it.
pub(super) fn time(flag: &str, text: &str) -> anyhow::Result<String> {
    match read(text, SystemClock.now()) {
        Some(time) => Ok(time.to_rfc3339()),
        None => {
            bail!("read {flag} {text:?}: 90s, 30m, 2h, 3d and 2026-11-27T09:00:00Z are times")
        }
    }
}

fn read(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Some(time) = Timestamp::parse_rfc3339(text) {
        return Some(time);
    }
    let unit = text.chars().last()?;
    let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    // A century ago is before everything.
    let ago = number.checked_mul(seconds)?.min(100 * 366 * 86_400);
    Some(now - Duration::from_secs(ago))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now = Timestamp(1_700_000_000_000);
        for (text, ago) in [("90s", Some(90)), ("30m", Some(1800)), ("2h", Some(7200))] {
            let expected = ago.map(|ago| now - Duration::from_secs(ago));
            assert_eq!(read(text, now), expected, "{text}");
        }
        assert_eq!(
            read("2023-11-14T22:13:20Z", Timestamp(0)),
            Some(now),
            "a time by itself"
        );
        for text in ["", "h", "2", "2w", "-1h", "1.5h", "2023-11-14", "é"] {
            assert_eq!(read(text, now), None, "{text}");
        }
    }
}
