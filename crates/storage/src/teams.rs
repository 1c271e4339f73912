//! Teams.

use postern_model::{Team, TeamId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "id, name, domain, created_at"
    };
}

macro_rules! get {
    () => {
        concat!("SELECT ", columns!(), " FROM teams WHERE id = $1")
    };
}

statements! {
    ANY = "SELECT id FROM teams LIMIT 1";
    INSERT = concat!("INSERT INTO teams (", columns!(), ") VALUES ($1, $2, $3, $4)");
    GET = get!();
    LOCK = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    RENAME = "UPDATE teams SET name = $2 WHERE id = $1";
    LIST = concat!("SELECT ", columns!(), " FROM teams ORDER BY id");
}

/// The table of teams.
pub struct Teams<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Teams<'_> {
    /// Whether there is no team yet, as at the first start.
    pub async fn is_empty(&mut self) -> Result<bool, StorageError> {
        Ok(self.tx.optional(&ANY, args![]).await?.is_none())
    }

    /// Adds a team.
    pub async fn insert(&mut self, team: &Team) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![team.id, &team.name, &team.domain, team.created_at],
            )
            .await?;
        Ok(())
    }

    /// The team of this id.
    pub async fn get(&mut self, id: TeamId) -> Result<Option<Team>, StorageError> {
        self.tx
            .optional(&GET, args![id])
            .await?
            .as_ref()
            .map(team)
            .transpose()
    }

    /// Has whoever changes the team's people wait until this unit of work ends.
    pub async fn lock(&mut self, id: TeamId) -> Result<(), StorageError> {
        self.tx.optional(&LOCK, args![id]).await?;
        Ok(())
    }

    /// Gives a team another name; whether it is there.
    pub async fn rename(&mut self, id: TeamId, name: &str) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&RENAME, args![id, name]).await? > 0)
    }

    /// All teams, oldest first.
    pub async fn list(&mut self) -> Result<Vec<Team>, StorageError> {
        self.tx
            .all(&LIST, args![])
            .await?
            .iter()
            .map(team)
            .collect()
    }
}

fn team(row: &Row) -> Result<Team, StorageError> {
    Ok(Team {
        id: row.get("id")?,
        name: row.get("name")?,
        domain: row.get("domain")?,
        created_at: row.get("created_at")?,
    })
}
