//! Inboxes. What their addresses hold is sealed, and found by its hash.

use postern_model::{ContentHash, Inbox, InboxAnswer, InboxId, TeamId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

/// What the sealed tokens are bound to.
const TOKEN: &str = "inboxes.token";

macro_rules! columns {
    () => {
        "team, id, name, sealed_token, status, delay_ms, body, content_type, created_by, created_at"
    };
}

macro_rules! find {
    () => {
        concat!("SELECT ", columns!(), " FROM inboxes WHERE hash = $1")
    };
}

statements! {
    INSERT = concat!("INSERT INTO inboxes (", columns!(), ", hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    GET = concat!("SELECT ", columns!(), " FROM inboxes WHERE team = $1 AND id = $2");
    FIND = find!();
    FIND_FOR_UPDATE = find!() => concat!(find!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM inboxes WHERE team = $1 ORDER BY id");
    UPDATE = "UPDATE inboxes SET name = $3, status = $4, delay_ms = $5, body = $6, content_type = $7 WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM inboxes WHERE team = $1 AND id = $2";
}

/// The table of inboxes.
pub struct Inboxes<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Inboxes<'_> {
    /// Adds an inbox.
    pub async fn insert(&mut self, inbox: &Inbox) -> Result<(), StorageError> {
        let token = self.tx.seal(TOKEN, inbox.id.0, inbox.token.as_bytes());
        let hash = ContentHash::of(inbox.token.as_bytes());
        let answer = &inbox.answer;
        self.tx
            .execute(
                &INSERT,
                args![
                    inbox.team,
                    inbox.id,
                    &inbox.name,
                    &token,
                    answer.status,
                    answer.delay_ms,
                    &answer.body,
                    &answer.content_type,
                    inbox.created_by,
                    inbox.created_at,
                    &hash
                ],
            )
            .await?;
        Ok(())
    }

    /// The inbox of this id.
    pub async fn get(&mut self, team: TeamId, id: InboxId) -> Result<Option<Inbox>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.inbox(&row)).transpose()
    }

    /// The inbox whose address holds this.
    pub async fn find(&mut self, token: &str) -> Result<Option<Inbox>, StorageError> {
        let hash = ContentHash::of(token.as_bytes());
        let row = self.tx.optional(&FIND, args![&hash]).await?;
        row.map(|row| self.inbox(&row)).transpose()
    }

    /// The same, locked until the end of the unit of work: what comes to one inbox comes one after the other.
    pub async fn find_for_update(&mut self, token: &str) -> Result<Option<Inbox>, StorageError> {
        let hash = ContentHash::of(token.as_bytes());
        let row = self.tx.optional(&FIND_FOR_UPDATE, args![&hash]).await?;
        row.map(|row| self.inbox(&row)).transpose()
    }

    /// A team's inboxes, the oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Inbox>, StorageError> {
        let rows = self.tx.all(&LIST, args![team]).await?;
        rows.iter().map(|row| self.inbox(row)).collect()
    }

    /// Writes the name and the answer. Whether it was there.
    pub async fn update(&mut self, inbox: &Inbox) -> Result<bool, StorageError> {
        let answer = &inbox.answer;
        let arguments = args![
            inbox.team,
            inbox.id,
            &inbox.name,
            answer.status,
            answer.delay_ms,
            &answer.body,
            &answer.content_type
        ];
        Ok(self.tx.execute(&UPDATE, arguments).await? > 0)
    }

    /// Removes an inbox with all that has come to it. Whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: InboxId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    fn inbox(&self, row: &Row) -> Result<Inbox, StorageError> {
        let id: InboxId = row.get("id")?;
        let sealed: Vec<u8> = row.get("sealed_token")?;
        let token = String::from_utf8(self.tx.unseal(TOKEN, id.0, &sealed)?)
            .map_err(|error| row.inconsistent("sealed_token", error.to_string()))?;
        Ok(Inbox {
            id,
            team: row.get("team")?,
            name: row.get("name")?,
            token,
            answer: InboxAnswer {
                status: row.get("status")?,
                delay_ms: row.get("delay_ms")?,
                body: row.get("body")?,
                content_type: row.get("content_type")?,
            },
            created_by: row.get("created_by")?,
            created_at: row.get("created_at")?,
        })
    }
}
