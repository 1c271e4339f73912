//! How the dispatcher hears what became of its attempts.

use std::sync::{Arc, Mutex, PoisonError};

use postern_journal::LaneBell;
use postern_model::{DeliveryId, IntegrationId, Outcome, TeamId};

use super::commit::Written;

pub(crate) type LaneId = (TeamId, IntegrationId);

/// What has ended, as the attempts' tasks tell it.
pub(crate) enum End {
    /// A request; its place is free.
    Answered(LaneId, Option<Outcome>),
    /// Its outcome is written, or will never be.
    Written(LaneId, DeliveryId, Option<Written>),
}

/// Tells the dispatcher how an attempt goes, also when its task panics or is dropped.
pub(crate) struct Teller {
    pub(crate) id: LaneId,
    pub(crate) delivery: DeliveryId,
    pub(crate) ended: Arc<Mutex<Vec<End>>>,
    pub(crate) bell: LaneBell,
    pub(crate) answered: bool,
    pub(crate) written: bool,
}

impl Teller {
    pub(crate) fn answered(&mut self, outcome: Option<Outcome>) {
        self.answered = true;
        self.tell(End::Answered(self.id, outcome));
    }

    pub(crate) fn written(mut self, written: Option<Written>) {
        self.written = true;
        self.tell(End::Written(self.id, self.delivery, written));
    }

    fn tell(&self, end: End) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.push(end);
        drop(ended);
        self.bell.nudge();
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if !self.answered {
            self.tell(End::Answered(self.id, None));
        }
        if !self.written {
            self.tell(End::Written(self.id, self.delivery, None));
        }
    }
}
