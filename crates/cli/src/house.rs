//! A whole server in this process: database, journal, HTTP door and worker, started and stopped as one.
//!
//! `serve` starts one for as long as it is wanted, `demo` a throw-away one. The order of the start is what makes failures
//! plain: first the database (whoever holds it is named), then the port, and only then does the work begin.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use postern_api::{Api, ApiConfig, OidcConfig, Readiness, ShownSetting, Transforms, Tried};
use postern_egress::{AddressPolicy, AllowRule};
use postern_journal::{Bells, FirstStart, Founded, Journal};
use postern_model::{Clock, NodeId, Random, Sealer};
use postern_storage::{Store, StoreConfig};
use postern_worker::{Retention, Transformer, Worker, WorkerConfig, WorkerParts, talk};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::clock::SystemClock;
use crate::config::{MonitorSettings, OidcSettings, Roles};
use crate::metrics::Counters;
use crate::random::SecureRandom;
use crate::ways_out::WaysOut;
use crate::{runner_child, secret_key};

/// What a house is built from.
#[derive(Debug, Clone)]
pub(crate) struct HouseConfig {
    /// The database.
    pub(crate) storage: StoreConfig,
    /// Whether to bring its schema up to date; if not, an old one is refused.
    pub(crate) migrate: bool,
    /// Where to listen; port 0 takes a free one.
    pub(crate) listen: SocketAddr,
    /// How people reach the server, if not at the address that it listens on.
    pub(crate) public_url: Option<Url>,
    /// What webhooks may reach besides public addresses.
    pub(crate) webhooks_allow: Vec<AllowRule>,
    /// What monitors may reach besides public addresses.
    pub(crate) monitors_allow: Vec<AllowRule>,
    /// Which name servers are asked; none: the machine's.
    pub(crate) name_servers: Vec<SocketAddr>,
    /// The most calls of a user within a minute.
    pub(crate) calls_per_minute: Option<u32>,
    /// The service that people sign in with.
    pub(crate) oidc: Option<OidcSettings>,
    /// In which folders sources may lie.
    pub(crate) source_directories: Vec<PathBuf>,
    /// Under which folders backups may be written.
    pub(crate) backup_directories: Vec<PathBuf>,
    /// How monitors run.
    pub(crate) monitors: MonitorSettings,
    /// What it does.
    pub(crate) roles: Roles,
    /// How long what has ended is kept.
    pub(crate) retention: Retention,
    /// What secrets are sealed with.
    pub(crate) secret_key: [u8; 32],
    /// What an empty database begins with.
    pub(crate) first_start: FirstStart,
    /// How long a stop waits for what is under way.
    pub(crate) grace: Duration,
    /// What is set, as admins may see it.
    pub(crate) settings: Vec<ShownSetting>,
    /// What `/metrics` tells, if it is there.
    pub(crate) counters: Option<Counters>,
}

impl HouseConfig {
    /// A house over this database, with the usual defaults, on a free port of this machine.
    pub(crate) fn new(storage: StoreConfig, secret_key: [u8; 32]) -> Self {
        Self {
            storage,
            migrate: true,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            webhooks_allow: Vec::new(),
            monitors_allow: Vec::new(),
            name_servers: Vec::new(),
            calls_per_minute: None,
            oidc: None,
            source_directories: Vec::new(),
            backup_directories: Vec::new(),
            monitors: MonitorSettings::default(),
            roles: Roles::ALL,
            retention: Retention::default(),
            secret_key,
            first_start: FirstStart::default(),
            grace: Duration::from_secs(30),
            settings: Vec::new(),
            counters: None,
        }
    }
}

/// A server that runs.
pub(crate) struct House {
    address: SocketAddr,
    store: Store,
    founded: Option<Founded>,
    public_url: Url,
    worker: Option<Worker>,
    door: TaskTracker,
    shutdown: CancellationToken,
    grace: Duration,
}

