//! The dispatcher: it knows what each lane is owed and gives out the places.
//!
//! A look first hears what has ended and for whom the bell was rung, then reads the windows that are used up or may have
//! changed, all in one unit of work, and then goes round the lanes that are ready, each with so many bytes a turn
//! (deficit round robin), until the house is full. Between looks it sleeps until the bell or the first lane's time.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use postern_journal::{LaneBell, Rung, Topic};
use postern_model::{Integration, Shard, Timestamp};
use postern_storage::{DueDelivery, Group, Next};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::bodies::Bodies;
use super::commit::{Outcomes, commit};
use super::lane::{Lane, Turn};
use super::meter;
use super::send::{Parcel, room_for_large_bodies, send};
use super::teller::{End, LaneId, Teller};
use crate::context::{Context, DueBy};
use crate::driver::{Look, Task, TaskError, words};
use crate::lease::Holding;

/// How often every lane is asked for when no bell rings: what a lost ring would strand waits no longer than this.
const PERIOD: Duration = Duration::from_secs(30);
/// How often connections that nobody uses are closed.
const SWEEP: Duration = Duration::from_secs(5);
/// The bytes that a lane may send in one turn.
const QUANTUM: usize = 64 * 1024;
/// How many lanes' windows one read brings.
const READ_AT_ONCE: usize = 256;
/// How many times more attempts than may be under way may wait for their outcome to be written.
const OUTCOMES: usize = 2;
/// How long a delivery that could not be sent after all keeps its place: its row may still be due, and finding it again
/// at once would be a busy loop.
const REST: Duration = Duration::from_secs(1);

pub(crate) struct DeliveryTask {
    context: Arc<Context>,
    holding: Holding,
    sends: TaskTracker,
    bell: LaneBell,
    outcomes: Group<Outcomes>,
    room: Arc<Semaphore>,
    ended: Arc<Mutex<Vec<End>>>,
    bodies: Bodies,
    lanes: HashMap<LaneId, Lane>,
    ready: VecDeque<LaneId>,
    queued: HashSet<LaneId>,
    to_read: BTreeSet<LaneId>,
    /// Those that don't send and are owed something that is not held yet.
    to_hold: BTreeSet<LaneId>,
    timers: BTreeSet<(Timestamp, LaneId)>,
    timer_of: HashMap<LaneId, Timestamp>,
    /// Requests under way in all.
    requests: usize,
    /// Those, and what waits for its outcome to be written.
    busy: usize,
    generation: u64,
    asked_all: Option<Instant>,
    swept: Instant,
    time: Option<(Timestamp, Instant)>,
}

impl DeliveryTask {
    pub(crate) fn new(
        context: Arc<Context>,
        holding: Holding,
        sends: TaskTracker,
        bell: LaneBell,
    ) -> Self {
        Self {
            outcomes: Group::new(Outcomes(Arc::clone(&context))),
            context,
            holding,
            sends,
            bell,
            room: room_for_large_bodies(),
            ended: Arc::default(),
            bodies: Bodies::default(),
            lanes: HashMap::new(),
            ready: VecDeque::new(),
            queued: HashSet::new(),
            to_read: BTreeSet::new(),
            to_hold: BTreeSet::new(),
            timers: BTreeSet::new(),
            timer_of: HashMap::new(),
            requests: 0,
            busy: 0,
            generation: 0,
            asked_all: None,
            swept: Instant::now(),
            time: None,
        }
    }

    /// The time by which deliveries are due: on SQLite the clock as nobody has put it forward or back, on PostgreSQL the
    /// database's as it was read last, plus what has passed since by our own monotonic one.
    fn now(&self) -> Timestamp {
        match self.time {
            Some((read, at)) => read + at.elapsed(),
            None => self.context.parts.clock.steady(),
        }
    }

    /// Hears what has ended.
    fn hear(&mut self, now: Timestamp, instant: Instant) {
        let ended = std::mem::take(&mut *self.ended.lock().unwrap_or_else(PoisonError::into_inner));
        let mut touched = Vec::with_capacity(ended.len());
        for end in ended {
            let id = match end {
                End::Answered(id, outcome) => {
                    self.requests = self.requests.saturating_sub(1);
                    if let Some(lane) = self.lanes.get_mut(&id)
                        && lane.answered(outcome, now)
                    {
                        let open = lane.breaker.open_since().is_some();
                        tracing::warn!(integration.id = %id.1, open, "the breaker of an integration has changed");
                        let told = &self.context.parts.bells.told;
                        told.ring(id.0, Topic::Integrations);
                    }
                    id
                }
                End::Written(id, delivery, written) => {
                    self.busy = self.busy.saturating_sub(1);
                    if let Some(lane) = self.lanes.get_mut(&id) {
                        let next = written.as_ref().map(|written| written.decision.next);
                        lane.written(delivery, !matches!(next, Some(Next::End(_))));
                        match written.map(|written| written.decision) {
                            Some(decision) => {
                                if let Some(time) = decision.standing.state.not_before {
                                    lane.hold_until(time);
                                }
                            }
                            None => lane.distrust(),
                        }
                    }
                    id
                }
            };
            touched.push(id);
        }
        for id in touched {
            self.settle(id, now, instant);
        }
    }

