//! The ear for other nodes, on PostgreSQL: what they commit rings our bells.
//!
//! It only saves waiting. Whoever misses a word finds the rows at the next period.

use std::time::Duration;

use postern_journal::Bells;
use postern_storage::{StorageError, Store};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::driver::words;

/// The pause before a lost connection is made again.
const PAUSE: Duration = Duration::from_secs(2);

/// Listens until it is stopped.
pub(crate) async fn listen(store: Store, bells: Bells, stop: CancellationToken) {
    let listening = async {
        loop {
            match hear(&store, &bells).await {
                // SQLite has no other nodes.
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(error = %words(&error), "failed to listen to the other nodes: the periods do for now");
                    sleep(PAUSE).await;
                }
            }
        }
    };
    stop.run_until_cancelled(listening).await;
}

async fn hear(store: &Store, bells: &Bells) -> Result<(), StorageError> {
    let Some(mut listener) = store.listen(Bells::CHANNEL).await? else {
        return Ok(());
    };
    // Whatever was said before this connection was made is not heard.
    bells.ring_for("");
    loop {
        let word = listener.recv().await?;
        bells.ring_for(&word);
    }
}
