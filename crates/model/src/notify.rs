//! Which runs of a monitor an integration is told.

use crate::{IntegrationOptions, NotifyMode, RunStatus, Streak};

/// Which runs are told: all, or some of each streak of failures and the first run that passes after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyPolicy {
    /// All.
    EveryRun,
    /// Of a streak of failed runs those numbered `from` to `from + limit - 1`; then, if any was told, the first that passes.
    Failures {
        /// The first failure that is told, from 1.
        from: u32,
        /// How many are told; `None`: all from there on.
        limit: Option<u32>,
    },
}

/// A notify policy that can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNotifyPolicy {
    /// Failures are numbered from 1.
    #[error("options.from is the number of the first failure that is told, from 1 to 1000")]
    From,
    /// A policy that tells nothing.
    #[error("options.limit is how many failures are told, from 1 to 1000, or null for all")]
    Limit,
}

impl NotifyPolicy {
    /// The policy that an integration's options ask for.
    pub fn try_of(options: &IntegrationOptions) -> Result<Self, InvalidNotifyPolicy> {
        if options.notify == NotifyMode::EveryRun {
            return Ok(Self::EveryRun);
        }
        if !(1..=1000).contains(&options.from) {
            return Err(InvalidNotifyPolicy::From);
        }
        if options
            .limit
            .is_some_and(|limit| !(1..=1000).contains(&limit))
        {
            return Err(InvalidNotifyPolicy::Limit);
        }
        Ok(Self::Failures {
            from: options.from,
            limit: options.limit,
        })
    }

    /// Whether a run that ended so is told, given the monitor's streak before it.
    pub fn tells(self, before: Streak, status: RunStatus) -> bool {
        match self {
            Self::EveryRun => true,
            Self::Failures { from, limit } if status.failed() => {
                let number = before.failures.saturating_add(1);
                number >= from && limit.is_none_or(|limit| number < from.saturating_add(limit))
            }
            // The streak reached the first number that is told, so at least one of it was.
            Self::Failures { from, .. } => before.failures >= from,
        }
    }
}

impl Streak {
    /// The streak after a run that ended so.
    #[must_use]
    pub fn after(self, status: RunStatus) -> Self {
        Self {
            failures: if status.failed() {
                self.failures.saturating_add(1)
            } else {
                0
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs as `.` (passed), `F` (a test failed), `E` (error), `A` (aborted) → which are told, as `^` below them.
    fn told(policy: NotifyPolicy, runs: &str) -> String {
        let mut streak = Streak::default();
        let mark = |run: char| {
            let status = match run {
                '.' => RunStatus::Success,
                'F' => RunStatus::Failure,
                'E' => RunStatus::Error,
                _ => RunStatus::Abort,
            };
            let told = policy.tells(streak, status);
            streak = streak.after(status);
            if told { '^' } else { ' ' }
        };
        runs.chars().map(mark).collect()
    }

    fn failures(from: u32, limit: Option<u32>) -> NotifyPolicy {
        NotifyPolicy::Failures { from, limit }
    }

    #[test]
    fn each_policy_tells_the_runs_of_its_table() {
        let three_failures_then_the_first_success = failures(3, Some(1));
        let the_first_three_failures = failures(1, Some(3));
        let every_failure = failures(1, None);
        for (policy, runs, expected) in [
            (NotifyPolicy::EveryRun, "..FEA.F", "^^^^^^^"),
            (
                three_failures_then_the_first_success,
                "..FFFFF...",
                "    ^  ^  ",
            ),
            (
                three_failures_then_the_first_success,
                "FF.FF.FFF.",
                "        ^^",
            ),
            (three_failures_then_the_first_success, "FEA.", "  ^^"),
            (the_first_three_failures, "FFFFF..", "^^^  ^ "),
            (the_first_three_failures, "F.F.FFFF.", "^^^^^^^ ^"),
            (every_failure, "..FFFF..F.", "  ^^^^^ ^^"),
            (failures(2, Some(2)), ".F.FF.FFFF.", "    ^^ ^^ ^"),
            (failures(2, None), "F.FFF.", "   ^^^"),
            (failures(u32::MAX, None), "FFFF.", "     "),
            (every_failure, "", ""),
            (every_failure, "....", "    "),
        ] {
            assert_eq!(told(policy, runs), expected, "{policy:?}\n{runs}");
        }
    }

    #[test]
    fn a_policy_that_tells_nothing_is_refused() {
        let options = |from, limit| IntegrationOptions {
            notify: NotifyMode::Failures,
            from,
            limit,
            ..Default::default()
        };
        assert_eq!(
            NotifyPolicy::try_of(&options(0, None)),
            Err(InvalidNotifyPolicy::From)
        );
        assert_eq!(
            NotifyPolicy::try_of(&options(1, Some(0))),
            Err(InvalidNotifyPolicy::Limit)
        );
        assert_eq!(
            NotifyPolicy::try_of(&options(3, Some(1))),
            Ok(failures(3, Some(1)))
        );
        let every = IntegrationOptions {
            from: 0,
            ..IntegrationOptions::default()
        };
        assert_eq!(NotifyPolicy::try_of(&every), Ok(NotifyPolicy::EveryRun));
    }
}
