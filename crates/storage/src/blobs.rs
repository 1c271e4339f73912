//! Blobs: documents and bodies, compressed, once for each content.

use postern_model::ContentHash;

use crate::{StorageError, Tx};

/// The table of blobs.
pub struct Blobs<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Blobs<'_> {
    /// Stores bytes; their hash. What is already there is not stored again.
    pub async fn put(&mut self, bytes: &[u8]) -> Result<ContentHash, StorageError> {
        unimplemented!()
    }

    /// The bytes of this hash.
    pub async fn get(&mut self, hash: ContentHash) -> Result<Option<Vec<u8>>, StorageError> {
        unimplemented!()
    }
}
