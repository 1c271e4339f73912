//! Sessions of browsers: what their cookies hold is not kept.

use postern_model::{ContentHash, Session, SessionId, TeamId, Timestamp, UserId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "hash, id, team, user_id, agent, created_at, used_at, expires_at, by_link"
    };
}

statements! {
    INSERT = concat!("INSERT INTO sessions (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    FIND_BY_HASH = concat!("SELECT ", columns!(), " FROM sessions WHERE hash = $1");
    LIST = concat!("SELECT ", columns!(), " FROM sessions WHERE team = $1 AND user_id = $2 ORDER BY created_at DESC");
    TOUCH = "UPDATE sessions SET used_at = $2 WHERE hash = $1 AND used_at <= $3";
    SPEND_LINK = "UPDATE sessions SET by_link = $4 WHERE team = $1 AND user_id = $2 AND id = $3 AND by_link <> $4";
    DELETE = "DELETE FROM sessions WHERE team = $1 AND user_id = $2 AND id = $3";
    DELETE_OF = "DELETE FROM sessions WHERE team = $1 AND user_id = $2 AND id <> $3";
    EXPIRE = "DELETE FROM sessions WHERE expires_at < $1";
}

/// The last use is noted to the minute, so that reading does not write each time.
const MINUTE_MS: i64 = 60_000;

/// The table of sessions.
pub struct Sessions<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Sessions<'_> {
    /// Adds a session.
    pub async fn insert(&mut self, session: &Session) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    &session.hash,
                    session.id,
                    session.team,
                    session.user,
                    &session.agent,
                    session.created_at,
                    session.used_at,
                    session.expires_at,
                    session.by_link
                ],
            )
            .await?;
        Ok(())
    }

    /// The session whose cookie has this hash.
    pub async fn find_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> Result<Option<Session>, StorageError> {
        let row = self.tx.optional(&FIND_BY_HASH, args![&hash]).await?;
        row.as_ref().map(session).transpose()
    }

    /// A user's sessions in a team, the newest first.
    pub async fn list(&mut self, team: TeamId, user: UserId) -> Result<Vec<Session>, StorageError> {
        let rows = self.tx.all(&LIST, args![team, user]).await?;
        rows.iter().map(session).collect()
    }

    /// Notes that the session was used, if that is a minute later than what is noted.
    pub async fn touch(&mut self, hash: ContentHash, now: Timestamp) -> Result<(), StorageError> {
        self.tx
            .execute(&TOUCH, args![&hash, now, now.0 - MINUTE_MS])
            .await?;
        Ok(())
    }

    /// Has a session allow no more than others, however it began; whether it did until now.
    pub async fn spend_link(
        &mut self,
        team: TeamId,
        user: UserId,
        id: SessionId,
    ) -> Result<bool, StorageError> {
        let args = args![team, user, id, false];
        Ok(self.tx.execute(&SPEND_LINK, args).await? > 0)
    }

    /// Ends a session of a user; whether there was one.
    pub async fn delete(
        &mut self,
        team: TeamId,
        user: UserId,
        id: SessionId,
    ) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, user, id]).await? > 0)
    }

    /// Ends all of a user's sessions in a team, but for one that is kept.
    pub async fn delete_of(
        &mut self,
        team: TeamId,
        user: UserId,
        kept: Option<SessionId>,
    ) -> Result<(), StorageError> {
        let kept = kept.map_or(uuid::Uuid::nil(), |id| id.0);
        self.tx.execute(&DELETE_OF, args![team, user, kept]).await?;
        Ok(())
    }

    /// Takes away those that open nothing any more.
    pub async fn expire(&mut self, now: Timestamp) -> Result<(), StorageError> {
        self.tx.execute(&EXPIRE, args![now]).await?;
        Ok(())
    }
}

fn session(row: &Row) -> Result<Session, StorageError> {
    Ok(Session {
        hash: row.get("hash")?,
        id: row.get("id")?,
        team: row.get("team")?,
        user: row.get("user_id")?,
        agent: row.get("agent")?,
        created_at: row.get("created_at")?,
        used_at: row.get("used_at")?,
        expires_at: row.get("expires_at")?,
        by_link: row.get("by_link")?,
    })
}
