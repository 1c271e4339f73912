//! Guessing passwords is slow: wrong ones are counted for each address and each account, and few are checked at once.
//!
//! The counts are this process's own: with five nodes somebody has five times as many guesses, which is still few.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

/// For how long a wrong password counts.
const COUNTS_FOR: Duration = Duration::from_mins(15);
/// So many wrong ones for one account, and nobody may try it for a while.
const MOST_FOR_ACCOUNT: usize = 10;
/// So many wrong ones from one address, and it may not try any account for a while.
const MOST_FROM_ADDRESS: usize = 50;
/// The most accounts and addresses that are remembered; beyond, the oldest are forgotten.
const MOST_REMEMBERED: usize = 50_000;
/// Passwords that are checked at once: each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;

/// Counts wrong passwords.
#[derive(Debug)]
pub(crate) struct Guard {
    failures: Mutex<HashMap<Who, Vec<Instant>>>,
    pub(crate) checks: Semaphore,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Account(String),
    Address(IpAddr),
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            failures: Mutex::default(),
            checks: Semaphore::new(AT_ONCE),
        }
    }
}

impl Guard {
    /// For how many seconds nobody may try, if so.
    pub(crate) fn blocked(&self, email: &str, address: Option<IpAddr>) -> Option<u64> {
        let whose = whose(email, address);
        whose.iter().filter_map(|who| self.blocked_of(who)).max()
    }

    fn blocked_of(&self, who: &Who) -> Option<u64> {
        let failures = self.lock();
        let now = Instant::now();
        let most = match who {
            Who::Account(_) => MOST_FOR_ACCOUNT,
            Who::Address(_) => MOST_FROM_ADDRESS,
        };
        let recent = recent(failures.get(who)?, now);
        // As soon as the oldest of the last `most` counts no more.
        let oldest = recent.len().checked_sub(most).map(|at| recent[at])?;
        let rest = COUNTS_FOR.saturating_sub(now.duration_since(oldest));
        Some(rest.as_secs() + 1)
    }

    /// For how many seconds nobody at this address may try a link, if so.
    pub(crate) fn blocked_from(&self, address: Option<IpAddr>) -> Option<u64> {
        self.blocked_of(&address.map(Who::Address)?)
    }

    /// Notes a link that opens nothing.
    pub(crate) fn failed_from(&self, address: Option<IpAddr>) {
        self.note(address.map(Who::Address));
    }

    /// Notes a wrong password.
    pub(crate) fn failed(&self, email: &str, address: Option<IpAddr>) {
        self.note(whose(email, address));
    }

    fn note(&self, whose: impl IntoIterator<Item = Who>) {
        let mut failures = self.lock();
        let now = Instant::now();
        if failures.len() >= MOST_REMEMBERED {
            failures.retain(|_, times| !recent(times, now).is_empty());
        }
        if failures.len() >= MOST_REMEMBERED {
            failures.clear();
        }
        for who in whose {
            let times = failures.entry(who).or_default();
            *times = recent(times, now).to_vec();
            times.push(now);
        }
    }

    /// Forgets an account's wrong passwords: its own has come.
    pub(crate) fn succeeded(&self, email: &str) {
        self.lock().remove(&account(email));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Who, Vec<Instant>>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn account(email: &str) -> Who {
    Who::Account(email.trim().to_ascii_lowercase())
}

fn whose(email: &str, address: Option<IpAddr>) -> Vec<Who> {
    let mut whose = vec![account(email)];
    whose.extend(address.map(Who::Address));
    whose
}

/// Those that count still; they are in order.
fn recent(times: &[Instant], now: Instant) -> &[Instant] {
    let old = times.partition_point(|at| now.duration_since(*at) >= COUNTS_FOR);
    times.get(old..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn ten_wrong_ones_block_an_account_until_the_oldest_is_forgotten() {
        let guard = Guard::default();
        for _ in 0..10 {
            assert_eq!(guard.blocked("mia@example.com", None), None);
            guard.failed(" Mia@Example.com", None);
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        let rest = guard.blocked("mia@example.com", None).unwrap();
        assert!((880..=900).contains(&rest), "{rest}");
        assert_eq!(guard.blocked("bob@example.com", None), None);
        tokio::time::advance(Duration::from_secs(rest)).await;
        assert_eq!(guard.blocked("mia@example.com", None), None);
    }

    #[tokio::test(start_paused = true)]
    async fn many_accounts_from_one_address_block_the_address() {
        let guard = Guard::default();
        let address = Some("192.0.2.7".parse().unwrap());
        for number in 0..50 {
            guard.failed(&format!("user{number}@example.com"), address);
        }
        assert!(guard.blocked("other@example.com", address).is_some());
        assert_eq!(guard.blocked("other@example.com", None), None);
    }

    #[tokio::test(start_paused = true)]
    async fn links_that_open_nothing_block_their_address_alone() {
        let guard = Guard::default();
        let [address, other] = ["192.0.2.7", "192.0.2.8"].map(|it| it.parse().ok());
        for _ in 0..50 {
            assert_eq!(guard.blocked_from(address), None);
            guard.failed_from(address);
            guard.failed_from(None);
        }
        assert_eq!(guard.blocked_from(address), Some(901));
        assert!(guard.blocked("mia@example.com", address).is_some());
        assert_eq!(guard.blocked_from(other), None);
        assert_eq!(guard.blocked_from(None), None);
    }

    #[test]
    fn the_right_one_clears_the_account() {
        let guard = Guard::default();
        for _ in 0..10 {
            guard.failed("mia@example.com", None);
        }
        guard.succeeded("mia@example.com");
        assert_eq!(guard.blocked("mia@example.com", None), None);
    }
}
