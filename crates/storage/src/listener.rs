//! What other nodes tell, on PostgreSQL. It only saves waiting: who misses a message finds the rows by a slow poll.

use sqlx::PgPool;
use sqlx::postgres::PgListener;

use crate::StorageError;

/// An open ear on one channel.
pub struct Listener(PgListener);

impl Listener {
    pub(crate) async fn open(pool: &PgPool, channel: &str) -> Result<Self, StorageError> {
        let failed = |source| StorageError::Database {
            statement: "LISTEN",
            source,
        };
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(channel).await.map_err(failed)?;
        Ok(Self(listener))
    }

    /// The next message's payload. A lost connection is made again; an error says that it could not be.
    pub async fn recv(&mut self) -> Result<String, StorageError> {
        match self.0.recv().await {
            Ok(message) => Ok(message.payload().to_owned()),
            Err(source) => Err(StorageError::Database {
                statement: "LISTEN",
                source,
            }),
        }
    }
}
