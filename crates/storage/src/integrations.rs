//! Integrations. Their config and secrets are sealed here, so that nobody can forget to.

use postern_model::{
    CollectionId, EventKind, Integration, IntegrationId, IntegrationOptions, IntegrationStatus,
    MonitorId, TeamId, Timestamp, WorkspaceId,
};

use crate::{StorageError, Tx};

/// Which integrations of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntegrationFilter {
    /// Only those that tell this.
    pub event: Option<EventKind>,
    /// Only those that name this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those that name this collection.
    pub collection: Option<CollectionId>,
    /// Only those that name this monitor.
    pub monitor: Option<MonitorId>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// What an event is about, for finding the integrations that tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// What happened.
    pub kind: EventKind,
    /// The workspace it happened in.
    pub workspace: Option<WorkspaceId>,
    /// The collection it is about.
    pub collection: Option<CollectionId>,
    /// The monitor it is about.
    pub monitor: Option<MonitorId>,
}

/// As much of an integration as the fan-out needs: nothing sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscriber {
    /// The integration's id.
    pub id: IntegrationId,
    /// Whether it sends; for one that does not, a delivery is held.
    pub status: IntegrationStatus,
    /// What it wants to be told (`notify`, `types`, `payload`).
    pub options: IntegrationOptions,
    /// The shard of its deliveries.
    pub shard: i16,
}

/// What a receiver's answers have led to; the fields are those of [`Integration`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SendState {
    /// When the receiver first answered 410.
    pub first_gone_at: Option<Timestamp>,
    /// Since when there has been no success.
    pub failing_since: Option<Timestamp>,
    /// Attempts without a success in between.
    pub failed_attempts: i64,
    /// Nothing is sent before this time.
    pub not_before: Option<Timestamp>,
}

/// The table of integrations.
pub struct Integrations<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Integrations<'_> {
    /// Adds an integration.
    pub async fn insert(&mut self, integration: &Integration) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The integration of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: IntegrationId,
    ) -> Result<Option<Integration>, StorageError> {
        unimplemented!()
    }

    /// The same, locked until the end of the unit of work.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: IntegrationId,
    ) -> Result<Option<Integration>, StorageError> {
        unimplemented!()
    }

    /// A team's integrations, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &IntegrationFilter,
    ) -> Result<Vec<Integration>, StorageError> {
        unimplemented!()
    }

    /// Those of a team that tell such an event, whatever their status: a paused one is owed its delivery too, held.
    pub async fn matching(
        &mut self,
        team: TeamId,
        subject: &Subject,
    ) -> Result<Vec<Subscriber>, StorageError> {
        unimplemented!()
    }

    /// Writes all that people set (name, filter, config, options, secrets, status) and the time of change; not the send
    /// state. Whether it was there.
    pub async fn update(&mut self, integration: &Integration) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Changes the status alone; what is due is held or released by [`crate::Deliveries::hold`] and
    /// [`crate::Deliveries::release`]. Whether it was there.
    pub async fn set_status(
        &mut self,
        team: TeamId,
        id: IntegrationId,
        status: &IntegrationStatus,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Writes what the receiver's answers have led to; the worker does, under its lease.
    pub async fn set_send_state(
        &mut self,
        team: TeamId,
        id: IntegrationId,
        state: &SendState,
    ) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Removes an integration whose deliveries have all ended (see [`crate::Deliveries::cancel_all`]); whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: IntegrationId) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
