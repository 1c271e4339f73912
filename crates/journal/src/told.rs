//! What listeners are told: that something of a team has changed, and never what.
//!
//! A ring is an addition to a count; who listens compares the counts with those that it has seen. So a hundred rings between
//! two looks are one, nobody waits for a slow listener, and there is no queue to overflow. What rests on it is that people see
//! at once what they would see at their next reading (decision 0016).

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use postern_model::TeamId;
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;
use uuid::Uuid;

use crate::bell::Bell;

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Deliveries, their attempts, and replays.
    Deliveries,
    /// Monitors' runs.
    Runs,
    /// What the feed tells, and what people have done besides.
    Activities,
    /// How integrations stand: active, paused, failing, disabled.
    Integrations,
    /// What arrived in the inbox.
    Inbox,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Deliveries,
        Self::Runs,
        Self::Activities,
        Self::Integrations,
        Self::Inbox,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::Runs => "runs",
            Self::Activities => "activities",
            Self::Integrations => "integrations",
            Self::Inbox => "inbox",
        }
    }

    /// The topic of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word)
    }

    fn at(self) -> usize {
        self as usize
    }
}

/// Some topics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Topics(u8);

impl Topics {
    /// All of them.
    pub fn all() -> Self {
        Topic::ALL.into_iter().collect()
    }

    /// Whether this one is among them.
    pub fn contains(self, topic: Topic) -> bool {
        self.0 & (1 << topic.at()) != 0
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are among the others too.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// One by one.
    pub fn iter(self) -> impl Iterator<Item = Topic> {
        Topic::ALL
            .into_iter()
            .filter(move |topic| self.contains(*topic))
    }

    /// These too.
    pub fn add(&mut self, others: Self) {
        self.0 |= others.0;
    }
}

impl From<Topic> for Topics {
    fn from(topic: Topic) -> Self {
        Self(1 << topic.at())
    }
}

impl FromIterator<Topic> for Topics {
    fn from_iter<I: IntoIterator<Item = Topic>>(topics: I) -> Self {
        let mut all = Self::default();
        for topic in topics {
            all.add(topic.into());
        }
        all
    }
}

/// How often each topic of a team was rung in this process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; Topic::ALL.len()]);

impl Counts {
    /// What was rung since these.
    pub fn since(self, before: Self) -> Topics {
        let rung = |topic: &Topic| self.0[topic.at()] != before.0[topic.at()];
        Topic::ALL.into_iter().filter(rung).collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, count) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            write!(f, "{dot}{count}")?;
        }
        Ok(())
    }
}

/// That a text is no counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not counts of this program")]
pub struct NoCounts;

impl FromStr for Counts {
    type Err = NoCounts;

    fn from_str(text: &str) -> Result<Self, NoCounts> {
        let numbers: Vec<u64> = text
            .split('.')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| NoCounts)?;
        Ok(Self(numbers.try_into().map_err(|_| NoCounts)?))
    }
}

/// The bells of listeners. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Told(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    teams: RwLock<HashMap<TeamId, Team>>,
    /// Rung when other nodes are to hear something.
    unsaid: Bell,
}

#[derive(Debug, Default)]
struct Team {
    counts: [AtomicU64; Topic::ALL.len()],
    /// What was rung here and not said to the other nodes yet.
    unsaid: AtomicU8,
    listeners: Arc<Notify>,
}

impl Team {
    fn ring(&self, topics: Topics) {
        for topic in topics.iter() {
            self.counts[topic.at()].fetch_add(1, Ordering::Release);
        }
        self.listeners.notify_waiters();
    }
}

impl Told {
    /// Something of this team has changed, and is committed.
    pub fn ring(&self, team: TeamId, topics: impl Into<Topics>) {
        let topics = topics.into();
        if topics.is_empty() {
            return;
        }
        self.with(team, |team| {
            team.ring(topics);
            team.unsaid.fetch_or(topics.0, Ordering::Release);
        });
        self.0.unsaid.ring();
    }

    /// Anything may have changed for anybody.
    pub fn ring_all(&self) {
        for team in self.read().values() {
            team.ring(Topics::all());
        }
    }

    /// Wakes all who listen, though nothing of theirs has changed.
    pub fn nudge(&self) {
        for team in self.read().values() {
            team.listeners.notify_waiters();
        }
    }

    /// How often each topic of a team was rung.
    pub fn counts(&self, team: TeamId) -> Counts {
        self.with(team, |team| {
            let counts = team.counts.each_ref();
            Counts(counts.map(|count| count.load(Ordering::Acquire)))
        })
    }

    /// An ear for a team's next ring. It hears from now on, also before it is awaited.
    pub fn listen(&self, team: TeamId) -> OwnedNotified {
        self.with(team, |team| Arc::clone(&team.listeners))
            .notified_owned()
    }

    /// Rung when other nodes are to hear something.
    pub fn unsaid(&self) -> &Bell {
        &self.0.unsaid
    }

