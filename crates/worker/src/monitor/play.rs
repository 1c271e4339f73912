//! One go of a collection, where the configuration wants it: in a process of its own, or on a thread of this one.

use std::sync::Arc;
use std::time::Duration;

use postern_egress::Egress;
use postern_model::{Clock, Failure, MonitorOptions, RunDetail, RunStats, RunStatus};
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::go::Order;
use super::process::{self, Nursery};
use super::thread;

/// What a run needs.
#[derive(Clone)]
pub(crate) struct Inputs {
    /// The collection's document.
    pub(crate) document: Arc<[u8]>,
    /// The environment's document.
    pub(crate) environment: Option<Value>,
    /// The global variables, as an environment's document.
    pub(crate) globals: Option<Value>,
    /// How requests are made.
    pub(crate) options: MonitorOptions,
    /// Wall time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Where random values begin.
    pub(crate) seed: u64,
}

impl Inputs {
    /// What is ordered of whoever plays it.
    pub(crate) fn order(&self, left: Duration) -> Order {
        Order {
            environment: self.environment.clone(),
            globals: self.globals.clone(),
            options: self.options.clone(),
            seed: self.seed,
            left,
        }
    }
}

/// What a go came to.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub(crate) status: RunStatus,
    pub(crate) stats: RunStats,
    pub(crate) detail: RunDetail,
}

impl Played {
    /// A run that could not go as it should have.
    pub(crate) fn broken(status: RunStatus, message: impl Into<String>) -> Self {
        Self {
            status,
            stats: RunStats {
                errors: 1,
                ..RunStats::default()
            },
            detail: RunDetail {
                failures: vec![Failure {
                    name: "Error".to_owned(),
                    message: message.into(),
                    ..Failure::default()
                }],
                ..RunDetail::default()
            },
        }
    }
}

/// Where runs are played.
#[derive(Clone)]
pub(crate) enum Stage {
    /// In a child process each, which is killed if need be.
    Process(Nursery),
    /// On a thread each.
    Thread,
}

impl Stage {
    /// Plays the collection until its end, the deadline or the stop.
    pub(crate) async fn play(
        &self,
        inputs: Inputs,
        egress: Egress,
        deadline: Instant,
        stop: CancellationToken,
    ) -> Played {
        match self {
            Self::Process(nursery) => {
                process::play(nursery, &inputs, &egress, deadline, &stop).await
            }
            Self::Thread => thread::play(inputs, egress, deadline, stop).await,
        }
    }

    /// Ends what stands ready for runs that won't come any more.
    pub(crate) async fn close(&self) {
        if let Self::Process(nursery) = self {
            nursery.close().await;
        }
    }
}
