//! The door itself: what it needs, its router, and how it is opened and shut.

use std::io;
use std::sync::Arc;

use axum::Router;
use postern_journal::Journal;
use postern_model::{Clock, Random};
use postern_storage::Store;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::ApiConfig;

/// Says why the server can't work just now; nothing when it can. `/readyz` asks each of these after the database.
pub type Readiness = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// The HTTP door. Cheap to clone; all clones are one door.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    config: ApiConfig,
    store: Store,
    journal: Journal,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    readiness: Vec<Readiness>,
}

impl Api {
    /// A door to this store and journal. `readiness` are the other parts of the server that `/readyz` speaks for.
    pub fn new(
        config: ApiConfig,
        store: Store,
        journal: Journal,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        readiness: Vec<Readiness>,
    ) -> Self {
        Self(Arc::new(Inner {
            config,
            store,
            journal,
            clock,
            random,
            readiness,
        }))
    }

    /// All routes: `/api/…`, `/healthz`, `/readyz`. In-process tests call it; the program calls [`Api::serve`].
    pub fn router(&self) -> Router {
        unimplemented!()
    }

    /// Answers on this listener until `shutdown` is cancelled, then finishes the requests under way and returns.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: CancellationToken,
    ) -> io::Result<()> {
        axum::serve(listener, self.router())
            .with_graceful_shutdown(shutdown.cancelled_owned())
            .await
    }
}
