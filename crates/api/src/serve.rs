//! The door itself: what it needs, its router, and how it is opened and shut.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::Router;
use postern_journal::Journal;
use postern_model::{Clock, Random, Timestamp};
use postern_storage::Store;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::guard::Guard;
use crate::identities::Identities;
use crate::listen::serve_connections;
use crate::oidc::{Oidc, OidcConfig};
use crate::rate::Calls;
use crate::receiving::Receiving;
use crate::transforms::Transforms;
use crate::{ApiConfig, router};

/// Says why the server can't work just now; nothing when it can. `/readyz` asks each of these after the database.
pub type Readiness = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// Writes what was counted so far, in Prometheus' text format.
pub type Metrics = Arc<dyn Fn() -> String + Send + Sync>;

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
    identities: Identities,
    guard: Guard,
    calls: Calls,
    /// What the ids of a stream's events begin with: another process's are told from ours.
    boot: OnceLock<String>,
    receiving: Receiving,
    oidc: OnceLock<Oidc>,
    metrics: OnceLock<Metrics>,
    transforms: OnceLock<Arc<dyn Transforms>>,
    /// When the database was last asked for what only it can count.
    counted: Mutex<Option<Instant>>,
    /// Calls that must end even if their client hangs up.
    tasks: TaskTracker,
    /// Cancelled when the door shuts: who waits for something then answers with what there is.
    closing: CancellationToken,
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
            identities: Identities::default(),
            guard: Guard::default(),
            calls: Calls::default(),
            boot: OnceLock::new(),
            receiving: Receiving::default(),
            oidc: OnceLock::new(),
            metrics: OnceLock::new(),
            transforms: OnceLock::new(),
            counted: Mutex::default(),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
        }))
    }

    /// The same door, which tells these metrics at `/metrics`. The first that are given stay.
    #[must_use]
    pub fn with_metrics(self, metrics: Metrics) -> Self {
        let _ = self.0.metrics.set(metrics);
        self
    }

    /// The same door, where integrations' transforms can be tried. What is given first stays.
    #[must_use]
    pub fn with_transforms(self, transforms: Arc<dyn Transforms>) -> Self {
        let _ = self.0.transforms.set(transforms);
        self
    }

    /// The same door, where people can sign in by way of another service. What is given first stays.
    #[must_use]
    pub fn with_oidc(self, config: OidcConfig) -> Self {
        let _ = self.0.oidc.set(Oidc::new(config));
        self
    }

    /// All routes: `/api/…`, `/in/…`, `/healthz` and `/readyz`. In-process tests call it; the program calls [`Api::serve`].
    pub fn router(&self) -> Router {
        router::build(self.clone())
    }

    /// Answers on this listener until `shutdown` is cancelled, then finishes the requests under way and returns. Who waits
    /// for a run is answered with what there is.
    pub async fn serve(self, listener: TcpListener, shutdown: CancellationToken) {
        let closing = &self.0.closing;
        let router = self.router();
        let accepting = serve_connections(&listener, &router, closing, &self.0.tasks);
        let shut = async {
            shutdown.cancelled().await;
            closing.cancel();
        };
        tokio::join!(accepting, shut);
        drop(listener);
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    pub(crate) fn config(&self) -> &ApiConfig {
        &self.0.config
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.0.journal
    }

    pub(crate) fn metrics(&self) -> Option<&Metrics> {
        self.0.metrics.get()
    }

    pub(crate) fn transforms(&self) -> Option<&dyn Transforms> {
        self.0.transforms.get().map(Arc::as_ref)
    }

    /// Whether the database was not asked for its counts within this time; if so, it counts as asked now.
    pub(crate) fn may_count(&self, pause: Duration) -> bool {
        let mut counted = self
            .0
            .counted
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let due = counted.is_none_or(|at| at.elapsed() >= pause);
        if due {
            *counted = Some(Instant::now());
        }
        due
    }

    pub(crate) fn identities(&self) -> &Identities {
        &self.0.identities
    }

    pub(crate) fn boot(&self) -> &str {
        self.0
            .boot
            .get_or_init(|| format!("{:016x}", self.random().u64()))
    }

    pub(crate) fn oidc(&self) -> Option<&Oidc> {
        self.0.oidc.get()
    }

    pub(crate) fn calls(&self) -> &Calls {
        &self.0.calls
    }

    pub(crate) fn receiving(&self) -> &Receiving {
        &self.0.receiving
    }

    pub(crate) fn guard(&self) -> &Guard {
        &self.0.guard
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.0.random.as_ref()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn readiness(&self) -> &[Readiness] {
        &self.0.readiness
    }

    pub(crate) fn closing(&self) -> &CancellationToken {
        &self.0.closing
    }

    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }
}
