//! Who belongs to which team, in what role.

use postern_model::{Role, TeamId, Timestamp, User, UserId};

use crate::argument::args;
use crate::statement::statements;
use crate::users::user as read_user;
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO memberships (team, user_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (team, user_id) DO UPDATE SET role = excluded.role";
    REMOVE = "DELETE FROM memberships WHERE team = $1 AND user_id = $2";
    FIRST = "SELECT team, role FROM memberships WHERE user_id = $1 ORDER BY created_at, team LIMIT 1";
    FIRST_ADMIN = "SELECT user_id FROM memberships WHERE team = $1 AND role = $2 ORDER BY created_at, user_id LIMIT 1";
    ROLE = "SELECT role FROM memberships WHERE team = $1 AND user_id = $2";
    LIST = "SELECT u.id, u.username, u.email, u.full_name, u.created_at, m.role
        FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.team = $1 ORDER BY u.id";
}

/// A user of a team, and the role there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: User,
    /// What the user may do in the team.
    pub role: Role,
}

/// The table of memberships.
pub struct Memberships<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Memberships<'_> {
    /// Makes a user a member, or changes the role.
    pub async fn put(
        &mut self,
        team: TeamId,
        user: UserId,
        role: Role,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(&PUT, args![team, user, role.as_str(), now])
            .await?;
        Ok(())
    }

    /// Ends a membership; whether there was one.
    pub async fn remove(&mut self, team: TeamId, user: UserId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&REMOVE, args![team, user]).await? > 0)
    }

    /// The team that the user has been in for the longest.
    pub async fn first(&mut self, user: UserId) -> Result<Option<(TeamId, Role)>, StorageError> {
        let row = self.tx.optional(&FIRST, args![user]).await?;
        row.map(|row| Ok((row.get("team")?, row.get("role")?)))
            .transpose()
    }

    /// Of the team's admins the one who has been in it for the longest.
    pub async fn first_admin(&mut self, team: TeamId) -> Result<Option<UserId>, StorageError> {
        let arguments = args![team, Role::Admin.as_str()];
        let row = self.tx.optional(&FIRST_ADMIN, arguments).await?;
        row.map(|row| row.get("user_id")).transpose()
    }

    /// The user's role in a team.
    pub async fn role(&mut self, team: TeamId, user: UserId) -> Result<Option<Role>, StorageError> {
        self.tx
            .optional(&ROLE, args![team, user])
            .await?
            .map(|row| row.get("role"))
            .transpose()
    }

    /// A team's members, by user id.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Member>, StorageError> {
        self.tx
            .all(&LIST, args![team])
            .await?
            .iter()
            .map(|row| {
                Ok(Member {
                    user: read_user(row)?,
                    role: row.get("role")?,
                })
            })
            .collect()
    }
}
