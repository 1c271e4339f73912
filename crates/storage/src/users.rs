//! Users.

use postern_model::{User, UserId};

use crate::{StorageError, Tx};

/// The table of users.
pub struct Users<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Users<'_> {
    /// Adds a user. Ids are the caller's choice (random numbers), so that no sequence is needed; a taken one is a conflict.
    pub async fn insert(&mut self, user: &User) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The user of this id.
    pub async fn get(&mut self, id: UserId) -> Result<Option<User>, StorageError> {
        unimplemented!()
    }
}
