//! A lane: what one integration is owed, and what of it may go now.
//!
//! It holds a window of the first few rows that wait, read from the database and read again when they are used up or may
//! have changed; what waits behind them is never read. What is under way stays known until its outcome is written,
//! because its row is still there until then.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use postern_model::{
    CollectionId, DeliveryId, Integration, LONGEST_WAIT, MonitorId, Order, Outcome, Timestamp,
};
use postern_storage::DueDelivery;
use tokio::time::Instant;

use super::breaker::{Breaker, Gate};
use super::rate::Bucket;

/// For how long a window is believed when nobody said that it has changed.
const BELIEVED: Duration = Duration::from_secs(1);

/// What a lane does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It can begin an attempt now.
    Ready,
    /// It can at this time.
    Wait(Timestamp),
    /// Something of it has to end first.
    Blocked,
    /// Its window must be read.
    Read,
    /// It is owed nothing.
    Idle,
}

/// What of a lane goes one at a time, where its order is by key.
type Key = (Option<CollectionId>, Option<MonitorId>);

/// One integration's lane.
#[derive(Debug)]
pub(crate) struct Lane {
    /// Who receives; nothing until it is read, or when it is gone.
    pub(crate) integration: Option<Arc<Integration>>,
    window: VecDeque<DueDelivery>,
    /// Whether more may wait behind the window.
    more: bool,
    stale: bool,
    read_at: Instant,
    /// Requests under way.
    requests: usize,
    /// What is under way or whose outcome is not written yet.
    busy: HashMap<DeliveryId, Key>,
    pub(crate) breaker: Breaker,
    bucket: Bucket,
    /// Bytes that it may still send in this turn.
    pub(crate) deficit: usize,
}

impl Lane {
    pub(crate) fn new() -> Self {
        Self {
            integration: None,
            window: VecDeque::new(),
            more: true,
            stale: true,
            read_at: Instant::now(),
            requests: 0,
            busy: HashMap::new(),
            breaker: Breaker::default(),
            bucket: Bucket::default(),
            deficit: 0,
        }
    }

    /// What it knows may not be so any more.
    pub(crate) fn distrust(&mut self) {
        self.stale = true;
    }

    /// More waits than before, behind all that did.
    pub(crate) fn owes_more(&mut self) {
        // A window that was cut off is read again anyway when it is used up.
        self.stale |= !self.more;
    }

    /// What was read: the integration, and the first rows; `more`: the read was cut off.
    pub(crate) fn read(
        &mut self,
        integration: Option<Arc<Integration>>,
        rows: Vec<DueDelivery>,
        more: bool,
        now: Instant,
    ) {
        self.integration = integration;
        self.window = rows
            .into_iter()
            .filter(|row| !self.busy.contains_key(&row.delivery.id))
            .collect();
        self.more = more;
        self.stale = false;
        self.read_at = now;
    }

    /// How many rows a read must bring so that some of them are not under way.
    pub(crate) fn wants(&self, each: usize) -> usize {
        let keeps_order = self.order() != Order::None;
        // Where order is kept, what must wait for its predecessor hides what need not.
        let few = if keeps_order { 256 } else { 32 };
        self.busy.len() + few.max(self.most(each) * 4)
    }

    /// What it does next; `each`: requests at once where the integration doesn't say.
    pub(crate) fn turn(&self, each: usize, now: Timestamp, instant: Instant) -> Turn {
        if self.stale {
            return Turn::Read;
        }
        let Some(integration) = &self.integration else {
            return Turn::Idle;
        };
        if !integration.status.is_active() {
            return Turn::Idle;
        }
        let candidate = self.candidate(now);
        let Some((index, due_at)) = candidate else {
            return match (self.window.is_empty(), self.more) {
                (true, true) => Turn::Read,
                (true, false) if self.busy.is_empty() => Turn::Idle,
                _ => Turn::Blocked,
            };
        };
        let mut until = due_at.max(believable(integration.not_before.unwrap_or(now), now));
        let requests = match self.breaker.gate(now, self.most(each)) {
            Gate::Requests(requests) => requests,
            Gate::Until(time) => {
                until = until.max(time);
                1
            }
        };
        if let Some(wait) = integration
            .options
            .rate
            .and_then(|rate| self.bucket.wait(rate, now))
        {
            until = until.max(now + wait);
        }
        if until > now {
            return Turn::Wait(until);
        }
        if self.requests >= requests {
            return Turn::Blocked;
        }
        if instant.duration_since(self.read_at) > BELIEVED {
            return Turn::Read;
        }
        debug_assert!(index < self.window.len());
        Turn::Ready
    }

