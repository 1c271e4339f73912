//! Invitations: what their links hold is not kept.

use postern_model::{ContentHash, Invitation, InvitationId, TeamId, Timestamp};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, hash, email, role, created_by, created_at, expires_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO invitations (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    FIND_BY_HASH = concat!("SELECT ", columns!(), " FROM invitations WHERE hash = $1");
    LIST = concat!("SELECT ", columns!(), " FROM invitations WHERE team = $1 ORDER BY id");
    DELETE = "DELETE FROM invitations WHERE team = $1 AND id = $2";
    EXPIRE = "DELETE FROM invitations WHERE expires_at < $1";
}

/// The table of invitations.
pub struct Invitations<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Invitations<'_> {
    /// Adds an invitation.
    pub async fn insert(&mut self, invitation: &Invitation) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    invitation.team,
                    invitation.id,
                    &invitation.hash,
                    &invitation.email,
                    invitation.role.as_str(),
                    invitation.created_by,
                    invitation.created_at,
                    invitation.expires_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The invitation whose link has this hash.
    pub async fn find_by_hash(
        &mut self,
        hash: ContentHash,
    ) -> Result<Option<Invitation>, StorageError> {
        let row = self.tx.optional(&FIND_BY_HASH, args![&hash]).await?;
        row.as_ref().map(invitation).transpose()
    }

    /// A team's invitations, the oldest first.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Invitation>, StorageError> {
        let rows = self.tx.all(&LIST, args![team]).await?;
        rows.iter().map(invitation).collect()
    }

    /// Takes an invitation back, or uses it up; whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: InvitationId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    /// Takes away those that open nothing any more.
    pub async fn expire(&mut self, now: Timestamp) -> Result<(), StorageError> {
        self.tx.execute(&EXPIRE, args![now]).await?;
        Ok(())
    }
}

fn invitation(row: &Row) -> Result<Invitation, StorageError> {
    Ok(Invitation {
        team: row.get("team")?,
        id: row.get("id")?,
        hash: row.get("hash")?,
        email: row.get("email")?,
        role: row.get("role")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}
