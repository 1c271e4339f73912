//! Who belongs to which team, in what role.

use postern_model::{Role, TeamId, Timestamp, User, UserId};

use crate::{StorageError, Tx};

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
        unimplemented!()
    }

    /// The user's role in a team.
    pub async fn role(&mut self, team: TeamId, user: UserId) -> Result<Option<Role>, StorageError> {
        unimplemented!()
    }

    /// A team's members, by user id.
    pub async fn list(&mut self, team: TeamId) -> Result<Vec<Member>, StorageError> {
        unimplemented!()
    }
}
