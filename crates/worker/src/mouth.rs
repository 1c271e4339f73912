//! The mouth towards other nodes, on PostgreSQL: what was rung here for listeners is said there, a few times a second however
//! much happens.
//!
//! It only saves waiting: a word that is lost is made good by the next, and by a page that is read again.

use std::time::Duration;

use postern_journal::{Bells, Told, Topics};
use postern_model::{NodeId, TeamId};
use postern_storage::{EngineKind, StorageError, Store};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::driver::words;

/// The least time between two words.
const PAUSE: Duration = Duration::from_millis(250);

/// Says what there is to say until it is stopped, and what is left then.
pub(crate) async fn speak(store: Store, told: Told, node: NodeId, stop: CancellationToken) {
    if store.engine() == EngineKind::Sqlite {
        return;
    }
    let speaking = async {
        loop {
            told.unsaid().listen().await;
            say(&store, &told, node).await;
            sleep(PAUSE).await;
        }
    };
    stop.run_until_cancelled(speaking).await;
    say(&store, &told, node).await;
}

async fn say(store: &Store, told: &Told, node: NodeId) {
    let unsaid = told.take_unsaid();
    if unsaid.is_empty() {
        return;
    }
    if let Err(error) = notify(store, &unsaid, node).await {
        tracing::debug!(error = %words(&error), "failed to tell the other nodes what has changed");
        told.put_back(&unsaid);
    }
}

async fn notify(
    store: &Store,
    unsaid: &[(TeamId, Topics)],
    node: NodeId,
) -> Result<(), StorageError> {
    let mut tx = store.begin().await?;
    for word in Told::words(node.0, unsaid) {
        let word = format!("{} {word}", Bells::TOLD);
        tx.notify(Bells::CHANNEL, &word).await?;
    }
    tx.commit().await
}
