//! When the next attempt follows a failed one.

use std::time::Duration;

use crate::IntegrationOptions;

/// The waits between the attempts of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetrySchedule {
    waits: Vec<Duration>,
}

/// A schedule of an integration's own that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRetrySchedule {
    /// It has too many steps.
    #[error("a retry schedule has at most {MOST_STEPS} steps, and this one has {0}")]
    TooLong(usize),
    /// A step is too short or too long.
    #[error(
        "a step of a retry schedule is 1 to {LONGEST_STEP} seconds, and step {number} is {seconds}"
    )]
    Step {
        /// Which step, from 1.
        number: usize,
        /// How long it is.
        seconds: u32,
    },
}

/// The most steps of a schedule.
const MOST_STEPS: usize = 50;
/// Nothing waits for longer than this for its next attempt: the longest step and its jitter.
pub const LONGEST_WAIT: Duration = Duration::from_hours(9 * 24);
/// The longest step, in seconds: a week.
const LONGEST_STEP: u32 = 7 * 86_400;

impl Default for RetrySchedule {
    /// 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: twelve attempts in 3.2 days.
    fn default() -> Self {
        const WAITS: [u64; 11] = [
            5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
        ];
        Self {
            waits: WAITS.map(Duration::from_secs).to_vec(),
        }
    }
}

impl RetrySchedule {
    /// A schedule of these seconds; an empty one means that the first attempt is the last.
    pub fn try_new(seconds: &[u32]) -> Result<Self, InvalidRetrySchedule> {
        if seconds.len() > MOST_STEPS {
            return Err(InvalidRetrySchedule::TooLong(seconds.len()));
        }
        for (number, &seconds) in (1..).zip(seconds) {
            if !(1..=LONGEST_STEP).contains(&seconds) {
                return Err(InvalidRetrySchedule::Step { number, seconds });
            }
        }
        Ok(Self {
            waits: seconds
                .iter()
                .map(|&seconds| Duration::from_secs(seconds.into()))
                .collect(),
        })
    }

    /// An integration's own schedule, or else the default one.
    pub fn of(options: &IntegrationOptions) -> Self {
        options
            .retries
            .as_deref()
            .and_then(|seconds| Self::try_new(seconds).ok())
            .unwrap_or_default()
    }

    /// How many attempts a delivery has in all.
    pub fn attempts(&self) -> usize {
        self.waits.len() + 1
    }

    /// How long to wait after so many attempts; `None` when that was the last one. `jitter` is a random number in
    /// `[0, 1)` and spreads the wait over 0.9 to 1.2 times its length, so that receivers are not met by herds.
    pub fn after(&self, attempts: u32, jitter: f64) -> Option<Duration> {
        let step = usize::try_from(attempts.checked_sub(1)?).ok()?;
        let wait = self.waits.get(step)?;
        Some(wait.mul_f64(0.9 + 0.3 * jitter.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_default_schedule_has_twelve_attempts_in_three_days() {
        let schedule = RetrySchedule::default();
        assert_eq!(schedule.attempts(), 12);
        let no_jitter = 1.0 / 3.0;
        let waits: Vec<f64> = (1..)
            .map_while(|attempts| schedule.after(attempts, no_jitter))
            .map(|wait| wait.as_secs_f64().round())
            .collect();
        assert_eq!(waits[..4], [5.0, 30.0, 120.0, 600.0]);
        let days = waits.iter().sum::<f64>() / 86_400.0;
        assert!((3.1..3.3).contains(&days), "{days}");
        assert_eq!(schedule.after(12, 0.5), None);
    }

    #[test]
    fn an_own_schedule_is_checked_when_it_is_made() {
        assert_eq!(RetrySchedule::try_new(&[]).unwrap().attempts(), 1);
        assert_eq!(RetrySchedule::try_new(&[1, 2]).unwrap().attempts(), 3);
        assert_eq!(
            RetrySchedule::try_new(&[1, 0]).unwrap_err().to_string(),
            "a step of a retry schedule is 1 to 604800 seconds, and step 2 is 0"
        );
        assert!(RetrySchedule::try_new(&[604_801]).is_err());
        assert!(RetrySchedule::try_new(&[1; 51]).is_err());
    }

    proptest! {
        #[test]
        fn jitter_stays_within_its_bounds(step in 1u32..=11, jitter in 0.0f64..1.0) {
            let schedule = RetrySchedule::default();
            let shortest = schedule.after(step, 0.0).unwrap();
            let wait = schedule.after(step, jitter).unwrap();
            prop_assert!(wait >= shortest);
            prop_assert!(wait.as_secs_f64() <= shortest.as_secs_f64() / 0.9 * 1.2 + 1e-6);
        }
    }
}