    /// Finds out what a lane does next, and puts it where that is done.
    fn settle(&mut self, id: LaneId, now: Timestamp, instant: Instant) {
        if let Some(time) = self.timer_of.remove(&id) {
            self.timers.remove(&(time, id));
        }
        let each = self.context.config.sends_each;
        let Some(lane) = self.lanes.get_mut(&id) else {
            return;
        };
        match lane.turn(each, now, instant) {
            Turn::Ready => {
                if self.queued.insert(id) {
                    self.ready.push_back(id);
                }
            }
            Turn::Wait(time) => {
                self.timers.insert((time, id));
                self.timer_of.insert(id, time);
            }
            Turn::Read => {
                self.to_read.insert(id);
            }
            Turn::Blocked => {}
            Turn::Idle => {
                if lane.is_over() {
                    self.lanes.remove(&id);
                }
            }
        }
    }

    /// Takes note of what was said by the bell; whether every lane is to be asked for.
    fn rung(&mut self, rung: Rung, now: Timestamp, instant: Instant) -> bool {
        if rung.all {
            return true;
        }
        for id in rung.lanes {
            self.lanes.entry(id).or_insert_with(Lane::new).owes_more();
            self.settle(id, now, instant);
        }
        false
    }

    /// Reads which lanes owe something, and the windows that have to be read.
    async fn read(&mut self, all: bool) -> Result<(), TaskError> {
        let mut tx = self.context.parts.store.read().await?;
        let read_at = Instant::now();
        let now = self.context.due_now(&mut tx).await?;
        let is_told = self.context.config.due_by == DueBy::Database;
        if is_told && tx.engine() == postern_storage::EngineKind::Postgres {
            self.time = Some((now, read_at));
        }
        if all {
            let owing = tx.deliveries().owing(self.context.config.node).await?;
            for lane in self.lanes.values_mut() {
                lane.distrust();
            }
            let ids: Vec<LaneId> = self.lanes.keys().copied().collect();
            for id in ids {
                self.settle(id, now, read_at);
            }
            for owed in owing {
                let id = (owed.team, owed.integration);
                self.lanes.entry(id).or_insert_with(Lane::new);
                self.settle(id, now, read_at);
            }
        }
        while !self.to_read.is_empty() {
            let ids: Vec<LaneId> = self.to_read.iter().take(READ_AT_ONCE).copied().collect();
            let each = self.context.config.sends_each;
            let most = ids
                .iter()
                .filter_map(|id| self.lanes.get(id))
                .map(|lane| lane.wants(each))
                .max()
                .unwrap_or(0);
            let integrations = tx.integrations().get_all(&ids).await?;
            let rows = tx.deliveries().window(&ids, u32::try_from(most)?).await?;
            let integrations: HashMap<LaneId, Arc<Integration>> = integrations
                .into_iter()
                .map(|it| ((it.team, it.id), Arc::new(it)))
                .collect();
            let at_hand = rows
                .iter()
                .filter(|due| due.due_at <= now)
                .map(|due| (due.event.team, due.event.id));
            self.bodies.read(&mut tx, at_hand).await?;
            let mut windows: HashMap<LaneId, Vec<DueDelivery>> = HashMap::new();
            for due in rows {
                windows.entry(lane_of(&due)).or_default().push(due);
            }
            for id in ids {
                self.to_read.remove(&id);
                let window = windows.remove(&id).unwrap_or_default();
                let more = window.len() >= most;
                let sends = |it: &Arc<Integration>| it.status.is_active();
                if !window.is_empty() && !integrations.get(&id).is_some_and(sends) {
                    self.to_hold.insert(id);
                }
                if let Some(lane) = self.lanes.get_mut(&id) {
                    lane.read(integrations.get(&id).cloned(), window, more, read_at);
                }
                self.settle(id, now, read_at);
            }
        }
        Ok(())
    }

