//! Settings: few, by name.

use crate::{StorageError, Tx};

/// The table of settings.
pub struct Settings<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Settings<'_> {
    /// The value of this name.
    pub async fn get(&mut self, name: &str) -> Result<Option<String>, StorageError> {
        unimplemented!()
    }

    /// Sets a value.
    pub async fn set(&mut self, name: &str, value: &str) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Sets a value that nobody has set; whether it was this call that did. What must happen once in an installation asks here.
    pub async fn set_once(&mut self, name: &str, value: &str) -> Result<bool, StorageError> {
        unimplemented!()
    }
}
