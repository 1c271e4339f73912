//! Monitors, and when each is due.

use postern_model::{
    CollectionId, EnvironmentId, Monitor, MonitorId, NodeId, Streak, TeamId, Timestamp, WorkspaceId,
};

use crate::{StorageError, Tx};

/// Which monitors of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonitorFilter {
    /// Only those of this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those that run this collection.
    pub collection: Option<CollectionId>,
    /// Only those that use this environment.
    pub environment: Option<EnvironmentId>,
    /// Only active ones, or only paused ones.
    pub active: Option<bool>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// A monitor whose time has come.
#[derive(Debug, Clone, PartialEq)]
pub struct DueMonitor {
    /// The monitor.
    pub monitor: Monitor,
    /// The epoch of its shard's lease.
    pub epoch: i64,
}

/// The table of monitors.
pub struct Monitors<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Monitors<'_> {
    /// Adds a monitor.
    pub async fn insert(&mut self, monitor: &Monitor) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The monitor of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<Option<Monitor>, StorageError> {
        unimplemented!()
    }

    /// The same, locked until the end of the unit of work: who moves its streak or its next time reads it so.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<Option<Monitor>, StorageError> {
        unimplemented!()
    }

    /// A team's monitors, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &MonitorFilter,
    ) -> Result<Vec<Monitor>, StorageError> {
        unimplemented!()
    }

    /// Writes all that people set, and the next time; not the streak. Whether it was there.
    pub async fn update(&mut self, monitor: &Monitor) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Removes a monitor and what is queued for it; its past runs stay. Whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: MonitorId) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Active monitors in this node's shards whose next time has come, the longest due first.
    pub async fn due(
        &mut self,
        owner: NodeId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueMonitor>, StorageError> {
        unimplemented!()
    }

    /// When the next monitor in this node's shards is due.
    pub async fn next_due_at(&mut self, owner: NodeId) -> Result<Option<Timestamp>, StorageError> {
        unimplemented!()
    }

    /// Sets the next time.
    pub async fn set_next_due(
        &mut self,
        team: TeamId,
        id: MonitorId,
        next: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Sets the streak.
    pub async fn set_streak(
        &mut self,
        team: TeamId,
        id: MonitorId,
        streak: Streak,
    ) -> Result<(), StorageError> {
        unimplemented!()
    }
}
