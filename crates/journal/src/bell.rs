//! Bells: what wakes a task before its period is over.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

/// A bell. Ringing it twice while nobody looks wakes once: who is woken looks at the database, which knows how much there
/// is to do.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes whoever listens, or else whoever listens next.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// An ear for the next ring. It hears from now on, also before it is awaited.
    pub fn listen(&self) -> OwnedNotified {
        self.0.clone().notified_owned()
    }
}

/// What wakes the worker.
#[derive(Debug, Clone, Default)]
pub struct Bells {
    /// A delivery may be due.
    pub deliveries: Bell,
    /// A run may be due.
    pub runs: Bell,
}
