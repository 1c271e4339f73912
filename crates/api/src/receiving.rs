//! How much comes to inboxes and incoming hooks at once. Each process counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;
use uuid::Uuid;

/// The most requests to one inbox or hook within a second.
const EACH_SECOND: u32 = 50;
const SECOND: Duration = Duration::from_secs(1);
/// The most inboxes and hooks that are counted for; beyond, those whose second is over are forgotten.
const MOST: usize = 10_000;
/// Large bodies of inboxes that are read at once.
const LARGE_AT_ONCE: usize = 16;
/// Large bodies of incoming hooks that are read at once; each has at most 25 MiB.
const PUSHES_AT_ONCE: usize = 4;
/// Answers that take their time at once.
const SLOW_AT_ONCE: usize = 256;

/// What comes to inboxes and incoming hooks now.
#[derive(Debug)]
pub(crate) struct Receiving {
    seconds: Mutex<HashMap<Uuid, (Instant, u32)>>,
    /// A permit for each large body that is read.
    pub(crate) large: Semaphore,
    /// A permit for each large body that is read of an incoming hook's call.
    pub(crate) pushes: Semaphore,
    /// A permit for each answer that takes its time.
    pub(crate) slow: Semaphore,
}

impl Default for Receiving {
    fn default() -> Self {
        Self {
            seconds: Mutex::default(),
            large: Semaphore::new(LARGE_AT_ONCE),
            pushes: Semaphore::new(PUSHES_AT_ONCE),
            slow: Semaphore::new(SLOW_AT_ONCE),
        }
    }
}

impl Receiving {
    /// Counts a request; whether the inbox or the hook of this id takes it.
    pub(crate) fn allows(&self, id: Uuid) -> bool {
        let mut seconds = self.seconds.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if seconds.len() >= MOST {
            seconds.retain(|_, (began, _)| now.duration_since(*began) < SECOND);
        }
        let (began, count) = seconds.entry(id).or_insert((now, 0));
        if now.duration_since(*began) >= SECOND {
            (*began, *count) = (now, 0);
        }
        *count += 1;
        *count <= EACH_SECOND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_inbox_takes_so_many_requests_in_each_second() {
        let receiving = Receiving::default();
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert!((0..50).all(|_| receiving.allows(one)));
        assert!(!receiving.allows(one));
        assert!(receiving.allows(other));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(receiving.allows(one));
    }
}
