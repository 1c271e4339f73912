//! Attempts. They are written by [`crate::Deliveries::finish`] and read here.

use postern_model::{Attempt, DeliveryId, TeamId};

use crate::{StorageError, Tx};

/// The table of attempts.
pub struct Attempts<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Attempts<'_> {
    /// A delivery's attempts, the first one first.
    pub async fn list(
        &mut self,
        team: TeamId,
        delivery: DeliveryId,
    ) -> Result<Vec<Attempt>, StorageError> {
        unimplemented!()
    }
}
