//! Runs: asked for, under way, ended. The detail lies in `blobs`.

use postern_model::{
    MonitorId, NodeId, Run, RunDetail, RunId, RunStatus, RunTrigger, TeamId, Timestamp,
};

use crate::argument::args;
use crate::pagination::lowest_id;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{Page, PageRequest, StorageError, Tx};
use postern_model::{ContentHash, Shard};

macro_rules! columns {
    () => {
        "team, id, monitor, status, triggered_by, requested_by, due_at, started_at, finished_at, stats"
    };
}

macro_rules! list {
    ($of:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM runs WHERE team = $1 AND id < $2 AND ",
            $of,
            " AND (status = $4 OR $4 IS NULL) AND (triggered_by = $6 OR $6 IS NULL) AND id >= $7 ORDER BY id DESC LIMIT $5"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO runs (", columns!(), ", shard, epoch, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, NULL)");
    GET = concat!("SELECT ", columns!(), " FROM runs WHERE team = $1 AND id = $2");
    DETAIL = "SELECT detail FROM runs WHERE team = $1 AND id = $2";
    LIST = list!("(monitor = $3 OR $3 IS NULL)");
    LIST_OF = list!("monitor = $3");
    ENDED = concat!("SELECT ", columns!(), " FROM runs
        WHERE team = $1 AND monitor = $2 AND finished_at IS NOT NULL ORDER BY id DESC LIMIT $3");
    UNDER_WAY = concat!("SELECT ", columns!(), " FROM runs
        WHERE shard = $3 AND team = $1 AND monitor = $2 AND finished_at IS NULL ORDER BY id LIMIT 1");
    QUEUED = concat!("WITH mine AS (SELECT shard AS lease, epoch AS held FROM shards WHERE owner = $1)
        SELECT ", columns!(), ", held FROM mine JOIN runs r ON r.shard = lease
        WHERE r.finished_at IS NULL AND r.status = 'queued' AND NOT EXISTS (
            SELECT 1 FROM runs o WHERE o.team = r.team AND o.monitor = r.monitor AND o.finished_at IS NULL
                AND (o.status = 'running' OR (o.status = 'queued' AND o.id < r.id)))
        ORDER BY r.id LIMIT $2");
    PENDING = "SELECT id FROM runs WHERE team = $1 AND monitor = $2 AND finished_at IS NULL LIMIT 1";
    // By its shard: what is open is little, what a monitor ever ran is much.
    WAITS = "SELECT id FROM runs
        WHERE shard = $3 AND team = $1 AND monitor = $2 AND finished_at IS NULL AND status = 'queued' LIMIT 1";
    SHARD = "SELECT shard FROM runs WHERE team = $1 AND id = $2";
    START = "UPDATE runs SET status = 'running', epoch = $3, started_at = $4
        WHERE team = $1 AND id = $2 AND status = 'queued' AND NOT EXISTS (
            SELECT 1 FROM runs o WHERE o.team = runs.team AND o.monitor = runs.monitor AND o.status = 'running')";
    SET_INPUT = "UPDATE runs SET input = $3 WHERE team = $1 AND id = $2";
    INPUT = "SELECT input FROM runs WHERE team = $1 AND id = $2";
    COUNT_OPEN = "SELECT COUNT(*) AS number FROM runs
        WHERE shard = $3 AND team = $1 AND monitor = $2 AND finished_at IS NULL";
    FINISH = "UPDATE runs SET status = $3, started_at = $4, finished_at = $5, stats = $6, detail = $7, input = NULL
        WHERE team = $1 AND id = $2 AND status = 'running'";
    STRANDED = concat!("WITH mine AS (SELECT shard AS lease, epoch AS held FROM shards WHERE owner = $1)
        SELECT ", columns!(), ", held FROM mine JOIN runs ON shard = lease
        WHERE finished_at IS NULL AND status = 'running' AND epoch <> held ORDER BY id LIMIT $2");
    REQUEUE = "UPDATE runs SET status = 'queued', started_at = NULL WHERE team = $1 AND id = $2 AND status = 'running'";
}

/// Which runs of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Only those of this monitor.
    pub monitor: Option<MonitorId>,
    /// Only those that stand so.
    pub status: Option<RunStatus>,
    /// Only those that this started.
    pub trigger: Option<RunTrigger>,
    /// Only those that were made at this time or later.
    pub since: Option<Timestamp>,
    /// Only those that were made before this time.
    pub until: Option<Timestamp>,
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
        let stats = json("a run's stats", &run.stats)?;
        let shard = Shard::of(run.monitor.0);
        self.tx
            .execute(
                &INSERT,
                args![
                    run.team,
                    run.id,
                    run.monitor,
                    run.status.as_str(),
                    run.trigger.as_str(),
                    run.requested_by,
                    run.due_at,
                    run.started_at,
                    run.finished_at,
                    &stats,
                    shard.0
                ],
            )
            .await?;
        Ok(())
    }

    /// Keeps what was posted for a run, until it has ended.
    pub async fn set_input(
        &mut self,
        team: TeamId,
        id: RunId,
        input: &[u8],
    ) -> Result<(), StorageError> {
        self.tx.execute(&SET_INPUT, args![team, id, input]).await?;
        Ok(())
    }

    /// What was posted for a run, if anything.
    pub async fn input(
        &mut self,
        team: TeamId,
        id: RunId,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let row = self.tx.optional(&INPUT, args![team, id]).await?;
        row.map_or(Ok(None), |row| row.get("input"))
    }

    /// How many runs of this monitor have not ended.
    pub async fn count_open(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
    ) -> Result<u64, StorageError> {
        let shard = Shard::of(monitor.0);
        let arguments = args![team, monitor, shard.0];
        self.tx.one(&COUNT_OPEN, arguments).await?.get("number")
    }

    /// Whether a run of this monitor waits to be started.
    pub async fn waits(&mut self, team: TeamId, monitor: MonitorId) -> Result<bool, StorageError> {
        let shard = Shard::of(monitor.0);
        let row = self
            .tx
            .optional(&WAITS, args![team, monitor, shard.0])
            .await?;
        Ok(row.is_some())
    }

    /// The run of this id.
    pub async fn get(&mut self, team: TeamId, id: RunId) -> Result<Option<Run>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(run)
            .transpose()
    }

    /// What is kept of the run besides its record, until retention takes it.
    pub async fn detail(
        &mut self,
        team: TeamId,
        id: RunId,
    ) -> Result<Option<RunDetail>, StorageError> {
        let Some(row) = self.tx.optional(&DETAIL, args![team, id]).await? else {
            return Ok(None);
        };
        let Some(hash) = row.get::<Option<ContentHash>>("detail")? else {
            return Ok(None);
        };
        let Some(bytes) = self.tx.blobs().get(hash).await? else {
            return Ok(None);
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| row.inconsistent("detail", error.to_string()))
    }

    /// A team's runs, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &RunFilter,
        page: PageRequest,
    ) -> Result<Page<Run>, StorageError> {
        // When a run was made stands in its id alone.
        let until = filter.until.map(lowest_id);
        let below = until.map_or(page.below(), |until| page.below().min(until));
        let rows = self
            .tx
            .all(
                if filter.monitor.is_some() {
                    &LIST_OF
                } else {
                    &LIST
                },
                args![
                    team,
                    below,
                    filter.monitor,
                    filter.status.map(RunStatus::as_str),
                    page.rows(),
                    filter.trigger.map(RunTrigger::as_str),
                    lowest_id(filter.since.unwrap_or(Timestamp(0)))
                ],
            )
            .await?;
        let runs = rows.iter().map(run).collect::<Result<_, _>>()?;
        Ok(page.page(runs, |run| run.id.0))
    }

    /// A monitor's newest runs that have ended, newest first.
    pub async fn ended(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
        most: u32,
    ) -> Result<Vec<Run>, StorageError> {
        let rows = self.tx.all(&ENDED, args![team, monitor, most]).await?;
        rows.iter().map(run).collect()
    }

    /// The run of a monitor that is under way, or that waits the longest.
    pub async fn under_way(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
    ) -> Result<Option<Run>, StorageError> {
        let arguments = args![team, monitor, Shard::of(monitor.0).0];
        let row = self.tx.optional(&UNDER_WAY, arguments).await?;
        row.as_ref().map(run).transpose()
    }

    /// Queued runs in this node's shards whose monitor has none under way, oldest first and one for each monitor.
    pub async fn queued(
        &mut self,
        owner: NodeId,
        limit: u32,
    ) -> Result<Vec<ClaimedRun>, StorageError> {
        self.tx
            .all(&QUEUED, args![owner, limit])
            .await?
            .iter()
            .map(claimed)
            .collect()
    }

    /// Whether a run of this monitor is queued or under way.
    pub async fn is_pending(
        &mut self,
        team: TeamId,
        monitor: MonitorId,
    ) -> Result<bool, StorageError> {
        Ok(self
            .tx
            .optional(&PENDING, args![team, monitor])
            .await?
            .is_some())
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
        if !self.fence(team, id, epoch).await? {
            return Ok(false);
        }
        Ok(self.tx.execute(&START, args![team, id, epoch, now]).await? > 0)
    }

    /// Running becomes what `run` says (status, times, stats) with its detail; `false`, and nothing is written, when the lease
    /// has changed hands or the run is not running any more.
    pub async fn finish(
        &mut self,
        run: &Run,
        epoch: i64,
        detail: &RunDetail,
    ) -> Result<bool, StorageError> {
        if !self.fence(run.team, run.id, epoch).await? {
            return Ok(false);
        }
        let stats = json("a run's stats", &run.stats)?;
        let detail = json("a run's detail", detail)?;
        let detail = self.tx.blobs().put(detail.as_bytes()).await?;
        Ok(self
            .tx
            .execute(
                &FINISH,
                args![
                    run.team,
                    run.id,
                    run.status.as_str(),
                    run.started_at,
                    run.finished_at,
                    &stats,
                    &detail
                ],
            )
            .await?
            > 0)
    }

    /// Runs in this node's shards that are marked as running under an earlier epoch: their runner is gone. The new owner
    /// puts each back with [`Runs::requeue`] or ends it with [`Runs::finish`] under the epoch given here.
    pub async fn stranded(
        &mut self,
        owner: NodeId,
        limit: u32,
    ) -> Result<Vec<ClaimedRun>, StorageError> {
        self.tx
            .all(&STRANDED, args![owner, limit])
            .await?
            .iter()
            .map(claimed)
            .collect()
    }

    /// Running becomes queued again under the present epoch; `false` when the lease has changed hands.
    pub async fn requeue(
        &mut self,
        team: TeamId,
        id: RunId,
        epoch: i64,
    ) -> Result<bool, StorageError> {
        if !self.fence(team, id, epoch).await? {
            return Ok(false);
        }
        Ok(self.tx.execute(&REQUEUE, args![team, id]).await? > 0)
    }
}

impl Runs<'_> {
    /// Whether the lease of the run's shard still has this epoch; if so it has it until the end of the unit of work.
    async fn fence(&mut self, team: TeamId, id: RunId, epoch: i64) -> Result<bool, StorageError> {
        let Some(row) = self.tx.optional(&SHARD, args![team, id]).await? else {
            return Ok(false);
        };
        let shard = Shard(row.get("shard")?);
        self.tx.leases().fence_epoch(shard, epoch).await
    }
}

fn claimed(row: &Row) -> Result<ClaimedRun, StorageError> {
    Ok(ClaimedRun {
        run: run(row)?,
        epoch: row.get("held")?,
    })
}

fn run(row: &Row) -> Result<Run, StorageError> {
    Ok(Run {
        id: row.get("id")?,
        team: row.get("team")?,
        monitor: row.get("monitor")?,
        status: row.get("status")?,
        trigger: row.get("triggered_by")?,
        requested_by: row.get("requested_by")?,
        due_at: row.get("due_at")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
        stats: row.json("stats")?,
    })
}
