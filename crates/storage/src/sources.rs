//! Sources: where collections and environments come from by themselves. Where that is, is sealed: a key may be part of it.

use postern_model::{Source, SourceId, SourceItem, SourceKind, SourcePlace, TeamId, Timestamp};
use uuid::Uuid;

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

/// What the sealed places are bound to.
const PLACE: &str = "sources.place";

macro_rules! columns {
    () => {
        "team, id, workspace, name, sealed_place, every, next_due_at, checked_at, failing_since, error, created_by, created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO sources (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    GET = concat!("SELECT ", columns!(), " FROM sources WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM sources WHERE team = $1 ORDER BY id");
    UPDATE = "UPDATE sources SET name = $3, sealed_place = $4, every = $5, next_due_at = $6, updated_at = $7
        WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM sources WHERE team = $1 AND id = $2";
    DUE = concat!("SELECT ", columns!(), " FROM sources WHERE next_due_at <= $1 ORDER BY next_due_at LIMIT $2");
    NEXT = "SELECT next_due_at FROM sources WHERE next_due_at IS NOT NULL ORDER BY next_due_at LIMIT 1";
    CLAIM = "UPDATE sources SET next_due_at = $4 WHERE team = $1 AND id = $2 AND next_due_at = $3";
    SET_DUE = "UPDATE sources SET next_due_at = $3 WHERE team = $1 AND id = $2";
    CHECKED = "UPDATE sources SET checked_at = $3, failing_since = $4, error = $5 WHERE team = $1 AND id = $2";
    ITEMS = "SELECT kind, there, thing, seen FROM source_items WHERE team = $1 AND source = $2 ORDER BY kind, there";
    PUT_ITEM = "INSERT INTO source_items (team, source, kind, there, thing, seen) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (team, source, kind, there) DO UPDATE SET thing = excluded.thing, seen = excluded.seen";
    DELETE_ITEM = "DELETE FROM source_items WHERE team = $1 AND source = $2 AND kind = $3 AND there = $4";
    OWNER = "SELECT s.id, s.name FROM source_items i JOIN sources s ON s.team = i.team AND s.id = i.source
        WHERE i.team = $1 AND i.thing = $2";
}

/// The tables of sources.
pub struct Sources<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Sources<'_> {
    /// Adds a source.
    pub async fn insert(&mut self, source: &Source) -> Result<(), StorageError> {
        let place = self.seal(source)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    source.team,
                    source.id,
                    source.workspace,
                    &source.name,
                    &place,
                    source.every,
                    source.next_due_at,
                    source.checked_at,
                    source.failing_since,
                    &source.error,
                    source.created_by,
                    source.created_at,
                    source.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The source of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: SourceId,
    ) -> Result<Option<Source>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.source(&row)).transpose()
    }

    /// A team's sources, the oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Source>, StorageError> {
        let rows = self.tx.all(&LIST, args![team]).await?;
        rows.iter().map(|row| self.source(row)).collect()
    }

    /// Writes name, place, how often and when next.
    pub async fn update(&mut self, source: &Source) -> Result<bool, StorageError> {
        let place = self.seal(source)?;
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    source.team,
                    source.id,
                    &source.name,
                    &place,
                    source.every,
                    source.next_due_at,
                    source.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Removes a source; what came from it stays. Whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: SourceId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    /// Sources of all teams that are due, the longest due first.
    pub async fn due(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Source>, StorageError> {
        let rows = self.tx.all(&DUE, args![now, limit]).await?;
        rows.iter().map(|row| self.source(row)).collect()
    }

    /// When the next one is due.
    pub async fn next_due(&mut self) -> Result<Option<Timestamp>, StorageError> {
        let row = self.tx.optional(&NEXT, args![]).await?;
        row.map(|row| row.get("next_due_at")).transpose()
    }

    /// Takes a source that is due: it is due at another time then, or not at all. `false`: another node was faster.
    pub async fn claim(
        &mut self,
        source: &Source,
        next: Option<Timestamp>,
    ) -> Result<bool, StorageError> {
        let arguments = args![source.team, source.id, source.next_due_at, next];
        Ok(self.tx.execute(&CLAIM, arguments).await? > 0)
    }

    /// Makes a source due at this time; whether it was there.
    pub async fn set_due(
        &mut self,
        team: TeamId,
        id: SourceId,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&SET_DUE, args![team, id, at]).await? > 0)
    }

    /// Notes what came of a look.
    pub async fn checked(
        &mut self,
        team: TeamId,
        id: SourceId,
        now: Timestamp,
        failing: Option<(Timestamp, &str)>,
    ) -> Result<bool, StorageError> {
        let (since, error) = failing.unzip();
        let arguments = args![team, id, now, since, error];
        Ok(self.tx.execute(&CHECKED, arguments).await? > 0)
    }

    /// What came from a source.
    pub async fn items(
        &mut self,
        team: TeamId,
        id: SourceId,
    ) -> Result<Vec<SourceItem>, StorageError> {
        let rows = self.tx.all(&ITEMS, args![team, id]).await?;
        rows.iter()
            .map(|row| {
                Ok(SourceItem {
                    kind: row.get("kind")?,
                    there: row.get("there")?,
                    thing: row.get("thing")?,
                    seen: row.get("seen")?,
                })
            })
            .collect()
    }

    /// Notes that something came from a source, and how it was seen there.
    pub async fn put_item(
        &mut self,
        team: TeamId,
        id: SourceId,
        item: &SourceItem,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(
                &PUT_ITEM,
                args![
                    team,
                    id,
                    item.kind.as_str(),
                    &item.there,
                    item.thing,
                    &item.seen
                ],
            )
            .await?;
        Ok(())
    }

    /// Forgets that something came from a source.
    pub async fn delete_item(
        &mut self,
        team: TeamId,
        id: SourceId,
        kind: SourceKind,
        there: &str,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&DELETE_ITEM, args![team, id, kind.as_str(), there])
            .await?;
        Ok(())
    }

    /// The source that a collection or an environment came from, if from one.
    pub async fn owner(
        &mut self,
        team: TeamId,
        thing: Uuid,
    ) -> Result<Option<(SourceId, String)>, StorageError> {
        let row = self.tx.optional(&OWNER, args![team, thing]).await?;
        row.map(|row| Ok((row.get("id")?, row.get("name")?)))
            .transpose()
    }

    fn seal(&self, source: &Source) -> Result<Vec<u8>, StorageError> {
        let open = crate::tx::json("a source's place", &source.place)?;
        Ok(self.tx.seal(PLACE, source.id.0, open.as_bytes()))
    }

    fn source(&self, row: &Row) -> Result<Source, StorageError> {
        let id: SourceId = row.get("id")?;
        let sealed: Vec<u8> = row.get("sealed_place")?;
        let open = self.tx.unseal(PLACE, id.0, &sealed)?;
        let place: SourcePlace = serde_json::from_slice(&open)
            .map_err(|error| row.inconsistent("sealed_place", error.to_string()))?;
        Ok(Source {
            id,
            team: row.get("team")?,
            workspace: row.get("workspace")?,
            name: row.get("name")?,
            place,
            every: row.get("every")?,
            next_due_at: row.get("next_due_at")?,
            checked_at: row.get("checked_at")?,
            failing_since: row.get("failing_since")?,
            error: row.get("error")?,
            created_by: row.get("created_by")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
