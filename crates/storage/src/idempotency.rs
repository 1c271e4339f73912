//! Idempotency keys: the same POST twice is done once and answered twice.

use postern_model::{ContentHash, TeamId, Timestamp};

use crate::{StorageError, Tx};

/// A key that came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose it is.
    pub team: TeamId,
    /// The key, as the caller chose it.
    pub key: String,
    /// Method and path.
    pub route: String,
    /// The hash of the request's body.
    pub request: ContentHash,
    /// When the request came.
    pub created_at: Timestamp,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and now belongs to this request.
    New,
    /// Another request with it is still under way.
    UnderWay,
    /// The same request was answered so.
    Answered(StoredAnswer),
    /// The key came with another request.
    OtherRequest,
}

/// The table of idempotency keys.
pub struct IdempotencyKeys<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl IdempotencyKeys<'_> {
    /// Takes the key for a request, or says what is known of it.
    pub async fn claim(&mut self, key: &IdempotencyKey) -> Result<Claim, StorageError> {
        unimplemented!()
    }

    /// Notes the answer.
    pub async fn answer(
        &mut self,
        team: TeamId,
        key: &str,
        answer: &StoredAnswer,
    ) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// Gives the key back: its request failed and may be tried again.
    pub async fn forget(&mut self, team: TeamId, key: &str) -> Result<(), StorageError> {
        unimplemented!()
    }
}
