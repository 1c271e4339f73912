//! Settings: few, by name.

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    GET = "SELECT value FROM settings WHERE name = $1";
    SET = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    SET_ONCE = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
}

/// The table of settings.
pub struct Settings<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Settings<'_> {
    /// The value of this name.
    pub async fn get(&mut self, name: &str) -> Result<Option<String>, StorageError> {
        self.tx
            .optional(&GET, args![name])
            .await?
            .map(|row| row.get("value"))
            .transpose()
    }

    /// Sets a value.
    pub async fn set(&mut self, name: &str, value: &str) -> Result<(), StorageError> {
        self.tx.execute(&SET, args![name, value]).await?;
        Ok(())
    }

    /// Sets a value that nobody has set; whether it was this call that did. What must happen once in an installation asks here.
    pub async fn set_once(&mut self, name: &str, value: &str) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&SET_ONCE, args![name, value]).await? > 0)
    }
}
