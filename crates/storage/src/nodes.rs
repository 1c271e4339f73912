//! Nodes: the running server processes, by heartbeat.

use std::time::Duration;

use postern_model::{NodeId, Timestamp};

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    BEAT = "INSERT INTO nodes (id, name, started_at, seen_at) VALUES ($1, $2, $3, $3)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at";
    LIVE = "SELECT id, name, started_at, seen_at FROM nodes WHERE seen_at >= $1 ORDER BY started_at, id";
    REMOVE = "DELETE FROM nodes WHERE id = $1";
}

/// A running server process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: NodeId,
    /// What people call it.
    pub name: String,
    /// When it started.
    pub started_at: Timestamp,
    /// When it last said that it lives.
    pub seen_at: Timestamp,
}

/// The table of nodes.
pub struct Nodes<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Nodes<'_> {
    /// Says that this node lives.
    pub async fn beat(&mut self, id: NodeId, name: &str) -> Result<(), StorageError> {
        let now = self.tx.now().await?;
        self.tx.execute(&BEAT, args![id, name, now]).await?;
        Ok(())
    }

    /// The nodes that have said so within this time, oldest first.
    pub async fn live(&mut self, within: Duration) -> Result<Vec<Node>, StorageError> {
        let since = self.tx.now().await? - within;
        self.tx
            .all(&LIVE, args![since])
            .await?
            .iter()
            .map(|row| {
                Ok(Node {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    started_at: row.get("started_at")?,
                    seen_at: row.get("seen_at")?,
                })
            })
            .collect()
    }

    /// Says that this node ends.
    pub async fn remove(&mut self, id: NodeId) -> Result<(), StorageError> {
        self.tx.execute(&REMOVE, args![id]).await?;
        Ok(())
    }
}
