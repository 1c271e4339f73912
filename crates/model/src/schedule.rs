//! When a monitor runs: five cron fields in a time zone.
//!
//! What a pattern means on the wall clock is croner's business. What becomes of it where the clocks change is ours, and as cron
//! has it: whether a schedule goes by the clock or by fixed times is decided by its text, as in Vixie cron. croner takes
//! `0 2,14 * * *` for something that repeats, so that it would run twice or not at all on the two days when it matters.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use crate::Timestamp;

/// Five cron fields (with names, `L` and `#`) in an IANA time zone.
///
/// - **Fixed times** have no `*` in the fields of minute and hour (`30 2 * * *`, `0 2,14 * * *`). A time that the clocks skip
///   runs once, right after the gap; a time in the repeated hour runs once, the first time round.
/// - **By the clock** goes all else (`*/5 * * * *`, `0 * * * *`, `*/15 9-17 * * *`): it runs whenever the wall shows a time that
///   fits, in the repeated hour both times round, and not in the gap.
#[derive(Debug, Clone)]
pub struct Schedule {
    cron: Cron,
    timezone: Tz,
    fixed: bool,
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

/// The most characters of an expression; none that people write comes near.
const MOST_CHARS: usize = 256;

impl Schedule {
    /// Reads five cron fields, or a nickname such as `@daily`, and the name of a time zone.
    pub fn parse(cron: &str, timezone: &str) -> Result<Self, InvalidSchedule> {
        let wrong = |problem: String| InvalidSchedule::Cron {
            cron: cron.chars().take(MOST_CHARS).collect(),
            problem,
        };
        if cron.chars().count() > MOST_CHARS {
            return Err(wrong(format!("it has more than {MOST_CHARS} characters")));
        }
        let fields: Vec<&str> = cron.split_whitespace().collect();
        let nickname = matches!(fields.as_slice(), [word] if word.starts_with('@'));
        if fields.len() != 5 && !nickname {
            return Err(wrong(format!(
                "it has {} fields, and five are expected: minute hour day month weekday",
                fields.len()
            )));
        }
        let by_the_clock =
            |field: &&str| field.contains(['*', '?']) || field.eq_ignore_ascii_case("@hourly");
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        Ok(Self {
            cron: parser
                .parse(&fields.join(" "))
                .map_err(|error| wrong(error.to_string()))?,
            timezone: timezone.parse().map_err(|_| {
                InvalidSchedule::Timezone(timezone.chars().take(MOST_CHARS).collect())
            })?,
            fixed: !fields.iter().take(2).any(by_the_clock),
        })
    }

    /// The first time after `now`; `None` for a schedule that never comes (the 31st of February).
    pub fn next_after(&self, now: Timestamp) -> Option<Timestamp> {
        let now = now.to_utc().with_timezone(&self.timezone);
        let next = if self.fixed {
            self.next_fixed(&now)?
        } else {
            self.cron.find_next_occurrence(&now, false).ok()?
        };
        Some(Timestamp(next.timestamp_millis()))
    }

    /// Times of the wall in their order, each at the first instant that has reached it, until one lies ahead.
    fn next_fixed(&self, now: &DateTime<Tz>) -> Option<DateTime<Tz>> {
        let mut wall = now.naive_local();
        loop {
            wall = self.next_on_the_wall(wall)?;
            let at = self.reached(wall)?;
            if at > *now {
                return Some(at);
            }
        }
    }

    /// The next time that fits, as the wall tells times: without a zone, so that none is skipped or repeated.
    fn next_on_the_wall(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let next = self
            .cron
            .find_next_occurrence::<DateTime<Utc>>(&wall.and_utc(), false)
            .ok()?;
        Some(next.naive_utc())
    }

