//! Group commit: what arrives while a unit of work is under way is done together in the next one.
//!
//! A commit waits for the disk, and the disk takes no longer for a hundred rows than for one. Nobody waits for company: the
//! first to come goes at once, alone if it must, and who comes meanwhile goes next. Each is answered after the commit that
//! its own work was part of.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

/// The most jobs of one unit of work: it has to end at some time, for others wait for the database too.
const MOST: usize = 256;
/// The most that they may weigh together, unless one of them alone weighs more.
const HEAVIEST: usize = 4 * 1024 * 1024;

/// Work that can be done together.
pub trait Together: Send + Sync + 'static {
    /// One piece of it.
    type Job: Send + Sync + 'static;
    /// What comes of one.
    type Answer: Send + 'static;
    /// Why nothing came of all of them.
    type Error: Send + 'static;

    /// What its jobs are called in the metrics.
    const NAME: &'static str;

    /// How many bytes it is about; nothing where all are small.
    fn weight(_job: &Self::Job) -> usize {
        0
    }

    /// Does these in one unit of work, all or none; an answer for each, in their order.
    fn together(
        &self,
        jobs: &[Arc<Self::Job>],
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Self::Error>> + Send;

    /// Whether each may be tried alone after this, because one of them may be to blame and nothing can have been written.
    fn may_try_alone(error: &Self::Error) -> bool;

    /// The same error for one more of them.
    fn again(error: &Self::Error) -> Self::Error;
}

type Asked<W> = (
    Arc<<W as Together>::Job>,
    oneshot::Sender<Result<<W as Together>::Answer, <W as Together>::Error>>,
);

/// Where jobs of one kind are gathered. Cheap to clone.
pub struct Group<W: Together>(Arc<Inner<W>>);

impl<W: Together> Clone for Group<W> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Inner<W: Together> {
    work: W,
    queue: Mutex<Queue<W>>,
    tasks: TaskTracker,
}

struct Queue<W: Together> {
    waiting: VecDeque<Asked<W>>,
    /// Whether somebody is at it.
    under_way: bool,
}

/// The task that did the work has gone: it panicked, or the runtime is ending.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("finish a group's unit of work: it was cut off")]
pub struct CutOff;

impl<W: Together> Group<W> {
    /// A place to gather for this work.
    pub fn new(work: W) -> Self {
        Self(Arc::new(Inner {
            work,
            queue: Mutex::new(Queue {
                waiting: VecDeque::new(),
                under_way: false,
            }),
            tasks: TaskTracker::new(),
        }))
    }

    /// Does a job with others; what came of it. It is done even if nobody waits for the answer any more.
    pub async fn join(&self, job: W::Job) -> Result<Result<W::Answer, W::Error>, CutOff> {
        let (sender, answer) = oneshot::channel();
        let first = {
            let mut queue = self.0.lock();
            queue.waiting.push_back((Arc::new(job), sender));
            !std::mem::replace(&mut queue.under_way, true)
        };
        if first {
            // On a task of its own: whoever asked first may hang up, and the others must not lose by it.
            let inner = Arc::clone(&self.0);
            self.0.tasks.spawn(async move { inner.work_off().await });
        }
        answer.await.map_err(|_| CutOff)
    }
}

impl<W: Together> Inner<W> {
    async fn work_off(&self) {
        let over = Over(self);
        while let Some(asked) = self.next() {
            let jobs: Vec<Arc<W::Job>> = asked.iter().map(|(job, _)| Arc::clone(job)).collect();
            let began = Instant::now();
            let done = self.work.together(&jobs).await;
            metrics::histogram!("webhook_commit_seconds", "what" => W::NAME)
                .record(began.elapsed().as_secs_f64());
            #[expect(clippy::cast_precision_loss, reason = "at most a few hundred")]
            metrics::histogram!("webhook_commit_batch_size", "what" => W::NAME)
                .record(jobs.len() as f64);
            match done {
                Ok(answers) => {
                    for ((_, sender), answer) in asked.into_iter().zip(answers) {
                        drop(sender.send(Ok(answer)));
                    }
                }
                Err(error) if asked.len() > 1 && W::may_try_alone(&error) => {
                    for (job, sender) in asked {
                        let alone = self.work.together(std::slice::from_ref(&job)).await;
                        let answer = alone.and_then(|answers| {
                            answers.into_iter().next().ok_or_else(|| W::again(&error))
                        });
                        drop(sender.send(answer));
                    }
                }
                Err(error) => {
                    for (_, sender) in asked {
                        drop(sender.send(Err(W::again(&error))));
                    }
                }
            }
        }
        std::mem::forget(over);
    }

