//! API keys: records and hashes; the keys themselves are not kept.

use postern_model::{ApiKey, ApiKeyId, ContentHash, TeamId, Timestamp, UserId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// The last use is noted to the minute, so that reading does not write each time.
const MINUTE_MS: i64 = 60_000;

macro_rules! columns {
    () => {
        "team, id, user_id, name, role, hash, prefix, created_at, last_used_at, expires_at, workspaces"
    };
}

statements! {
    INSERT = concat!("INSERT INTO api_keys (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    FIND_BY_HASH = concat!("SELECT ", columns!(), " FROM api_keys WHERE hash = $1");
    LIST = concat!("SELECT ", columns!(), " FROM api_keys WHERE team = $1 ORDER BY id");
    TOUCH = "UPDATE api_keys SET last_used_at = $3
        WHERE team = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4)";
    DELETE = "DELETE FROM api_keys WHERE team = $1 AND id = $2";
    DELETE_OF = "DELETE FROM api_keys WHERE team = $1 AND user_id = $2";
}

/// The table of API keys.
pub struct ApiKeys<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl ApiKeys<'_> {
    /// Adds a key's record.
    pub async fn insert(&mut self, key: &ApiKey) -> Result<(), StorageError> {
        let workspaces = json("a key's workspaces", &key.workspaces)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    key.team,
                    key.id,
                    key.user,
                    &key.name,
                    key.role.as_str(),
                    &key.hash,
                    &key.prefix,
                    key.created_at,
                    key.last_used_at,
                    key.expires_at,
                    &workspaces
                ],
            )
            .await?;
        Ok(())
    }

    /// The key with this hash, of whatever team: this is how a caller is known.
    pub async fn find_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> Result<Option<ApiKey>, StorageError> {
        self.tx
            .optional(&FIND_BY_HASH, args![&hash])
            .await?
            .as_ref()
            .map(key)
            .transpose()
    }

    /// A team's keys, oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<ApiKey>, StorageError> {
        self.tx
            .all(&LIST, args![team])
            .await?
            .iter()
            .map(key)
            .collect()
    }

    /// Notes that the key was used, if that is a minute later than what is noted.
    pub async fn touch(
        &mut self,
        team: TeamId,
        id: ApiKeyId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&TOUCH, args![team, id, now, now.0 - MINUTE_MS])
            .await?;
        Ok(())
    }

    /// Removes a key; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: ApiKeyId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    /// Removes the keys that act for a user.
    pub async fn delete_of(&mut self, team: TeamId, user: UserId) -> Result<(), StorageError> {
        self.tx.execute(&DELETE_OF, args![team, user]).await?;
        Ok(())
    }
}

fn key(row: &Row) -> Result<ApiKey, StorageError> {
    Ok(ApiKey {
        id: row.get("id")?,
        team: row.get("team")?,
        user: row.get("user_id")?,
        name: row.get("name")?,
        role: row.get("role")?,
        hash: row.get("hash")?,
        prefix: row.get("prefix")?,
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
        expires_at: row.get("expires_at")?,
        workspaces: row.json("workspaces")?,
    })
}
