//! What a task last did, for people and for `/api/system/tasks`.

use std::sync::{Arc, Mutex, PoisonError};

use postern_model::{Clock, Timestamp};

/// How a background task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStatus {
    /// The task's name.
    pub name: &'static str,
    /// How often it has looked.
    pub looks: u64,
    /// When it last began to look.
    pub began_at: Option<Timestamp>,
    /// When it last ended.
    pub ended_at: Option<Timestamp>,
    /// What it last did, in words; empty when there was nothing to do.
    pub did: String,
    /// How often in a row it has failed.
    pub failures: u32,
    /// The last failure, until a look succeeds.
    pub error: Option<String>,
}

/// A status that the driver writes and others read.
#[derive(Clone)]
pub(crate) struct StatusBoard {
    status: Arc<Mutex<TaskStatus>>,
    clock: Arc<dyn Clock>,
}

impl StatusBoard {
    pub(crate) fn new(name: &'static str, clock: Arc<dyn Clock>) -> Self {
        let status = TaskStatus {
            name,
            looks: 0,
            began_at: None,
            ended_at: None,
            did: String::new(),
            failures: 0,
            error: None,
        };
        Self {
            status: Arc::new(Mutex::new(status)),
            clock,
        }
    }

    pub(crate) fn read(&self) -> TaskStatus {
        self.with(|status, _| status.clone())
    }

    pub(crate) fn began(&self) {
        self.with(|status, now| {
            status.looks += 1;
            status.began_at = Some(now);
        });
    }

    pub(crate) fn did(&self, what: String) {
        self.with(|status, now| {
            status.ended_at = Some(now);
            status.did = what;
            status.failures = 0;
            status.error = None;
        });
    }

    /// Notes a failure; how many there have been in a row.
    pub(crate) fn failed(&self, error: String) -> u32 {
        self.with(|status, now| {
            status.ended_at = Some(now);
            status.failures = status.failures.saturating_add(1);
            status.error = Some(error);
            status.failures
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut TaskStatus, Timestamp) -> T) -> T {
        let now = self.clock.now();
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut status, now)
    }
}
