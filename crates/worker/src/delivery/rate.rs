//! How many attempts a second a lane may begin: a bucket that fills evenly and holds one second's worth. Pure.

use std::time::Duration;

use postern_model::Timestamp;

/// What is left of a lane's rate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bucket {
    /// Attempts that have been begun and that time has not made up for yet.
    spent: f64,
    at: Timestamp,
}

impl Bucket {
    /// How long until the next attempt may begin, at so many a second; nothing: now.
    pub(crate) fn wait(&self, rate: u32, now: Timestamp) -> Option<Duration> {
        let rate = f64::from(rate.max(1));
        let over = self.left_at(rate, now) + 1.0 - rate.max(1.0);
        (over > 1e-9).then(|| Duration::from_secs_f64(over / rate))
    }

    /// Takes note that one begins.
    pub(crate) fn take(&mut self, rate: u32, now: Timestamp) {
        self.spent = self.left_at(f64::from(rate.max(1)), now) + 1.0;
        self.at = now;
    }

    fn left_at(&self, rate: f64, now: Timestamp) -> f64 {
        (self.spent - now.since(self.at).as_secs_f64() * rate).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_as_many_as_the_rate_says_however_they_come() {
        for rate in [1_u32, 7, 100] {
            let mut bucket = Bucket::default();
            let (mut begun, start) = (0_u32, Timestamp(1_767_603_600_000));
            // Asked every millisecond for ten seconds.
            for step in 0..10_000 {
                let now = start + Duration::from_millis(step);
                while bucket.wait(rate, now).is_none() {
                    bucket.take(rate, now);
                    begun += 1;
                }
            }
            // One second's worth at once, and then evenly.
            assert!(
                begun >= rate * 10 && begun <= rate * 11,
                "{begun} at {rate}/s"
            );
        }
    }

    #[test]
    fn the_wait_is_as_long_as_it_has_to_be() {
        let (mut bucket, now) = (Bucket::default(), Timestamp(1_767_603_600_000));
        for _ in 0..4 {
            assert_eq!(bucket.wait(4, now), None);
            bucket.take(4, now);
        }
        assert_eq!(bucket.wait(4, now), Some(Duration::from_millis(250)));
        assert_eq!(bucket.wait(4, now + Duration::from_millis(250)), None);
    }
}
