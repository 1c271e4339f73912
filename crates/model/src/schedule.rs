//! When a monitor runs: five cron fields in a time zone.

use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use crate::Timestamp;

/// Five cron fields (with names, `L` and `#`) in an IANA time zone.
///
/// Where clocks are put forward, a fixed time that doesn't exist that day runs right after the gap; where they are put
/// back, a fixed time in the repeated hour runs once. What repeats within the hour (`*/5`) goes on by the clock.
#[derive(Debug, Clone)]
pub struct Schedule {
    cron: Cron,
    timezone: Tz,
}

/// A schedule that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSchedule {
    /// The cron fields are wrong.
    #[error("the cron expression {cron:?} can't be understood: {problem}")]
    Cron {
        /// What was given.
        cron: String,
        /// What is wrong with it.
        problem: String,
    },
    /// There is no such time zone.
    #[error("there is no time zone {0:?}: expected an IANA name such as Europe/Berlin or UTC")]
    Timezone(String),
}

impl Schedule {
    /// Reads five cron fields and the name of a time zone.
    pub fn parse(cron: &str, timezone: &str) -> Result<Self, InvalidSchedule> {
        let wrong = |problem: String| InvalidSchedule::Cron {
            cron: cron.to_owned(),
            problem,
        };
        let fields = cron.split_whitespace().count();
        // Nicknames such as `@daily` are one word.
        if fields != 5 && !cron.trim().starts_with('@') {
            return Err(wrong(format!(
                "it has {fields} fields, and five are expected: minute hour day month weekday"
            )));
        }
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        Ok(Self {
            cron: parser
                .parse(cron)
                .map_err(|error| wrong(error.to_string()))?,
            timezone: timezone
                .parse()
                .map_err(|_| InvalidSchedule::Timezone(timezone.to_owned()))?,
        })
    }

    /// The first time after `now`; `None` for a schedule that never comes (the 31st of February).
    pub fn next_after(&self, now: Timestamp) -> Option<Timestamp> {
        let from = now.to_utc().with_timezone(&self.timezone);
        let next = self.cron.find_next_occurrence(&from, false).ok()?;
        Some(Timestamp(next.timestamp_millis()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(
            DateTime::parse_from_rfc3339(text)
                .unwrap()
                .timestamp_millis(),
        )
    }

    fn times(cron: &str, timezone: &str, after: &str, count: usize) -> Vec<String> {
        let schedule = Schedule::parse(cron, timezone).unwrap();
        let next = |&time: &Timestamp| schedule.next_after(time);
        std::iter::successors(schedule.next_after(at(after)), next)
            .take(count)
            .map(|time| time.to_rfc3339().replace(":00.000Z", "Z"))
            .collect()
    }

    #[test]
    fn fields_names_last_days_and_numbered_weekdays_are_understood() {
        let after = "2026-01-05T09:00:00Z";
        for (cron, next) in [
            ("*/5 * * * *", "2026-01-05T09:05Z"),
            ("0 9 * * *", "2026-01-06T09:00Z"),
            ("30 8 * FEB MON-FRI", "2026-02-02T08:30Z"),
            ("0 0 L * *", "2026-01-31T00:00Z"),
            ("0 12 * * 5L", "2026-01-30T12:00Z"),
            ("0 12 * * 2#2", "2026-01-13T12:00Z"),
            ("0 0 29 2 *", "2028-02-29T00:00Z"),
        ] {
            assert_eq!(times(cron, "UTC", after, 1), [next], "{cron}");
        }
    }

    #[test]
    fn a_time_zone_is_kept_over_the_year() {
        assert_eq!(
            times("0 9 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 2),
            ["2026-03-28T08:00Z", "2026-03-29T07:00Z"]
        );
    }

    #[test]
    fn a_daily_time_that_the_clocks_skip_runs_once_right_after() {
        // On 2026-03-29 Berlin goes from 02:00 to 03:00, which is 01:00 UTC.
        assert_eq!(
            times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2),
            ["2026-03-29T01:00Z", "2026-03-30T00:30Z"]
        );
    }

    #[test]
    fn a_daily_time_in_the_repeated_hour_runs_once() {
        // On 2026-10-25 Berlin has 02:00 to 03:00 twice: 00:00 and 01:00 UTC.
        assert_eq!(
            times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2),
            ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]
        );
        // Also when asked in the middle of it.
        assert_eq!(
            times("30 2 * * *", "Europe/Berlin", "2026-10-25T00:45:00Z", 1),
            ["2026-10-26T01:30Z"]
        );
    }

    #[test]
    fn what_repeats_within_the_hour_goes_on_by_the_clock() {
        assert_eq!(
            times("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 4),
            [
                "2026-10-25T00:30Z",
                "2026-10-25T01:00Z",
                "2026-10-25T01:30Z",
                "2026-10-25T02:00Z"
            ]
        );
    }

    #[test]
    fn what_is_wrong_names_itself() {
        for (cron, timezone) in [
            ("", "UTC"),
            ("* * * *", "UTC"),
            ("0 * * * * *", "UTC"),
            ("61 * * * *", "UTC"),
            ("a b c d e", "UTC"),
        ] {
            let error = Schedule::parse(cron, timezone).unwrap_err();
            assert!(
                matches!(error, InvalidSchedule::Cron { .. }),
                "{cron}: {error}"
            );
        }
        let error = Schedule::parse("* * * * *", "Middle/Earth").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no time zone \"Middle/Earth\": expected an IANA name such as Europe/Berlin or UTC"
        );
        let never = Schedule::parse("0 0 31 2 *", "UTC").unwrap();
        assert_eq!(never.next_after(at("2026-01-05T09:00:00Z")), None);
    }
}