    /// Goes round the lanes that are ready; how many attempts it began.
    fn begin(&mut self, now: Timestamp, instant: Instant) -> usize {
        let house = self.context.config.sends_at_once;
        if self.busy >= house * OUTCOMES {
            // The database is behind; what it has not written would be sent again after a crash.
            return 0;
        }
        // A quarter of the house is kept for what was never tried.
        let for_retries = house - house / 4;
        let mut begun = 0;
        let mut left_over = VecDeque::new();
        while self.requests < house
            && let Some(id) = self.ready.pop_front()
        {
            self.queued.remove(&id);
            let retries_fit = self.requests < for_retries;
            let Some(lane) = self.lanes.get_mut(&id) else {
                continue;
            };
            let epoch = lane
                .integration
                .as_ref()
                .and_then(|it| self.holding.epoch(Shard(it.shard)));
            let (Some(integration), Some(epoch)) = (lane.integration.clone(), epoch) else {
                // It is another node's now, or nobody's for a moment; the next lease asks for all.
                continue;
            };
            lane.deficit += QUANTUM;
            let mut turned = Vec::new();
            let each = self.context.config.sends_each;
            let mut refused = false;
            while self.requests + turned.len() < house
                && lane.turn(each, now, instant) == Turn::Ready
            {
                let deficit = lane.deficit;
                let mut cost = 0;
                let mut body = None;
                let due = lane.begin(now, |due| {
                    body = self.bodies.get(&due.event, integration.options.payload);
                    cost = body.as_ref().map_or(QUANTUM, |body| body.len().max(1024));
                    refused = due.number > 1 && !retries_fit;
                    cost <= deficit && !refused
                });
                let Some(due) = due else { break };
                lane.deficit -= cost;
                turned.push(Parcel {
                    due,
                    integration: Arc::clone(&integration),
                    body,
                    epoch,
                });
            }
            if refused {
                left_over.push_back(id);
                self.queued.insert(id);
            } else {
                if lane.turn(each, now, instant) != Turn::Ready {
                    lane.deficit = 0;
                }
                self.settle(id, now, instant);
            }
            begun += turned.len();
            self.requests += turned.len();
            self.busy += turned.len();
            for parcel in turned {
                self.start(id, parcel);
            }
        }
        self.ready.append(&mut left_over);
        begun
    }

    /// Holds a batch of what an integration that doesn't send is owed.
    async fn hold_one(&mut self) {
        let Some(id) = self.to_hold.pop_first() else {
            return;
        };
        match self.context.parts.journal.hold_rest(id.0, id.1).await {
            Ok(true) => drop(self.to_hold.insert(id)),
            Ok(false) => {}
            Err(error) => {
                // It is found again when every lane is asked for.
                tracing::error!(integration.id = %id.1, error = %words(&error), "failed to hold what is due for an integration that does not send");
            }
        }
    }

    /// Has an attempt made, on a task of its own.
    fn start(&self, id: LaneId, parcel: Parcel) {
        let span = tracing::info_span!(
            "worker.delivery.attempt",
            delivery.id = %parcel.due.delivery.id,
            integration.id = %parcel.due.delivery.integration,
            event.id = %parcel.due.event.id,
            attempt = parcel.due.number,
        );
        let (context, holding) = (Arc::clone(&self.context), self.holding.clone());
        let (outcomes, room) = (self.outcomes.clone(), Arc::clone(&self.room));
        let teller = Teller {
            id,
            delivery: parcel.due.delivery.id,
            ended: Arc::clone(&self.ended),
            bell: self.bell.clone(),
            answered: false,
            written: false,
        };
        let attempt = async move {
            let mut teller = teller;
            let made = Box::pin(send(&context, &holding, &room, &parcel)).await;
            drop(parcel);
            teller.answered(made.as_ref().map(|made| made.ended.outcome));
            let written = if let Some(made) = made {
                commit(&context, &outcomes, &holding, made).await
            } else {
                sleep(REST).await;
                None
            };
            teller.written(written);
        };
        self.sends.spawn(attempt.instrument(span));
    }
}

impl Task for DeliveryTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        let instant = Instant::now();
        if instant.duration_since(self.swept) >= SWEEP {
            self.swept = instant;
            self.context.parts.webhooks.sweep();
        }
        let now = self.now();
        self.hear(now, instant);
        if !self.holding.is_fresh() {
            // Nothing may be begun, and what is known may be somebody else's by now.
            self.asked_all = None;
            return Ok(Look {
                did: String::new(),
                again: Some(Duration::from_secs(1)),
            });
        }
        let rung = self.bell.take();
        let generation = self.holding.generation();
        let all = self.rung(rung, now, instant)
            || generation != self.generation
            || self
                .asked_all
                .is_none_or(|asked| instant.duration_since(asked) >= PERIOD);
        while let Some(&(time, id)) = self.timers.first()
            && time <= now
        {
            self.settle(id, now, instant);
            if self.timers.first() == Some(&(time, id)) {
                break;
            }
        }
        if all || !self.to_read.is_empty() {
            if all {
                // If the read fails, the next one asks for all again.
                self.asked_all = None;
            }
            self.read(all).await?;
            if all {
                let open = self
                    .lanes
                    .values()
                    .filter(|lane| lane.breaker.open_since().is_some());
                meter::lanes(self.lanes.len(), open.count());
                self.generation = generation;
                self.asked_all = Some(instant);
            }
        }
        let now = self.now();
        let begun = self.begin(now, Instant::now());
        let busy: usize = self.busy;
        meter::under_way(self.requests, busy.saturating_sub(self.requests));
        self.hold_one().await;
        let again = if self.to_read.is_empty() && self.to_hold.is_empty() {
            let next = self.timers.first().map(|&(time, _)| time.since(now));
            // Whatever a clock does, no lane waits for longer than the period without being looked at.
            Some(next.unwrap_or(PERIOD).max(Duration::from_millis(1)))
        } else {
            Some(Duration::ZERO)
        };
        Ok(Look {
            did: if begun == 0 {
                String::new()
            } else {
                format!("began {begun} attempts")
            },
            again,
        })
    }
}

fn lane_of(due: &DueDelivery) -> LaneId {
    (due.delivery.team, due.delivery.integration)
}