impl House {
    /// Opens the database, makes the first team in an empty one, and starts the door and the worker.
    pub(crate) async fn start(config: HouseConfig) -> anyhow::Result<Self> {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) =
            (Arc::new(SystemClock::watched()), Arc::new(SecureRandom));
        let sealer = Sealer::new(config.secret_key, random.clone());
        let store = Store::open(&config.storage, sealer.clone(), clock.clone()).await?;
        if config.migrate {
            store.migrate().await?;
        } else {
            store.check_schema().await?;
        }
        secret_key::check(&store, &sealer).await?;
        let bells = Bells::default();
        let journal = Journal::new(store.clone(), bells.clone(), random.clone());
        let founded = journal
            .first_start(&config.first_start)
            .await
            .context("make the first team")?;

        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("listen on {}", config.listen))?;
        let address = listener.local_addr().context("read the address")?;
        let public_url = match config.public_url {
            Some(url) => url,
            None => format!("http://{address}")
                .parse()
                .context("read its URL")?,
        };

        let node = NodeId::new(clock.now(), random.as_ref());
        let ways_out = WaysOut::asking(config.name_servers);
        let transformer = runner_child::transformer(&config.monitors)?;
        let parts = WorkerParts {
            store: store.clone(),
            journal: journal.clone(),
            bells,
            webhooks: ways_out.of_webhooks(config.webhooks_allow, address, &public_url),
            monitors: ways_out.of_monitors(config.monitors_allow),
            transformer: transformer.clone(),
            clock: clock.clone(),
            random: random.clone(),
        };
        let worker_config = WorkerConfig {
            grace: config.grace,
            runs_at_once: config.monitors.runs_at_once,
            run_deadline: config.monitors.deadline,
            retention: config.retention,
            source_directories: config.source_directories,
            backup_directories: config.backup_directories,
            public_url: public_url.to_string(),
            run_in: runner_child::children(&config.monitors)?,
            ..WorkerConfig::new(node, address.to_string())
        };
        let (door, shutdown) = (TaskTracker::new(), CancellationToken::new());
        let worker = if config.roles.worker {
            Some(Worker::start(parts, worker_config))
        } else {
            // A worker speaks with the other nodes by itself.
            door.spawn(talk(parts.store, parts.bells, node, shutdown.clone()));
            None
        };

        let readiness: Vec<Readiness> = Vec::new();
        let mut api_config = ApiConfig::new(public_url.clone());
        api_config.answers = config.roles.api;
        api_config.limits.calls_per_minute = config.calls_per_minute;
        api_config.kept_for = config.retention.deliveries;
        api_config.settings = config.settings;
        let api = Api::new(api_config, store.clone(), journal, clock, random, readiness)
            .with_transforms(Arc::new(DryRuns(transformer)));
        let api = match config.oidc {
            Some(oidc) => api.with_oidc(OidcConfig {
                issuer: oidc.issuer,
                client_id: oidc.client_id,
                client_secret: oidc.client_secret,
                name: oidc.name,
                new_members: oidc.new_members,
                // Who runs the server says where it is: it may well be a private address.
                egress: ways_out.with(AddressPolicy::anything()),
            }),
            None => api,
        };
        let api = match config.counters {
            Some(counters) => {
                let api = api.with_metrics(counters.told());
                door.spawn(counters.upkeep(shutdown.clone()));
                api
            }
            None => api,
        };
        door.spawn(api.serve(listener, shutdown.clone()));
        door.close();
        Ok(Self {
            address,
            store,
            founded,
            public_url,
            worker,
            door,
            shutdown,
            grace: config.grace,
        })
    }

    /// Where it listens, with the port that it really has.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was made, if this was the first start.
    pub(crate) fn founded(&self) -> Option<&Founded> {
        self.founded.as_ref()
    }

    /// The link that signs the first admin in, once, if this was the first start.
    pub(crate) fn first_link(&self) -> Option<String> {
        let base = self.public_url.as_str().trim_end_matches('/');
        let founded = self.founded()?;
        Some(format!("{base}/welcome#{}", founded.link))
    }

    /// Stops: no new requests and no new work; what is under way ends within the grace; leases go back; the database is
    /// closed.
    pub(crate) async fn stop(self) {
        self.shutdown.cancel();
        let requests = async {
            if timeout(self.grace, self.door.wait()).await.is_err() {
                tracing::warn!("the grace is over: requests that are still under way are cut off");
            }
        };
        let work = async {
            if let Some(worker) = self.worker {
                worker.stop().await;
            }
        };
        tokio::join!(requests, work);
        // Who was cut off may still hold a connection: that must not hold up the end.
        let _ = timeout(Duration::from_secs(5), self.store.close()).await;
    }
}

/// Transforms that are tried: the same processes as for those that count.
struct DryRuns(Transformer);

impl Transforms for DryRuns {
    fn run(
        &self,
        source: String,
        input: String,
    ) -> Pin<Box<dyn Future<Output = Result<Tried, String>> + Send>> {
        let transformer = self.0.clone();
        Box::pin(async move {
            let done = transformer.run(&source, input).await?;
            Ok(Tried {
                value: done.value,
                console: done.console,
            })
        })
    }
}
