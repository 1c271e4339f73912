//! Events: what webhooks may tell.

use postern_model::{Event, EventId, EventKind, TeamId};

use crate::{Page, PageRequest, StorageError, Tx};

/// The table of events.
pub struct Events<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Events<'_> {
    /// Adds an event; its bodies must be in `blobs`.
    pub async fn insert(&mut self, event: &Event) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The event of this id.
    pub async fn get(&mut self, team: TeamId, id: EventId) -> Result<Option<Event>, StorageError> {
        unimplemented!()
    }

    /// A team's events, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        kind: Option<EventKind>,
        page: PageRequest,
    ) -> Result<Page<Event>, StorageError> {
        unimplemented!()
    }
}
