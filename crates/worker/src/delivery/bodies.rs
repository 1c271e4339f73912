//! Small bodies, kept for as long as there is room: one event for a hundred integrations is read once.

use std::collections::{HashMap, VecDeque};

use bytes::Bytes;
use postern_model::{Event, EventId, PayloadForm, TeamId};
use postern_storage::{StorageError, Tx};

/// The most bytes that are kept.
const ROOM: usize = 16 * 1024 * 1024;

/// What it takes besides its bytes to keep an event's bodies, roughly.
const BESIDES: usize = 256;

/// The bodies of events; those of the events that came first go first.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    kept: HashMap<EventId, Kept>,
    order: VecDeque<EventId>,
    size: usize,
}

/// The bodies of one event, but for those that are large.
#[derive(Debug)]
struct Kept {
    standard: Option<Bytes>,
    detailed: Option<Bytes>,
}

impl Kept {
    fn size(&self) -> usize {
        let bodies = [&self.standard, &self.detailed];
        BESIDES + bodies.into_iter().flatten().map(Bytes::len).sum::<usize>()
    }
}

impl Bodies {
    /// The largest that is kept here. A larger one is read for its own attempt, and counts against what all may hold.
    const LARGEST: u32 = 64 * 1024;

    /// The event's body of this form, the standard one where it has no other.
    pub(crate) fn get(&self, event: &Event, form: PayloadForm) -> Option<Bytes> {
        let kept = self.kept.get(&event.id)?;
        match form {
            PayloadForm::Detailed if event.detailed => kept.detailed.clone(),
            PayloadForm::Standard | PayloadForm::Detailed => kept.standard.clone(),
        }
    }

    /// Reads the small ones of these events' bodies that are not here yet.
    pub(crate) async fn read(
        &mut self,
        tx: &mut Tx,
        events: impl Iterator<Item = (TeamId, EventId)>,
    ) -> Result<(), StorageError> {
        let mut missing: Vec<_> = events
            .filter(|(_, event)| !self.kept.contains_key(event))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        for (event, said) in tx.events().bodies(&missing, Self::LARGEST).await? {
            let kept = Kept {
                standard: said.standard.map(Bytes::from),
                detailed: said.detailed.map(Bytes::from),
            };
            self.size += kept.size();
            self.kept.insert(event, kept);
            self.order.push_back(event);
        }
        while self.size > ROOM
            && let Some(oldest) = self.order.pop_front()
        {
            if let Some(kept) = self.kept.remove(&oldest) {
                self.size -= kept.size();
            }
        }
        Ok(())
    }
}
