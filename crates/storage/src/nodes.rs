//! Nodes: the running server processes, by heartbeat.

use std::time::Duration;

use postern_model::{NodeId, Timestamp};

use crate::{StorageError, Tx};

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
        unimplemented!()
    }

    /// The nodes that have said so within this time, oldest first.
    pub async fn live(&mut self, within: Duration) -> Result<Vec<Node>, StorageError> {
        unimplemented!()
    }

    /// Says that this node ends.
    pub async fn remove(&mut self, id: NodeId) -> Result<(), StorageError> {
        unimplemented!()
    }
}