    /// The next who go together; without any, whoever comes next begins anew.
    fn next(&self) -> Option<Vec<Asked<W>>> {
        let mut queue = self.lock();
        let mut weight = 0;
        let count = queue
            .waiting
            .iter()
            .take(MOST)
            .enumerate()
            .take_while(|(index, (job, _))| {
                weight += W::weight(job);
                *index == 0 || weight <= HEAVIEST
            })
            .count();
        if count == 0 {
            queue.under_way = false;
            return None;
        }
        Some(queue.waiting.drain(..count).collect())
    }

    fn lock(&self) -> MutexGuard<'_, Queue<W>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the next one begin anew if the work panics; those that wait are told that they were cut off.
struct Over<'a, W: Together>(&'a Inner<W>);

impl<W: Together> Drop for Over<'_, W> {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        queue.under_way = false;
        queue.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::sync::Semaphore;

    use super::*;

    /// Doubles numbers; a batch with a 13 in it fails, and one with a 99 panics.
    struct Doubler {
        batches: Arc<Mutex<Vec<usize>>>,
        gate: Arc<Semaphore>,
    }

    impl Together for Doubler {
        type Job = u32;
        type Answer = u32;
        type Error = String;
        const NAME: &'static str = "numbers";

        fn weight(job: &u32) -> usize {
            if *job == 50 { HEAVIEST } else { 1 }
        }

        async fn together(&self, jobs: &[Arc<u32>]) -> Result<Vec<u32>, String> {
            drop(self.gate.acquire().await);
            self.batches.lock().unwrap().push(jobs.len());
            if jobs.iter().any(|job| **job == 13) {
                return Err("13".to_owned());
            }
            assert!(jobs.iter().all(|job| **job != 99), "99");
            Ok(jobs.iter().map(|job| **job * 2).collect())
        }

        fn may_try_alone(error: &String) -> bool {
            error == "13"
        }

        fn again(error: &String) -> String {
            error.clone()
        }
    }

    /// What comes of these numbers when the first goes alone and the others come while it is under way.
    async fn double(numbers: &[u32]) -> (Vec<Result<Result<u32, String>, CutOff>>, Vec<usize>) {
        let (batches, gate) = (Arc::default(), Arc::new(Semaphore::new(0)));
        let group = Group::new(Doubler {
            batches: Arc::clone(&batches),
            gate: Arc::clone(&gate),
        });
        let tasks = TaskTracker::new();
        let mut asked = Vec::new();
        for &number in numbers {
            let group = group.clone();
            asked.push(tasks.spawn(async move { group.join(number).await }));
            tokio::task::yield_now().await;
        }
        gate.add_permits(Semaphore::MAX_PERMITS);
        let mut answers = Vec::new();
        for one in asked {
            answers.push(one.await.unwrap());
        }
        let batches = batches.lock().unwrap().clone();
        (answers, batches)
    }

    #[tokio::test]
    async fn who_comes_while_one_is_under_way_goes_next_together() {
        let numbers: Vec<u32> = (100..110).collect();
        let (answers, batches) = double(&numbers).await;
        for (number, answer) in numbers.iter().zip(answers) {
            assert_eq!(answer.unwrap().unwrap(), number * 2);
        }
        assert_eq!(batches, [1, 9]);
    }

    #[tokio::test]
    async fn one_that_is_to_blame_fails_alone() {
        let (answers, batches) = double(&[1, 2, 13, 3]).await;
        let answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap()).collect();
        assert_eq!(answers, [Ok(2), Ok(4), Err("13".to_owned()), Ok(6)]);
        assert_eq!(batches, [1, 3, 1, 1, 1]);
    }

    #[tokio::test]
    async fn what_is_heavy_goes_alone() {
        let (_, batches) = double(&[1, 2, 50, 50, 3]).await;
        assert_eq!(batches, [1, 1, 1, 1, 1]);
    }

    #[tokio::test]
    async fn a_panic_cuts_off_and_the_next_begins_anew() {
        let (answers, _) = double(&[1, 99, 2]).await;
        assert_eq!(answers[0].as_ref().unwrap(), &Ok(2));
        assert!(answers[1].is_err() && answers[2].is_err());
        let (batches, gate) = (Arc::default(), Arc::new(Semaphore::new(9)));
        let group = Group::new(Doubler { batches, gate });
        assert!(group.join(99).await.is_err());
        assert_eq!(group.join(4).await.unwrap(), Ok(8));
    }
}
