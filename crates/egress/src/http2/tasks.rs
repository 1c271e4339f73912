//! What hyper wants done beside an exchange, done by whoever exchanges.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};

use futures_util::stream::{FuturesUnordered, StreamExt};
use hyper::rt::Executor;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The tasks of one connection. They are polled with the exchange and dropped with the connection.
#[derive(Default)]
pub(super) struct Tasks {
    new: Arc<Mutex<Vec<Task>>>,
    running: FuturesUnordered<Task>,
}

/// Where hyper puts them. The tasks hold it, so it must not hold them.
#[derive(Clone)]
pub(super) struct Inbox(Weak<Mutex<Vec<Task>>>);

impl Tasks {
    pub(super) fn inbox(&self) -> Inbox {
        Inbox(Arc::downgrade(&self.new))
    }

    /// Goes on with all that can go on.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) {
        loop {
            self.running.extend(lock(&self.new).drain(..));
            let ended = matches!(self.running.poll_next_unpin(cx), Poll::Ready(Some(())));
            if !ended && lock(&self.new).is_empty() {
                return;
            }
        }
    }
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Inbox {
    fn execute(&self, task: F) {
        // Without its connection a task has nothing to do.
        if let Some(tasks) = self.0.upgrade() {
            lock(&tasks).push(Box::pin(task));
        }
    }
}

fn lock(tasks: &Mutex<Vec<Task>>) -> MutexGuard<'_, Vec<Task>> {
    tasks.lock().unwrap_or_else(PoisonError::into_inner)
}
