//! Bells: what wakes a task before its period is over.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use postern_model::{IntegrationId, TeamId};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;
use uuid::Uuid;

use crate::told::Told;

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

/// The bell of deliveries, which remembers for whom it was rung.
#[derive(Debug, Clone, Default)]
pub struct LaneBell {
    bell: Bell,
    rung: Arc<Mutex<Rung>>,
}

/// For whom a bell was rung.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rung {
    /// Anything may have changed for anybody.
    pub all: bool,
    /// These integrations owe more than before.
    pub lanes: HashSet<(TeamId, IntegrationId)>,
}

impl LaneBell {
    /// Something has changed, for whomever.
    pub fn ring(&self) {
        self.lock().all = true;
        self.bell.ring();
    }

    /// These integrations owe more than before.
    pub fn ring_for(&self, lanes: impl IntoIterator<Item = (TeamId, IntegrationId)>) {
        self.lock().lanes.extend(lanes);
        self.bell.ring();
    }

    /// Wakes whoever listens, though nothing has changed in the database.
    pub fn nudge(&self) {
        self.bell.ring();
    }

    /// For whom it was rung since this was last asked.
    pub fn take(&self) -> Rung {
        std::mem::take(&mut *self.lock())
    }

    /// The bell itself.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    fn lock(&self) -> MutexGuard<'_, Rung> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What wakes the worker, and who listens.
#[derive(Debug, Clone, Default)]
pub struct Bells {
    /// A delivery may be due.
    pub deliveries: LaneBell,
    /// A run may be due.
    pub runs: Bell,
    /// A replay may go on.
    pub replays: Bell,
    /// A source may be due.
    pub sources: Bell,
    /// Something is gathered that is told later. The other nodes find it by themselves.
    pub digests: Bell,
    /// Something that people look at has changed.
    pub told: Told,
}

impl Bells {
    /// The channel on which the other nodes hear of a ring, on PostgreSQL.
    pub const CHANNEL: &str = "postern_bells";
    /// What is said there when a delivery may be due.
    pub const DELIVERIES: &str = "deliveries";
    /// What is said there when a run may be due.
    pub const RUNS: &str = "runs";
    /// What is said there when a replay may go on.
    pub const REPLAYS: &str = "replays";
    /// What is said there when a source may be due.
    pub const SOURCES: &str = "sources";
    /// What is said there, before [`Told::words`], when something has changed that people look at.
    pub const TOLD: &str = "told";
    /// The most integrations that are named there: a word has at most 8,000 bytes.
    const MOST_NAMED: usize = 100;

    /// What is said there when these integrations owe more than before; the word for all of them when they are too many.
    pub(crate) fn word_for(lanes: &HashSet<(TeamId, IntegrationId)>) -> String {
        let mut word = Self::DELIVERIES.to_owned();
        if lanes.len() <= Self::MOST_NAMED {
            for (team, integration) in lanes {
                word.push_str(&format!(" {}/{}", team.0.simple(), integration.0.simple()));
            }
        }
        word
    }

    /// Rings the bell that another node spoke of; an unknown word rings all, for a newer node may have more bells.
    pub fn ring_for(&self, word: &str) {
        let mut words = word.split(' ');
        match words.next() {
            Some(Self::RUNS) => self.runs.ring(),
            Some(Self::REPLAYS) => self.replays.ring(),
            Some(Self::SOURCES) => self.sources.ring(),
            Some(Self::TOLD) => self
                .told
                .hear(word.get(Self::TOLD.len() + 1..).unwrap_or_default()),
            Some(Self::DELIVERIES) => {
                let lanes: Option<HashSet<_>> = words.map(lane).collect();
                match lanes {
                    Some(lanes) if !lanes.is_empty() => self.deliveries.ring_for(lanes),
                    _ => self.deliveries.ring(),
                }
            }
            _ => {
                self.deliveries.ring();
                self.runs.ring();
                self.replays.ring();
                self.sources.ring();
                self.digests.ring();
                self.told.ring_all();
            }
        }
    }
}

fn lane(word: &str) -> Option<(TeamId, IntegrationId)> {
    let (team, integration) = word.split_once('/')?;
    Some((
        TeamId(Uuid::try_parse(team).ok()?),
        IntegrationId(Uuid::try_parse(integration).ok()?),
    ))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn a_word_rings_its_bell_and_an_unknown_one_all() {
        for (word, deliveries, runs, replays) in [
            (Bells::DELIVERIES, true, false, false),
            (Bells::RUNS, false, true, false),
            (Bells::REPLAYS, false, false, true),
            ("something new", true, true, true),
        ] {
            let bells = Bells::default();
            bells.ring_for(word);
            let heard = bells.deliveries.bell().listen().now_or_never();
            assert_eq!(heard.is_some(), deliveries, "{word}");
            assert_eq!(bells.deliveries.take().all, deliveries, "{word}");
            for (bell, rung) in [(&bells.runs, runs), (&bells.replays, replays)] {
                assert_eq!(bell.listen().now_or_never().is_some(), rung, "{word}");
            }
        }
    }

    #[test]
    fn other_nodes_hear_for_whom_a_bell_was_rung_unless_they_are_too_many() {
        let lanes = |count: u128| -> HashSet<_> {
            (1..=count)
                .map(|n| {
                    (
                        TeamId(Uuid::from_u128(n)),
                        IntegrationId(Uuid::from_u128(n << 64)),
                    )
                })
                .collect()
        };
        for (count, all) in [(1, false), (100, false), (101, true)] {
            let bells = Bells::default();
            let word = Bells::word_for(&lanes(count));
            assert!(word.len() < 8_000);
            bells.ring_for(&word);
            let rung = bells.deliveries.take();
            assert_eq!(rung.all, all, "{count}");
            assert_eq!(rung.lanes, if all { lanes(0) } else { lanes(count) });
        }
        let bells = Bells::default();
        bells.ring_for("deliveries what/ever");
        assert!(bells.deliveries.take().all);
    }
}
