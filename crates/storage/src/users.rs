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
    FIND_BY_EMAIL = concat!("SELECT ", columns!(), " FROM users WHERE lower(email) = $1");
    UPDATE = "UPDATE users SET username = $2, email = $3, full_name = $4 WHERE id = $1";
    PASSWORD = "SELECT password_hash FROM users WHERE id = $1";
    SET_PASSWORD = "UPDATE users SET password_hash = $2 WHERE id = $1";
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

    /// The user with this e-mail address, however it is written.
    pub async fn find_by_email(&mut self, email: &str) -> Result<Option<User>, StorageError> {
        let email = email.trim().to_ascii_lowercase();
        let row = self.tx.optional(&FIND_BY_EMAIL, args![&email]).await?;
        row.as_ref().map(user).transpose()
    }

    /// Writes what a user is called, and where to write to; whether the user is there.
    pub async fn update(&mut self, user: &User) -> Result<bool, StorageError> {
        let arguments = args![user.id, &user.username, &user.email, &user.full_name];
        Ok(self.tx.execute(&UPDATE, arguments).await? > 0)
    }

    /// The hash of the user's password; `None`: the user has none.
    pub async fn password_hash(&mut self, id: UserId) -> Result<Option<String>, StorageError> {
        let row = self.tx.optional(&PASSWORD, args![id]).await?;
        row.map_or(Ok(None), |row| row.get("password_hash"))
    }

    /// Gives the user a password, by its hash; whether the user is there.
    pub async fn set_password(&mut self, id: UserId, hash: &str) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&SET_PASSWORD, args![id, hash]).await? > 0)
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