    /// Begins the next attempt, if there is one that may go; `fits` says whether it may from the house's point of view.
    pub(crate) fn begin(
        &mut self,
        now: Timestamp,
        fits: impl FnOnce(&DueDelivery) -> bool,
    ) -> Option<DueDelivery> {
        let (index, due_at) = self.candidate(now)?;
        if due_at > now || !fits(self.window.get(index)?) {
            return None;
        }
        let due = self.window.remove(index)?;
        self.busy.insert(due.delivery.id, key(&due));
        self.requests += 1;
        if let Some(rate) = self.integration.as_ref().and_then(|it| it.options.rate) {
            self.bucket.take(rate, now);
        }
        Some(due)
    }

    /// A request has ended: its place is free, though its outcome is not written yet.
    pub(crate) fn answered(&mut self, outcome: Option<Outcome>, now: Timestamp) -> bool {
        self.requests = self.requests.saturating_sub(1);
        outcome.is_some_and(|outcome| self.breaker.note(outcome, now))
    }

    /// An outcome is written, or will never be; `again`: its row is there still.
    pub(crate) fn written(&mut self, delivery: DeliveryId, again: bool) {
        self.busy.remove(&delivery);
        self.stale |= again && (!self.more || self.order() != Order::None);
    }

    /// The receiver asked all of the lane to wait.
    pub(crate) fn hold_until(&mut self, time: Timestamp) {
        if let Some(integration) = &mut self.integration {
            let integration = Arc::make_mut(integration);
            integration.not_before = integration.not_before.max(Some(time));
        }
    }

    /// Whether it can be forgotten.
    pub(crate) fn is_over(&self) -> bool {
        self.busy.is_empty() && self.requests == 0 && self.breaker.is_pristine()
    }

    fn most(&self, each: usize) -> usize {
        let own = self
            .integration
            .as_ref()
            .and_then(|it| it.options.concurrency);
        let most = own.map_or(each, |own| usize::try_from(own).unwrap_or(each));
        match self.order() {
            Order::Strict => 1,
            _ => most.max(1),
        }
    }

    fn order(&self) -> Order {
        self.integration
            .as_ref()
            .map_or(Order::None, |it| it.options.order)
    }

    /// The first of the window that its order lets go, and when it is due.
    fn candidate(&self, now: Timestamp) -> Option<(usize, Timestamp)> {
        match self.order() {
            Order::None => self.window.front().map(|due| (0, due_time(due, now))),
            Order::Strict if self.busy.is_empty() => {
                self.window.front().map(|due| (0, due_time(due, now)))
            }
            Order::Strict => None,
            Order::ByKey => {
                let mut taken: HashSet<Key> = self.busy.values().copied().collect();
                let firsts = self.window.iter().enumerate();
                firsts
                    .filter(|(_, due)| taken.insert(key(due)))
                    .map(|(index, due)| (index, due_time(due, now)))
                    .min_by_key(|&(index, time)| (time, index))
            }
        }
    }
}

/// When a delivery is due. One that was never tried is due since it is there, whatever a clock that was put back says; one
/// that would be due later than anything is ever put off was written by a clock that was wrong.
fn due_time(due: &DueDelivery, now: Timestamp) -> Timestamp {
    let planned = match due.retry_at {
        Some(retry_at) => retry_at,
        None if due.number == 1 => due.due_at.min(now),
        None => due.due_at,
    };
    believable(planned, now)
}

fn believable(planned: Timestamp, now: Timestamp) -> Timestamp {
    if planned > now + LONGEST_WAIT {
        now
    } else {
        planned
    }
}

fn key(due: &DueDelivery) -> Key {
    (due.event.collection, due.event.monitor)
}
