//! Users.

use postern_model::{User, UserId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "id, username, email, full_name, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO users (", columns!(), ") VALUES ($1, $2, $3, $4, $5)");
    GET = concat!("SELECT ", columns!(), " FROM users WHERE id = $1");
}

/// The table of users.
pub struct Users<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Users<'_> {
    /// Adds a user. Ids are the caller's choice (random numbers), so that no sequence is needed; a taken one is a conflict.
    pub async fn insert(&mut self, user: &User) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    user.id,
                    &user.username,
                    &user.email,
                    &user.full_name,
                    user.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The user of this id.
    pub async fn get(&mut self, id: UserId) -> Result<Option<User>, StorageError> {
        self.tx
            .optional(&GET, args![id])
            .await?
            .as_ref()
            .map(user)
            .transpose()
    }
}

pub(crate) fn user(row: &Row) -> Result<User, StorageError> {
    Ok(User {
        id: row.get("id")?,
        username: row.get("username")?,
        email: row.get("email")?,
        full_name: row.get("full_name")?,
        created_at: row.get("created_at")?,
    })
}
