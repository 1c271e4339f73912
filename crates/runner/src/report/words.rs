//! Times and sizes as people read them.

use std::time::Duration;

/// Milliseconds, seconds, or minutes and seconds.
pub(super) fn duration(span: Duration) -> String {
    match span.as_millis() {
        millis @ 0..1000 => format!("{millis}ms"),
        millis @ 1000..60_000 => format!("{}.{}s", millis / 1000, millis % 1000 / 100),
        millis => format!(
            "{}m {}.{}s",
            millis / 60_000,
            millis % 60_000 / 1000,
            millis % 1000 / 100
        ),
    }
}

/// The same of a number of milliseconds.
pub(super) fn millis(millis: u64) -> String {
    duration(Duration::from_millis(millis))
}

/// A size in decimal units.
pub(super) fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let size = count as f64;
    match count {
        0..1000 => format!("{count}B"),
        1000..1_000_000 => format!("{:.2}kB", size / 1e3),
        1_000_000..1_000_000_000 => format!("{:.2}MB", size / 1e6),
        _ => format!("{:.2}GB", size / 1e9),
    }
}

/// A point in time, from milliseconds since 1970, as JavaScript's `toISOString` writes it.
pub(super) fn iso(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// The names of a request and of the folders that it lies in, without the collection's.
pub(super) fn full_name(location: &[String]) -> String {
    location.get(1..).unwrap_or_default().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_sizes_read_well() {
        let spans = [0, 999, 1000, 59_999, 60_000, 754_321].map(millis);
        assert_eq!(
            spans,
            ["0ms", "999ms", "1.0s", "59.9s", "1m 0.0s", "12m 34.3s"]
        );
        let sizes = [0, 999, 1000, 1_234_567, 2_000_000_000].map(bytes);
        assert_eq!(sizes, ["0B", "999B", "1.00kB", "1.23MB", "2.00GB"]);
        assert_eq!(iso(1_795_451_722_932), "2026-11-23T16:35:22.932Z");
    }
}
