//! The ear for other nodes, on PostgreSQL: what they commit rings our bells.
//!
//! It only saves waiting. Whoever misses a word finds the rows at the next period.

use std::time::Duration;

use postern_journal::Bells;
use postern_model::NodeId;
use postern_storage::{StorageError, Store};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::driver::words;
use crate::mouth::speak;

/// The pause before a lost connection is made again.
const PAUSE: Duration = Duration::from_secs(2);

/// Listens to the other nodes and speaks with them until it is stopped.
///
/// A [`crate::Worker`] does it by itself; a server without one needs it for those who listen to its stream.
pub async fn talk(store: Store, bells: Bells, node: NodeId, stop: CancellationToken) {
    let told = bells.told.clone();
    let listening = listen(store.clone(), bells, node, stop.clone());
    tokio::join!(listening, speak(store, told, node, stop));
}

async fn listen(store: Store, bells: Bells, node: NodeId, stop: CancellationToken) {
    let listening = async {
        loop {
            match hear(&store, &bells, node).await {
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

async fn hear(store: &Store, bells: &Bells, node: NodeId) -> Result<(), StorageError> {
    let Some(mut listener) = store.listen(Bells::CHANNEL).await? else {
        return Ok(());
    };
    // Whatever was said before this connection was made is not heard.
    bells.ring_for("");
    // Whoever rang here has been told already.
    let own = format!("{} {}", Bells::TOLD, node.0.simple());
    loop {
        let word = listener.recv().await?;
        if !word.starts_with(&own) {
            bells.ring_for(&word);
        }
    }
}
