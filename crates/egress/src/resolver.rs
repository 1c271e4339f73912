//! Names into addresses.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

/// A look-up under way.
pub type Lookup<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, ResolveError>> + Send + 'a>>;

/// What turns names into addresses: the system's configuration in the program, a table in tests.
pub trait Resolve: Send + Sync + fmt::Debug + 'static {
    /// All addresses of the name, in the order to try them.
    fn resolve<'a>(&'a self, name: &'a str) -> Lookup<'a>;
}

/// A name that could not be turned into addresses.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// There is no such name, or it has no address.
    #[error("{0} has no address")]
    NotFound(String),
    /// No answer came in time.
    #[error("no name server answered about {0} in time")]
    TimedOut(String),
    /// The name servers could not be asked or did not know.
    #[error("the name servers could not tell the address of {name}")]
    Failed {
        /// The name.
        name: String,
        /// What they said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// DNS as the machine is configured: `/etc/hosts` first, then the name servers of `/etc/resolv.conf` or those that it was told.
///
/// It works on a thread and a runtime of its own, because its connections to name servers outlive the look-up that
/// opened them, while the runtimes that ask (a monitor's run has one to itself) come and go.
#[derive(Debug)]
pub struct SystemResolver {
    name_servers: Vec<SocketAddr>,
    queue: Mutex<Option<mpsc::UnboundedSender<Question>>>,
}

#[derive(Debug)]
struct Question {
    name: String,
    answer: oneshot::Sender<Result<Vec<IpAddr>, ResolveError>>,
}

impl SystemResolver {
    /// A resolver; its thread starts with the first question.
    pub fn new() -> Self {
        Self::asking(Vec::new())
    }

    /// A resolver that asks these name servers; none: those of `/etc/resolv.conf`.
    pub fn asking(name_servers: Vec<SocketAddr>) -> Self {
        Self {
            name_servers,
            queue: Mutex::new(None),
        }
    }

    fn ask(&self, question: Question) -> io::Result<()> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let question = match queue.as_ref() {
            Some(sender) => match sender.send(question) {
                Ok(()) => return Ok(()),
                Err(unsent) => unsent.0,
            },
            None => question,
        };
        let sender = start(self.name_servers.clone())?;
        // A queue that was just made has its reader.
        drop(sender.send(question));
        *queue = Some(sender);
        Ok(())
    }
}

impl Default for SystemResolver {
    fn default() -> Self {
        Self::new()
    }
}

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, name: &'a str) -> Lookup<'a> {
        Box::pin(async move {
            let failed = |source: io::Error| ResolveError::Failed {
                name: name.to_owned(),
                source: source.into(),
            };
            let (answer, reply) = oneshot::channel();
            let question = Question {
                name: name.to_owned(),
                answer,
            };
            self.ask(question).map_err(failed)?;
            reply.await.unwrap_or_else(|_| {
                Err(failed(io::Error::other("the resolver's thread has ended")))
            })
        })
    }
}

/// Starts the thread; it ends when the queue's last sender is dropped.
fn start(name_servers: Vec<SocketAddr>) -> io::Result<mpsc::UnboundedSender<Question>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (sender, mut questions) = mpsc::unbounded_channel::<Question>();
    std::thread::Builder::new()
        .name("postern-dns".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                let resolver = match system(&name_servers) {
                    Ok(resolver) => resolver,
                    Err(error) => {
                        tracing::error!(%error, "failed to start the resolver");
                        return;
                    }
                };
                let lookups = TaskTracker::new();
                while let Some(Question { name, answer }) = questions.recv().await {
                    let resolver = resolver.clone();
                    lookups.spawn(async move {
                        // Nobody waits any more if the asker's deadline has passed.
                        drop(answer.send(look_up(&resolver, name).await));
                    });
                }
            });
        })?;
    Ok(sender)
}

fn system(name_servers: &[SocketAddr]) -> Result<TokioResolver, NetError> {
    let asking =
        |config| TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    let mut builder = if name_servers.is_empty() {
        TokioResolver::builder_tokio().unwrap_or_else(|error| {
            // Without it /etc/hosts still works, and so do addresses.
            tracing::warn!(%error, "failed to read /etc/resolv.conf: no name server will be asked");
            asking(ResolverConfig::default())
        })
    } else {
        let told = name_servers.iter().map(name_server).collect();
        asking(ResolverConfig::from_name_servers(told))
    };
    let options = builder.options_mut();
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.use_hosts_file = ResolveHosts::Always;
    options.timeout = Duration::from_secs(2);
    options.positive_min_ttl = Some(Duration::from_secs(5));
    options.positive_max_ttl = Some(Duration::from_mins(5));
    options.negative_max_ttl = Some(Duration::from_secs(30));
    builder.build()
}

fn name_server(address: &SocketAddr) -> NameServerConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    for connection in &mut server.connections {
        connection.port = address.port();
    }
    server
}

async fn look_up(resolver: &TokioResolver, name: String) -> Result<Vec<IpAddr>, ResolveError> {
    match resolver.lookup_ip(name.as_str()).await {
        Ok(found) => {
            let mut addresses: Vec<IpAddr> = Vec::new();
            for address in found.iter() {
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
            if addresses.is_empty() {
                return Err(ResolveError::NotFound(name));
            }
            Ok(addresses)
        }
        Err(NetError::Timeout) => Err(ResolveError::TimedOut(name)),
        Err(error) if error.is_no_records_found() || error.is_nx_domain() => {
            Err(ResolveError::NotFound(name))
        }
        Err(error) => Err(ResolveError::Failed {
            name,
            source: error.into(),
        }),
    }
}
