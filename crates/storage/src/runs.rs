//! Runs: asked for, under way, ended. The detail lies in `blobs`.

use postern_model::{MonitorId, NodeId, Run, RunDetail, RunId, RunStatus, TeamId, Timestamp};

use crate::{Page, PageRequest, StorageError, Tx};

/// Which runs of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Only those of this monitor.
    pub monitor: Option<MonitorId>,
    /// Only those that stand so.
    pub status: Option<RunStatus>,
}

/// A run in one of this node's shards.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedRun {
    /// The run.
    pub run: Run,
    /// The epoch of its shard's lease now.
    pub epoch: i64,
}

/// The table of runs.
pub struct Runs<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Runs<'_> {
    /// Adds a run (`Queued`, usually). Its shard is its monitor's.
    pub async fn insert(&mut self, run: &Run) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The run of this id.
    pub async fn get(&mut self, team: TeamId, id: RunId) -> Result<Option<Run>, StorageError> {
        unimplemented!()
    }

    /// What is kept of the run besides its record, until retention takes it.
    pub async fn detail(
        &mut self,
        team: TeamId,
        id: RunId,
    ) -> Result<Option<RunDetail>, StorageError> {
        unimplemented!()
    }

    /// A team's runs, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &RunFilter,
        page: PageRequest,
    ) -> Result<Page<Run>, StorageError> {
        unimplemented!()
    }

    /// Queued runs in this node's shards whose monitor has none under way, oldest first and one for each monitor.
    pub async fn queued(
        &mut self,
        owner: NodeId,
        limit: u32,
    ) -> Result<Vec<ClaimedRun>, StorageError> {
        unimplemented!()
    }

    /// Whether a run of this monitor is queued or under way.
    pub async fn is_pending(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Queued becomes running under this epoch; `false` when the lease has changed hands, the run is not queued any more, or
    /// another run of its monitor is under way.
    pub async fn start(
        &mut self,
        team: TeamId,
        id: RunId,
        epoch: i64,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Running becomes what `run` says (status, times, stats) with its detail; `false`, and nothing is written, when the lease
    /// has changed hands or the run is not running any more.
    pub async fn finish(
        &mut self,
        run: &Run,
        epoch: i64,
        detail: &RunDetail,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }

    /// Runs in this node's shards that are marked as running under an earlier epoch: their runner is gone. The new owner
    /// puts each back with [`Runs::requeue`] or ends it with [`Runs::finish`] under the epoch given here.
    pub async fn stranded(
        &mut self,
        owner: NodeId,
        limit: u32,
    ) -> Result<Vec<ClaimedRun>, StorageError> {
        unimplemented!()
    }

    /// Running becomes queued again under the present epoch; `false` when the lease has changed hands.
    pub async fn requeue(
        &mut self,
        team: TeamId,
        id: RunId,
        epoch: i64,
    ) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
