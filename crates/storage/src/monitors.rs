//! Monitors, and when each is due.

use postern_model::{
    CollectionId, EnvironmentId, Monitor, MonitorId, NodeId, Shard, Streak, TeamId, Timestamp,
    WorkspaceId,
};

use crate::argument::args;
use crate::pagination::limit;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, workspace, owner, name, collection, environment, active, cron, timezone, options, shard, \
         next_due_at, streak_failures, created_at, updated_at"
    };
}

macro_rules! get {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM monitors WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO monitors (", columns!(), ")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM monitors
        WHERE team = $1 AND (workspace = $2 OR $2 IS NULL) AND (collection = $3 OR $3 IS NULL)
            AND (environment = $4 OR $4 IS NULL) AND (active = $5 OR $5 IS NULL)
        ORDER BY id LIMIT $6 OFFSET $7");
    UPDATE = "UPDATE monitors SET workspace = $3, name = $4, collection = $5, environment = $6, active = $7, cron = $8,
            timezone = $9, options = $10, next_due_at = $11, updated_at = $12
        WHERE team = $1 AND id = $2";
    DELETE_QUEUED = "DELETE FROM runs WHERE team = $1 AND monitor = $2 AND status = 'queued'";
    DELETE = "DELETE FROM monitors WHERE team = $1 AND id = $2";
    // CROSS JOIN: SQLite then goes from shard to shard, and not through all monitors.
    DUE = concat!("WITH mine AS (SELECT shard AS lease, epoch FROM shards WHERE owner = $1)
        SELECT ", columns!(), ", epoch FROM mine CROSS JOIN monitors
        WHERE shard = lease AND next_due_at <= $2 AND active ORDER BY next_due_at, id LIMIT $3");
    // The first of each shard, and of these the first: a hundred thousand monitors are not gone through at each look.
    NEXT_DUE_AT = "SELECT MIN(due_at) AS due_at FROM (
            SELECT (SELECT m.next_due_at FROM monitors m
                WHERE m.shard = s.shard AND m.active AND m.next_due_at IS NOT NULL
                ORDER BY m.next_due_at LIMIT 1) AS due_at
            FROM shards s WHERE s.owner = $1) firsts";
    AHEAD = concat!("SELECT ", columns!(), ", epoch FROM (SELECT shard AS lease, epoch FROM shards WHERE owner = $1 AND shard = $2) mine
        CROSS JOIN monitors WHERE shard = lease AND next_due_at > $3 AND active");
    SET_NEXT_DUE = "UPDATE monitors SET next_due_at = $3 WHERE team = $1 AND id = $2";
    SET_STREAK = "UPDATE monitors SET streak_failures = $3 WHERE team = $1 AND id = $2";
}

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
        let options = json("a monitor's options", &monitor.options)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    monitor.team,
                    monitor.id,
                    monitor.workspace,
                    monitor.owner,
                    &monitor.name,
                    monitor.collection,
                    monitor.environment,
                    monitor.active,
                    &monitor.cron,
                    &monitor.timezone,
                    &options,
                    monitor.shard,
                    monitor.next_due_at,
                    monitor.streak.failures,
                    monitor.created_at,
                    monitor.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The monitor of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<Option<Monitor>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(monitor)
            .transpose()
    }

    /// The same, locked until the end of the unit of work: who moves its streak or its next time reads it so.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<Option<Monitor>, StorageError> {
        self.tx
            .optional(&GET_FOR_UPDATE, args![team, id])
            .await?
            .as_ref()
            .map(monitor)
            .transpose()
    }

    /// A team's monitors, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &MonitorFilter,
    ) -> Result<Vec<Monitor>, StorageError> {
        self.tx
            .all(
                &LIST,
                args![
                    team,
                    filter.workspace,
                    filter.collection,
                    filter.environment,
                    filter.active,
                    limit(filter.limit),
                    filter.offset
                ],
            )
            .await?
            .iter()
            .map(monitor)
            .collect()
    }

    /// Writes all that people set, and the next time; not the streak. Whether it was there.
    pub async fn update(&mut self, monitor: &Monitor) -> Result<bool, StorageError> {
        let options = json("a monitor's options", &monitor.options)?;
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    monitor.team,
                    monitor.id,
                    monitor.workspace,
                    &monitor.name,
                    monitor.collection,
                    monitor.environment,
                    monitor.active,
                    &monitor.cron,
                    &monitor.timezone,
                    &options,
                    monitor.next_due_at,
                    monitor.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Removes a monitor and what is queued for it; its past runs stay. Whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: MonitorId) -> Result<bool, StorageError> {
        self.tx.execute(&DELETE_QUEUED, args![team, id]).await?;
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    /// Active monitors in this node's shards whose next time has come, the longest due first.
    pub async fn due(
        &mut self,
        owner: NodeId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueMonitor>, StorageError> {
        self.tx
            .all(&DUE, args![owner, now, limit])
            .await?
            .iter()
            .map(due_monitor)
            .collect()
    }

    /// Active monitors in one of this node's shards whose next time is still to come.
    pub async fn ahead(
        &mut self,
        owner: NodeId,
        shard: Shard,
        now: Timestamp,
    ) -> Result<Vec<DueMonitor>, StorageError> {
        let rows = self.tx.all(&AHEAD, args![owner, shard.0, now]).await?;
        rows.iter().map(due_monitor).collect()
    }

    /// When the next monitor in this node's shards is due.
    pub async fn next_due_at(&mut self, owner: NodeId) -> Result<Option<Timestamp>, StorageError> {
        self.tx.one(&NEXT_DUE_AT, args![owner]).await?.get("due_at")
    }

    /// Sets the next time.
    pub async fn set_next_due(
        &mut self,
        team: TeamId,
        id: MonitorId,
        next: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&SET_NEXT_DUE, args![team, id, next])
            .await?;
        Ok(())
    }

    /// Sets the streak.
    pub async fn set_streak(
        &mut self,
        team: TeamId,
        id: MonitorId,
        streak: Streak,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&SET_STREAK, args![team, id, streak.failures])
            .await?;
        Ok(())
    }
}

fn due_monitor(row: &Row) -> Result<DueMonitor, StorageError> {
    Ok(DueMonitor {
        monitor: monitor(row)?,
        epoch: row.get("epoch")?,
    })
}

fn monitor(row: &Row) -> Result<Monitor, StorageError> {
    Ok(Monitor {
        id: row.get("id")?,
        team: row.get("team")?,
        workspace: row.get("workspace")?,
        owner: row.get("owner")?,
        name: row.get("name")?,
        collection: row.get("collection")?,
        environment: row.get("environment")?,
        active: row.get("active")?,
        cron: row.get("cron")?,
        timezone: row.get("timezone")?,
        options: row.json("options")?,
        shard: row.get("shard")?,
        next_due_at: row.get("next_due_at")?,
        streak: Streak {
            failures: row.get("streak_failures")?,
        },
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
