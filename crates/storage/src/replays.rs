//! Replays: what was chosen, and how far each has come.

use postern_model::{DeliveryId, NodeId, Replay, ReplayId, TeamId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, selection, rate, state, total, done, skipped, created_by, created_at, updated_at, finished_at"
    };
}

macro_rules! get {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            ", position FROM replays WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO replays (", columns!(), ", shard)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM replays WHERE team = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    RUNNING = "SELECT r.team, r.id, r.rate FROM shards s JOIN replays r ON r.shard = s.shard AND r.state = 'running'
        WHERE s.owner = $1 ORDER BY r.id";
    UPDATE = "UPDATE replays SET state = $3, done = $4, skipped = $5, position = $6, updated_at = $7, finished_at = $8
        WHERE team = $1 AND id = $2";
}

/// A replay that this node is to make go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningReplay {
    /// Whose it is.
    pub team: TeamId,
    /// Which one.
    pub id: ReplayId,
    /// How many a second.
    pub rate: u32,
}

/// The table of replays.
pub struct Replays<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Replays<'_> {
    /// Adds a replay.
    pub async fn insert(&mut self, replay: &Replay) -> Result<(), StorageError> {
        let selection = json("a replay's selection", &replay.selection)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    replay.team,
                    replay.id,
                    &selection,
                    replay.rate,
                    replay.state.as_str(),
                    signed(replay.total),
                    signed(replay.done),
                    signed(replay.skipped),
                    replay.created_by,
                    replay.created_at,
                    replay.updated_at,
                    replay.finished_at,
                    replay.shard().0
                ],
            )
            .await?;
        Ok(())
    }

    /// The replay of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: ReplayId,
    ) -> Result<Option<Replay>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.as_ref().map(replay).transpose()
    }

    /// The same and the last delivery that it looked at, locked until the end of the unit of work.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: ReplayId,
    ) -> Result<Option<(Replay, Option<DeliveryId>)>, StorageError> {
        let row = self.tx.optional(&GET_FOR_UPDATE, args![team, id]).await?;
        row.as_ref()
            .map(|row| Ok((replay(row)?, row.get("position")?)))
            .transpose()
    }

    /// A team's replays, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        page: PageRequest,
    ) -> Result<Page<Replay>, StorageError> {
        let rows = self
            .tx
            .all(&LIST, args![team, page.below(), page.rows()])
            .await?;
        let replays = rows.iter().map(replay).collect::<Result<_, _>>()?;
        Ok(page.page(replays, |replay| replay.id.0))
    }

    /// Those that go on in this node's shards.
    pub async fn running(&mut self, owner: NodeId) -> Result<Vec<RunningReplay>, StorageError> {
        let rows = self.tx.all(&RUNNING, args![owner]).await?;
        rows.iter()
            .map(|row| {
                Ok(RunningReplay {
                    team: row.get("team")?,
                    id: row.get("id")?,
                    rate: row.get("rate")?,
                })
            })
            .collect()
    }

    /// Writes how far it has come.
    pub async fn update(
        &mut self,
        replay: &Replay,
        position: Option<DeliveryId>,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(
                &UPDATE,
                args![
                    replay.team,
                    replay.id,
                    replay.state.as_str(),
                    signed(replay.done),
                    signed(replay.skipped),
                    position,
                    replay.updated_at,
                    replay.finished_at
                ],
            )
            .await?;
        Ok(())
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn replay(row: &Row) -> Result<Replay, StorageError> {
    Ok(Replay {
        id: row.get("id")?,
        team: row.get("team")?,
        selection: row.json("selection")?,
        rate: row.get("rate")?,
        state: row.get("state")?,
        total: row.get("total")?,
        done: row.get("done")?,
        skipped: row.get("skipped")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        finished_at: row.get("finished_at")?,
    })
}
