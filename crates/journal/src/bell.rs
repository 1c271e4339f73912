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

impl Bells {
    /// The channel on which the other nodes hear of a ring, on PostgreSQL.
    pub const CHANNEL: &str = "postern_bells";
    /// What is said there when a delivery may be due.
    pub const DELIVERIES: &str = "deliveries";
    /// What is said there when a run may be due.
    pub const RUNS: &str = "runs";

    /// Rings the bell that another node spoke of; an unknown word rings both, for a newer node may have more bells.
    pub fn ring_for(&self, word: &str) {
        if word != Self::RUNS {
            self.deliveries.ring();
        }
        if word != Self::DELIVERIES {
            self.runs.ring();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn a_word_rings_its_bell_and_an_unknown_one_both() {
        for (word, deliveries, runs) in [
            (Bells::DELIVERIES, true, false),
            (Bells::RUNS, false, true),
            ("something new", true, true),
        ] {
            let bells = Bells::default();
            bells.ring_for(word);
            assert_eq!(
                bells.deliveries.listen().now_or_never().is_some(),
                deliveries,
                "{word}"
            );
            assert_eq!(bells.runs.listen().now_or_never().is_some(), runs, "{word}");
        }
    }
}