    /// The first instant at which the wall shows this time or, where the clocks skip it, a later one.
    fn reached(&self, wall: NaiveDateTime) -> Option<DateTime<Tz>> {
        match self.timezone.from_local_datetime(&wall) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at),
            MappedLocalTime::None => self.after_the_gap(wall),
        }
    }

    /// The instant at which the wall jumps over this time.
    fn after_the_gap(&self, wall: NaiveDateTime) -> Option<DateTime<Tz>> {
        let day = TimeDelta::days(1);
        let before = self
            .timezone
            .from_local_datetime(&(wall - day))
            .earliest()?;
        // A day later by the sun the clocks have been put forward, and between the two only once.
        let (mut early, mut late) = (before.timestamp(), (before + day).timestamp());
        while late - early > 1 {
            let middle = i64::midpoint(early, late);
            if self
                .timezone
                .timestamp_opt(middle, 0)
                .single()?
                .naive_local()
                < wall
            {
                early = middle;
            } else {
                late = middle;
            }
        }
        self.timezone.timestamp_opt(late, 0).single()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// The two days on which the clocks change: in spring and in autumn (of the southern hemisphere, too).
    #[test]
    fn both_changes_of_the_clocks_are_kept_in_three_zones() {
        for (cron, timezone, after, expected) in [
            // New York: 2026-03-08 02:00 becomes 03:00 (07:00 UTC); 2026-11-01 02:00 becomes 01:00 (06:00 UTC).
            (
                "30 2 * * *",
                "America/New_York",
                "2026-03-07T12:00:00Z",
                ["2026-03-08T07:00Z", "2026-03-09T06:30Z"],
            ),
            (
                "30 1 * * *",
                "America/New_York",
                "2026-10-31T12:00:00Z",
                ["2026-11-01T05:30Z", "2026-11-02T06:30Z"],
            ),
            // Lord Howe changes by half an hour: 2026-10-04 02:00 becomes 02:30 (15:30 UTC the day before);
            // 2026-04-05 02:00 becomes 01:30 (15:00 UTC the day before).
            (
                "15 2 * * *",
                "Australia/Lord_Howe",
                "2026-10-03T00:00:00Z",
                ["2026-10-03T15:30Z", "2026-10-04T15:15Z"],
            ),
            (
                "45 1 * * *",
                "Australia/Lord_Howe",
                "2026-04-03T16:00:00Z",
                ["2026-04-04T14:45Z", "2026-04-05T15:15Z"],
            ),
            // Twice a day, and a range of hours, are fixed times as well.
            (
                "30 2,14 * * *",
                "Europe/Berlin",
                "2026-03-28T20:00:00Z",
                ["2026-03-29T01:00Z", "2026-03-29T12:30Z"],
            ),
            (
                "30 2,14 * * *",
                "Europe/Berlin",
                "2026-10-24T20:00:00Z",
                ["2026-10-25T00:30Z", "2026-10-25T13:30Z"],
            ),
            (
                "30 1-3 * * *",
                "Europe/Berlin",
                "2026-10-25T00:00:00Z",
                ["2026-10-25T00:30Z", "2026-10-25T02:30Z"],
            ),
            // Two times in one gap are one run.
            (
                "0,30 2 * * *",
                "Europe/Berlin",
                "2026-03-28T12:00:00Z",
                ["2026-03-29T01:00Z", "2026-03-30T00:00Z"],
            ),
            // Every hour goes by the clock: 02:00 twice in autumn, and not at all in spring.
            (
                "0 * * * *",
                "Europe/Berlin",
                "2026-10-24T23:30:00Z",
                ["2026-10-25T00:00Z", "2026-10-25T01:00Z"],
            ),
            (
                "0 * * * *",
                "Europe/Berlin",
                "2026-03-28T23:30:00Z",
                ["2026-03-29T00:00Z", "2026-03-29T01:00Z"],
            ),
            (
                "@hourly",
                "Europe/Berlin",
                "2026-10-24T23:30:00Z",
                ["2026-10-25T00:00Z", "2026-10-25T01:00Z"],
            ),
            (
                "@daily",
                "Europe/Berlin",
                "2026-10-24T12:00:00Z",
                ["2026-10-24T22:00Z", "2026-10-25T23:00Z"],
            ),
            // Where midnight itself is skipped (Cairo, 2026-04-24 00:00 becomes 01:00), the day still has its run.
            (
                "0 0 * * *",
                "Africa/Cairo",
                "2026-04-23T12:00:00Z",
                ["2026-04-23T22:00Z", "2026-04-24T21:00Z"],
            ),
            // Samoa had no 30 December 2011.
            (
                "0 9 * * *",
                "Pacific/Apia",
                "2011-12-29T00:00:00Z",
                ["2011-12-29T19:00Z", "2011-12-30T10:00Z"],
            ),
        ] {
            assert_eq!(
                times(cron, timezone, after, 2),
                expected,
                "{cron} {timezone}"
            );
        }
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

    /// What a cron daemon does that looks at the wall every minute: by the clock, it runs what the wall shows; at fixed
    /// times, whatever the wall has passed since the last look, and nothing that it has shown before.
    fn as_a_daemon_would(schedule: &Schedule, from: Timestamp, minutes: i64) -> Vec<Timestamp> {
        let wall = |at: i64| {
            let at = Timestamp(from.0 + at * 60_000).to_utc();
            at.with_timezone(&schedule.timezone).naive_local()
        };
        let fits = |wall: NaiveDateTime| schedule.cron.is_time_matching(&wall.and_utc()).unwrap();
        let mut seen = wall(0);
        let mut runs = Vec::new();
        for minute in 1..=minutes {
            let shown = wall(minute);
            let mut run = !schedule.fixed && fits(shown);
            while seen < shown {
                seen += TimeDelta::minutes(1);
                run |= schedule.fixed && fits(seen);
            }
            if run {
                runs.push(Timestamp(from.0 + minute * 60_000));
            }
        }
        runs
    }

    /// A field of minutes or hours.
    fn field(most: u32) -> impl Strategy<Value = String> {
        prop_oneof![
            (0..=most).prop_map(|at| at.to_string()),
            (0..=most, 0..=most).prop_map(|(a, b)| format!("{a},{b}")),
            (0..=most, 0..=most).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b))),
            (1..=most).prop_map(|step| format!("*/{step}")),
            Just("*".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn it_runs_when_a_daemon_that_watches_the_wall_would(
            minute in field(59),
            hour in field(4),
            // From some hours before each change of the clocks.
            (timezone, change) in prop::sample::select(vec![
                ("Europe/Berlin", "2026-03-29T01:00:00Z"),
                ("Europe/Berlin", "2026-10-25T01:00:00Z"),
                ("America/New_York", "2026-03-08T07:00:00Z"),
                ("America/New_York", "2026-11-01T06:00:00Z"),
                ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
                ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
            ]),
            before in 0_i64..300,
        ) {
            let schedule = Schedule::parse(&format!("{minute} {hour} * * *"), timezone).unwrap();
            let from = Timestamp(at(change).0 - before * 60_000);
            let minutes = 30 * 60;
            // The daemon has been watching for half a day, so that it knows which times the wall has shown before.
            let earlier = Timestamp(from.0 - 12 * 3_600_000);
            let mut expected = as_a_daemon_would(&schedule, earlier, 12 * 60 + minutes);
            expected.retain(|&run| run > from);
            let end = Timestamp(from.0 + minutes * 60_000);
            let next = |&time: &Timestamp| schedule.next_after(time);
            let runs: Vec<Timestamp> = std::iter::successors(schedule.next_after(from), next)
                .take_while(|&run| run <= end)
                .collect();
            prop_assert_eq!(runs, expected);
        }

        #[test]
        fn the_next_time_is_later_and_never_jumps_back(
            cron in prop::sample::select(vec!["30 2 * * *", "*/7 * * * *", "0 1-3 * * *", "0 0 L * *", "15 2 * * SUN#1"]),
            timezone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
            first in 1_735_689_600_000_i64..1_830_000_000_000,
            later in 0_i64..10_000_000_000,
        ) {
            let schedule = Schedule::parse(cron, timezone).unwrap();
            let (first, second) = (Timestamp(first), Timestamp(first + later));
            let (after_first, after_second) =
                (schedule.next_after(first).unwrap(), schedule.next_after(second).unwrap());
            prop_assert!(after_first > first && after_second > second);
            prop_assert!(after_second >= after_first);
            // Nothing lies between: whoever asks later, but before it, hears the same.
            if second < after_first {
                prop_assert_eq!(after_first, after_second);
            }
        }
    }
}