    /// What other nodes are to hear, said by this one; it counts as said.
    pub fn take_unsaid(&self) -> Vec<(TeamId, Topics)> {
        let teams = self.read();
        let unsaid = teams.iter().map(|(id, team)| {
            let topics = Topics(team.unsaid.swap(0, Ordering::AcqRel));
            (*id, topics)
        });
        unsaid.filter(|(_, topics)| !topics.is_empty()).collect()
    }

    /// It could not be said after all.
    pub fn put_back(&self, unsaid: &[(TeamId, Topics)]) {
        for (team, topics) in unsaid {
            self.with(*team, |team| {
                team.unsaid.fetch_or(topics.0, Ordering::Release);
            });
        }
    }

    /// What is said to the other nodes of this, in pieces that are short enough; each begins with who says it, who need not hear it.
    pub fn words(by: Uuid, unsaid: &[(TeamId, Topics)]) -> Vec<String> {
        let pieces = unsaid.chunks(MOST_NAMED).map(|some| {
            let mut word = by.simple().to_string();
            for (team, topics) in some {
                word.push_str(&format!(" {}/{}", team.0.simple(), topics.0));
            }
            word
        });
        pieces.collect()
    }

    /// Hears what another node has said.
    pub(crate) fn hear(&self, words: &str) {
        for word in words.split(' ').skip(1) {
            match word.split_once('/').and_then(|(team, topics)| {
                let team = TeamId(Uuid::try_parse(team).ok()?);
                Some((team, Topics(topics.parse().ok()?)))
            }) {
                Some((team, topics)) => self.with(team, |team| team.ring(topics)),
                // A newer node's.
                None => self.ring_all(),
            }
        }
    }

    fn with<T>(&self, id: TeamId, make: impl Fn(&Team) -> T) -> T {
        if let Some(team) = self.read().get(&id) {
            return make(team);
        }
        let mut teams = self.0.teams.write().unwrap_or_else(PoisonError::into_inner);
        make(teams.entry(id).or_default())
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<TeamId, Team>> {
        self.0.teams.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The most teams that are named in one word to other nodes: it has at most 8,000 bytes.
const MOST_NAMED: usize = 100;

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    const ONE: TeamId = TeamId(Uuid::from_u128(1));
    const TWO: TeamId = TeamId(Uuid::from_u128(2));

    #[test]
    fn who_listens_hears_its_own_team_and_knows_what_has_changed() {
        let told = Told::default();
        let before = told.counts(ONE);
        let (mine, theirs) = (told.listen(ONE), told.listen(TWO));
        told.ring(ONE, Topic::Runs);
        told.ring(ONE, Topics::from_iter([Topic::Runs, Topic::Inbox]));
        assert!(mine.now_or_never().is_some());
        assert!(theirs.now_or_never().is_none());
        let since = told.counts(ONE).since(before);
        assert_eq!(since, Topics::from_iter([Topic::Inbox, Topic::Runs]));
        assert!(told.counts(TWO).since(Counts::default()).is_empty());
        let text = told.counts(ONE).to_string();
        assert_eq!(text, "0.2.0.0.1");
        assert_eq!(text.parse(), Ok(told.counts(ONE)));
        for wrong in ["", "1", "0.2.0.0.1.5", "0.2.0.0.x", "0.2.0.0.-1"] {
            assert_eq!(wrong.parse::<Counts>(), Err(NoCounts), "{wrong}");
        }
    }

    #[test]
    fn other_nodes_hear_what_was_rung_here_once_and_say_it_no_further() {
        let (here, there) = (Told::default(), Told::default());
        here.ring(ONE, Topic::Runs);
        here.ring(ONE, Topic::Deliveries);
        here.ring(TWO, Topic::Inbox);
        let unsaid = here.take_unsaid();
        assert!(here.take_unsaid().is_empty());
        here.put_back(&unsaid);
        let unsaid = here.take_unsaid();
        for word in Told::words(Uuid::nil(), &unsaid) {
            there.hear(&word);
        }
        let heard = there.counts(ONE).since(Counts::default());
        assert_eq!(heard, Topics::from_iter([Topic::Deliveries, Topic::Runs]));
        let heard = there.counts(TWO).since(Counts::default());
        assert_eq!(heard, Topics::from(Topic::Inbox));
        assert!(there.take_unsaid().is_empty());
        // What is not understood may be anything.
        there.hear("x what/ever");
        assert_eq!(there.counts(TWO).since(Counts::default()), Topics::all());
    }

    #[test]
    fn a_word_is_short_enough_for_postgresql() {
        let many: Vec<_> = (0..250)
            .map(|n| (TeamId(Uuid::from_u128(n)), Topics::all()))
            .collect();
        let words = Told::words(Uuid::max(), &many);
        assert_eq!(words.len(), 3);
        assert!(words.iter().all(|word| word.len() < 7_900));
    }
}
