//! The one loop that every background task runs in. It knows no task.
//!
//! A task takes no input. It is woken by its bell or by time, and looks at the database for what there is to do; so a
//! crash, a restart and a second node are its normal path. What correctness rests on: the ear is at the bell *before*
//! the look, so that what is committed during the look rings the next one. The bell itself only saves waiting: the
//! period finds whatever a lost ring would strand.

use std::any::Any;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::status::StatusBoard;
use postern_journal::Bell;

/// Why a look failed: anything, said once, in the log and in the status.
pub(crate) type TaskError = Box<dyn Error + Send + Sync>;

/// The longest pause after failures.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A background task.
pub(crate) trait Task: Send + 'static {
    /// How often it looks when nothing wakes it.
    fn period(&self) -> Duration;

    /// Looks for what there is to do, and does it or has it done.
    fn look(&mut self) -> impl Future<Output = Result<Look, TaskError>> + Send;
}

/// What came of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    /// What was done, in words; empty for nothing.
    pub(crate) did: String,
    /// When to look again, if not at the period.
    pub(crate) again: Option<Duration>,
}

impl Look {
    /// Nothing to do until the period or the bell.
    pub(crate) fn nothing() -> Self {
        Self {
            did: String::new(),
            again: None,
        }
    }
}

/// Runs a task until it is stopped. A look that is under way then is dropped: its unit of work undoes itself.
pub(crate) async fn drive(
    mut task: impl Task,
    bell: Bell,
    status: StatusBoard,
    stop: CancellationToken,
) {
    let name = status.read().name;
    loop {
        let mut ring = pin!(bell.listen());
        ring.as_mut().enable();
        status.began();
        let looking = AssertUnwindSafe(task.look()).catch_unwind();
        let Some(looked) = stop.run_until_cancelled(looking).await else {
            return;
        };
        let looked = looked.unwrap_or_else(|panic| Err(panic_words(panic.as_ref()).into()));
        match looked {
            Ok(look) => {
                status.did(look.did);
                let pause = look.again.unwrap_or(task.period()).min(task.period());
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = ring => {}
                    () = sleep(pause) => {}
                }
            }
            Err(error) => {
                let text = words(error.as_ref());
                tracing::error!(task = name, error = %text, "failed to do the background work");
                let pause = pause_after(status.failed(text));
                // The bell does not shorten this pause: a database that is down is not asked faster for being rung.
                if stop.run_until_cancelled(sleep(pause)).await.is_none() {
                    return;
                }
            }
        }
    }
}

/// 250 ms, doubled with each failure in a row.
fn pause_after(failures: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    Duration::from_millis(250)
        .saturating_mul(doubled)
        .min(LONGEST_PAUSE)
}

/// An error and what lies beneath it, in one line.
pub(crate) fn words(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// What a panic said.
pub(crate) fn panic_words(panic: &(dyn Any + Send)) -> String {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("something that is not text");
    format!("it panicked: {said}")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use postern_model::testing::FakeClock;

    use super::*;

    /// Looks by a script: what to return at each look, and a bell to ring in the middle of it.
    struct Scripted {
        looks: Arc<AtomicU32>,
        ring_within: Option<Bell>,
        fail_first: u32,
        panic: bool,
    }

    impl Task for Scripted {
        fn period(&self) -> Duration {
            Duration::from_hours(1)
        }

        async fn look(&mut self) -> Result<Look, TaskError> {
            let number = self.looks.fetch_add(1, Ordering::SeqCst) + 1;
            if let Some(bell) = self.ring_within.take() {
                bell.ring();
            }
            if number <= self.fail_first {
                assert!(!self.panic, "a bug in look {number}");
                return Err("the database is down".into());
            }
            Ok(Look::nothing())
        }
    }

    struct Running {
        looks: Arc<AtomicU32>,
        bell: Bell,
        status: StatusBoard,
        stop: CancellationToken,
        tasks: tokio_util::task::TaskTracker,
    }

    fn run(make: impl FnOnce(&Bell, Arc<AtomicU32>) -> Scripted) -> Running {
        let (looks, bell) = (Arc::new(AtomicU32::new(0)), Bell::default());
        let running = Running {
            looks: looks.clone(),
            bell: bell.clone(),
            status: StatusBoard::new("scripted", Arc::new(FakeClock::default())),
            stop: CancellationToken::new(),
            tasks: tokio_util::task::TaskTracker::new(),
        };
        let task = make(&bell, looks);
        running.tasks.spawn(drive(
            task,
            bell,
            running.status.clone(),
            running.stop.clone(),
        ));
        running.tasks.close();
        running
    }

    impl Running {
        async fn looked(&self, times: u32) {
            for _ in 0..500 {
                if self.looks.load(Ordering::SeqCst) >= times {
                    return;
                }
                sleep(Duration::from_millis(10)).await;
            }
            panic!("{} looks of {times}", self.looks.load(Ordering::SeqCst));
        }
    }

    #[tokio::test]
    async fn a_ring_during_a_look_wakes_the_next_one() {
        let running = run(|bell, looks| Scripted {
            looks,
            ring_within: Some(bell.clone()),
            fail_first: 0,
            panic: false,
        });
        running.looked(2).await;
        running.bell.ring();
        running.looked(3).await;
        running.stop.cancel();
        running.tasks.wait().await;
    }

    #[tokio::test]
    async fn failures_and_panics_are_told_and_tried_again() {
        for panic in [false, true] {
            let running = run(|_, looks| Scripted {
                looks,
                ring_within: None,
                fail_first: 2,
                panic,
            });
            running.looked(1).await;
            sleep(Duration::from_millis(50)).await;
            let status = running.status.read();
            assert_eq!(status.failures, 1);
            let expected = if panic {
                "it panicked: a bug in look 1"
            } else {
                "the database is down"
            };
            assert_eq!(status.error.as_deref(), Some(expected));
            running.looked(3).await;
            sleep(Duration::from_millis(50)).await;
            assert_eq!(running.status.read().error, None);
        }
    }

    #[test]
    fn pauses_grow_and_are_bounded() {
        let pauses: Vec<u64> = [1, 2, 3, 8, 40, u32::MAX]
            .map(|failures| u64::try_from(pause_after(failures).as_millis()).unwrap())
            .to_vec();
        assert_eq!(pauses, [250, 500, 1000, 30_000, 30_000, 30_000]);
    }
}
