//! Links that sign somebody in once: what they hold is not kept.

use postern_model::{ContentHash, SignInLink, TeamId, Timestamp, UserId};

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    INSERT = "INSERT INTO sign_in_links (hash, team, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    TAKE = "DELETE FROM sign_in_links WHERE hash = $1 RETURNING team, user_id, created_at, expires_at";
    DELETE_OF = "DELETE FROM sign_in_links WHERE team = $1 AND user_id = $2";
    EXPIRE = "DELETE FROM sign_in_links WHERE expires_at < $1";
}

/// The table of links that sign somebody in.
pub struct SignInLinks<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl SignInLinks<'_> {
    /// Adds a link.
    pub async fn insert(&mut self, link: &SignInLink) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    &link.hash,
                    link.team,
                    link.user,
                    link.created_at,
                    link.expires_at
                ],
            )
            .await?;
        Ok(())
    }

    /// Uses up the link of this hash, if there is one: of two who come with it at once, one gets it.
    pub async fn take(&mut self, hash: ContentHash) -> Result<Option<SignInLink>, StorageError> {
        let row = self.tx.optional(&TAKE, args![&hash]).await?;
        row.map(|row| {
            Ok(SignInLink {
                hash,
                team: row.get("team")?,
                user: row.get("user_id")?,
                created_at: row.get("created_at")?,
                expires_at: row.get("expires_at")?,
            })
        })
        .transpose()
    }

    /// Takes away all links of a user in a team.
    pub async fn delete_of(&mut self, team: TeamId, user: UserId) -> Result<(), StorageError> {
        self.tx.execute(&DELETE_OF, args![team, user]).await?;
        Ok(())
    }

    /// Takes away those that open nothing any more.
    pub async fn expire(&mut self, now: Timestamp) -> Result<(), StorageError> {
        self.tx.execute(&EXPIRE, args![now]).await?;
        Ok(())
    }
}
