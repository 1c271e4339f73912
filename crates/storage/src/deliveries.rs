//! Deliveries. What is not finished lies in `deliveries` (hot and narrow), what is in `deliveries_done`.

use postern_model::{
    Attempt, AttemptTrigger, Delivery, DeliveryId, EventKind, HeldReason, IntegrationId, NodeId,
    TeamId, Timestamp,
};

use crate::{Page, PageRequest, StorageError, Tx};

/// How a delivery stands, without the data of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryStateName {
    /// It is due at some time.
    Scheduled,
    /// It waits for somebody.
    Held,
    /// The receiver answered 2xx.
    Succeeded,
    /// The last attempt failed.
    Exhausted,
    /// Somebody or something cancelled it.
    Cancelled,
    /// Stated retention ended it.
    Expired,
}

/// Which deliveries of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Only those for this integration.
    pub integration: Option<IntegrationId>,
    /// Only those that stand so.
    pub state: Option<DeliveryStateName>,
    /// Only those of such events.
    pub event: Option<EventKind>,
    /// Only those accepted at this time or later.
    pub since: Option<Timestamp>,
}

/// A delivery with the names that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The delivery.
    pub delivery: Delivery,
    /// The kind of its event.
    pub event_kind: EventKind,
    /// The type of a custom event.
    pub custom_type: Option<String>,
    /// The integration's name; empty when the integration is gone.
    pub integration_name: String,
}

/// A delivery whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDelivery {
    /// The delivery.
    pub delivery: Delivery,
    /// What made it due.
    pub trigger: AttemptTrigger,
    /// The epoch of its shard's lease: what comes of the attempt is written under it.
    pub epoch: i64,
}

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another attempt at this time. `spent`: whether this one counts (one that met `Retry-After` does not).
    Again {
        /// When it is due.
        due_at: Timestamp,
        /// Whether the attempt counts.
        spent: bool,
    },
    /// It waits until the integration works again.
    Held(HeldReason),
    /// It is over.
    End(Ending),
}

/// How an attempt ends its delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The receiver answered 2xx.
    Succeeded,
    /// It was the last attempt of the schedule.
    Exhausted,
}

/// What became of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// The attempt and what follows are written.
    Written,
    /// The delivery ended (was cancelled) while the attempt was under way: the attempt is written, and a success too.
    AlreadyOver,
    /// The lease has changed hands: nothing is written, and the new owner will send again.
    LeaseLost,
}

/// What became of a wish to deliver again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redelivered {
    /// It is due now.
    Scheduled,
    /// It waits, because its integration does not send.
    Held(HeldReason),
    /// Its integration is gone.
    IntegrationGone,
    /// There is no such delivery.
    NotFound,
}

/// The tables of deliveries.
pub struct Deliveries<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Deliveries<'_> {
    /// Adds deliveries. One with a coalesce key takes the place of those of its integration with the same key that still
    /// wait: they end as cancelled "by a newer backup".
    pub async fn insert_all(&mut self, deliveries: &[Delivery]) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Adds a delivery, as [`Deliveries::insert_all`] does; how many waiting ones it took the place of.
    pub async fn insert(&mut self, delivery: &Delivery) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// The delivery of this id, finished or not.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: DeliveryId,
    ) -> Result<Option<DeliveryRecord>, StorageError> {
        unimplemented!()
    }

    /// A team's deliveries, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<DeliveryRecord>, StorageError> {
        unimplemented!()
    }

    /// Deliveries in this node's shards that are due, at most `per_integration` of each integration, the longest due first.
    /// Integrations that must wait (`not_before`) are left out. What is under way is still there: the caller knows what it
    /// is sending.
    pub async fn due(
        &mut self,
        owner: NodeId,
        now: Timestamp,
        per_integration: u32,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StorageError> {
        unimplemented!()
    }

    /// When the next delivery in this node's shards is due, `not_before` of its integration included; a time that has
    /// passed means: now.
    pub async fn next_due_at(&mut self, owner: NodeId) -> Result<Option<Timestamp>, StorageError> {
        unimplemented!()
    }

    /// Writes an attempt and what follows it, if the shard's lease still has the attempt's epoch (`attempt.epoch`) and
    /// this owner.
    pub async fn finish(
        &mut self,
        owner: NodeId,
        attempt: &Attempt,
        next: Next,
        now: Timestamp,
    ) -> Result<Finished, StorageError> {
        unimplemented!()
    }

    /// Makes a delivery due now: a finished one comes back with its id and the numbers of its attempts; one that waits is
    /// not waited for any longer; for an integration that does not send it is held.
    pub async fn redeliver(
        &mut self,
        team: TeamId,
        id: DeliveryId,
        now: Timestamp,
    ) -> Result<Redelivered, StorageError> {
        unimplemented!()
    }

    /// What is scheduled for an integration is held from now on; how many.
    pub async fn hold(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        reason: HeldReason,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// What is held for an integration is due now; how many.
    pub async fn release(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// Ends one delivery that is not finished; whether it was there.
    pub async fn cancel(
        &mut self,
        team: TeamId,
        id: DeliveryId,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Ends all that is not finished of an integration; how many.
    pub async fn cancel_all(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
        by: &str,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// How many deliveries of an integration are scheduled and held.
    pub async fn count_waiting(
        &mut self,
        team: TeamId,
        integration: IntegrationId,
    ) -> Result<(u64, u64), StorageError> {
        unimplemented!()
    }
}
