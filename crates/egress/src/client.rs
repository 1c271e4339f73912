//! The walk of a request through the house: pool or connector, connection, answer.

mod negotiate;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use self::negotiate::{Errand, Negotiated};
use crate::connection::Connection;
use crate::connector::Connector;
use crate::dial::{Dial, Dialed, Place};
use crate::doorway::Doorway;
use crate::exchange::{Exchange, WireSize};
use crate::failure::{Failure, FailureKind, Fault};
use crate::http1::{AnswerHead, Outbound};
use crate::http2::Http2;
use crate::limit::Limits;
use crate::policy::AddressPolicy;
use crate::pool::{Key, Pool};
use crate::proxy::Route;
use crate::request::Request;
use crate::resolver::{Resolve, SystemResolver};
use crate::target::Target;
use crate::timing::{Phase, Progress};
use crate::tls::{Certificate, Roots, Tls};
use crate::version::Versions;
use crate::way::Way;

/// What an [`Egress`] is made of.
#[derive(Debug, Clone)]
pub struct EgressConfig {
    /// Which addresses may be connected to.
    pub policy: AddressPolicy,
    /// What turns names into addresses.
    pub resolver: Arc<dyn Resolve>,
    /// Certificates to trust besides the system's.
    pub extra_roots: Vec<Certificate>,
    /// The system's certificates; `None`: read when they are first needed.
    pub system_roots: Option<Vec<Certificate>>,
    /// Who opens connections; `None`: this way out itself, and only then the policy and the resolver are asked.
    pub dialer: Option<Arc<dyn Dial>>,
    /// How long a connection waits for its next request. Most servers close after a minute or more: 20 s is well
    /// before that, so that a request hardly ever meets a close under way.
    pub idle: Duration,
}

impl EgressConfig {
    /// This policy, the system's resolver and the system's roots.
    pub fn new(policy: AddressPolicy) -> Self {
        Self {
            policy,
            resolver: Arc::new(SystemResolver::new()),
            extra_roots: Vec::new(),
            system_roots: None,
            dialer: None,
            idle: Duration::from_secs(20),
        }
    }

    /// The same with another resolver.
    #[must_use]
    pub fn with_resolver(mut self, resolver: Arc<dyn Resolve>) -> Self {
        self.resolver = resolver;
        self
    }

    /// The same with more to trust.
    #[must_use]
    pub fn with_roots(mut self, roots: impl IntoIterator<Item = Certificate>) -> Self {
        self.extra_roots.extend(roots);
        self
    }
}

/// The way out. Clones share connections.
#[derive(Clone)]
pub struct Egress {
    inside: Arc<Inside>,
    beside: Option<Arc<Beside>>,
}

/// A way out for a few URLs. It has connections of its own: none that was opened for one of them serves another request.
struct Beside {
    doorways: Vec<Doorway>,
    egress: Egress,
}

struct Inside {
    connector: Connector,
    pool: Pool<Connection>,
    /// Those that speak HTTP/2.
    pool2: Pool<Http2>,
}

impl fmt::Debug for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Egress")
            .field("policy", &self.inside.connector.policy)
            .field("pool", &self.inside.pool)
            .finish_non_exhaustive()
    }
}

impl Egress {
    /// A way out as configured.
    pub fn new(config: EgressConfig) -> Self {
        let EgressConfig {
            policy,
            resolver,
            extra_roots,
            system_roots,
            dialer,
            idle,
        } = config;
        let roots = Roots {
            system: system_roots,
            extra: extra_roots,
        };
        Self {
            inside: Arc::new(Inside {
                connector: Connector {
                    policy,
                    resolver,
                    tls: Tls::new(roots),
                    dialer,
                },
                pool: Pool::new(idle),
                pool2: Pool::new(idle),
            }),
            beside: None,
        }
    }

    /// The same way out, where what leads through one of these doorways takes another one.
    #[must_use]
    pub fn with_doorways(mut self, doorways: Vec<Doorway>, egress: Self) -> Self {
        self.beside = Some(Arc::new(Beside { doorways, egress }));
        self
    }

    /// What opens its connections.
    pub(crate) fn connector(&self) -> &Connector {
        &self.inside.connector
    }

    /// The way out that a request takes.
    fn way_out(&self, request: &Request) -> &Self {
        match &self.beside {
            Some(beside) if beside.doorways.iter().any(|it| it.lets(request)) => &beside.egress,
            _ => self,
        }
    }

    /// Sends a request and reads its answer, all within the limits. Whatever the status: an answer is an
    /// [`Exchange`], also a redirect or an error; only what comes to no answer is a [`Failure`].
    pub async fn send(&self, request: Request, limits: &Limits) -> Result<Exchange, Failure> {
        self.send_by(&Way::default(), request, limits).await
    }

    /// As [`send`](Self::send), by a way of the request's own.
    pub async fn send_by(
        &self,
        way: &Way,
        request: Request,
        limits: &Limits,
    ) -> Result<Exchange, Failure> {
        let mut progress = Progress::start(Instant::now());
        let exchange =
            Box::pin(
                self.way_out(&request)
                    .exchange(way, request, limits, &mut progress),
            );
        let ended = match Instant::now().checked_add(limits.deadline) {
            Some(deadline) => timeout_at(deadline, exchange).await,
            // A deadline beyond what a clock can hold is none.
            None => Ok(exchange.await),
        };
        let ended = ended.unwrap_or_else(|_| Err(deadline_fault(&progress, limits)));
        let timings = progress.finish();
        match ended {
            Ok(exchange) => Ok(Exchange {
                timings,
                ..exchange
            }),
            Err(Fault {
                kind,
                message,
                source,
            }) => Err(Failure {
                kind,
                message,
                timings: Box::new(timings),
                peer: progress.peer,
                status: progress.status,
                source,
            }),
        }
    }

    /// Opens a connection for somebody who may not: looked up, vetted and connected as for a request, and then given away.
    pub async fn dial(&self, place: &Place, patience: Duration) -> Result<Dialed, Failure> {
        let mut progress = Progress::start(Instant::now());
        let connector = &self.inside.connector;
        let stream = connector.dial(place, patience, &mut progress).await;
        let timings = progress.finish();
        let given = stream.and_then(|stream| {
            stream.into_std().map_err(|error| {
                let message = format!("the connection to {place} can't be given away");
                Fault::new(FailureKind::ConnectFailed, message).because(error)
            })
        });
        match given {
            Ok(stream) => Ok(Dialed {
                stream,
                dns: timings.dns,
                connect: timings.connect,
            }),
            Err(fault) => Err(Failure {
                kind: fault.kind,
                message: fault.message,
                timings: Box::new(timings),
                peer: progress.peer,
                status: None,
                source: fault.source,
            }),
        }
    }

    /// The system's certificates, for a way out of somebody who can't read them.
    pub fn system_roots(&self) -> Vec<Certificate> {
        self.inside.connector.tls.system_roots()
    }

    /// Closes connections that have waited too long for their next request, and returns how many still wait. Sending
    /// does the same; who sends seldom may call this now and then.
    pub fn sweep(&self) -> usize {
        let beside = self.beside.as_ref().map_or(0, |it| it.egress.sweep());
        self.inside.pool.sweep() + self.inside.pool2.sweep() + beside
    }

    async fn exchange(
        &self,
        way: &Way,
        mut request: Request,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<Exchange, Fault> {
        let mut target = Target::of(&request.url, request.target.as_deref()).map_err(|error| {
            Fault::new(FailureKind::InvalidUrl, error.to_string()).because(error)
        })?;
        let policy = &self.inside.connector.policy;
        let route = Route::of(way, policy, &mut request, &mut target)?;
        let way = &route.way(way);
        let key = Key::of(&target, way, limits.verify_tls);

        let mut kept = self.kept(&key).await;
        if kept.is_none() && target.tls && way.versions != Versions::Http1 {
            let errand = Errand {
                request: &request,
                target: &target,
                way,
                route: &route,
                key: &key,
                limits,
            };
            match Box::pin(self.negotiate(&errand, progress)).await? {
                Negotiated::Answered(exchange) => return Ok(exchange),
                Negotiated::Older(connection) => kept = Some(connection),
            }
        }
        let request = Outbound::of(request, &target)?;
        loop {
            let mut connection = match kept.take() {
                Some(kept) => kept,
                None => self.open(&target, way, &route, limits, progress).await?,
            };
            progress.peer = Some(connection.ends.peer);
            progress.enter(Phase::FirstByte);
            let answer = match connection.send(&request).await {
                // The close of a kept connection met the request before a byte of it had left: nobody has seen it.
                Err(_) if connection.reused && connection.sent() == 0 => {
                    progress.start_over();
                    continue;
                }
                answer => answer?,
            };
            progress.leave();
            progress.status = Some(answer.status);
            let head = request.head.len() as u64;
            return self
                .finish(connection, answer, head, key, limits, progress)
                .await;
        }
    }

    /// A kept connection that still stands.
    async fn kept(&self, key: &Key) -> Option<Connection> {
        while let Some(mut connection) = self.inside.pool.take(key) {
            if connection.still_stands().await {
                return Some(connection);
            }
        }
        None
    }

    async fn open(
        &self,
        target: &Target,
        way: &Way,
        route: &Route,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<Connection, Fault> {
        let (stream, ends) = self
            .inside
            .connector
            .connect(target, way, route, limits, progress)
            .await?;
        Ok(Connection::open(stream, ends))
    }

    async fn finish(
        &self,
        mut connection: Connection,
        answer: AnswerHead,
        head_sent: u64,
        key: Key,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<Exchange, Fault> {
        progress.enter(Phase::Body);
        let kept = connection.read(limits).await?;
        let (ends, reused) = (connection.ends, connection.reused);
        let sent = connection.sent();
        // What was not read to its end can't be used again.
        if connection.come_to_rest() {
            self.inside.pool.put(key, connection);
        }
        Ok(Exchange {
            status: answer.status,
            reason: answer.reason,
            version: answer.version.as_str(),
            headers: answer.headers,
            body: kept.body,
            body_bytes: kept.bytes,
            truncated: kept.truncated,
            sent: WireSize {
                head: sent.min(head_sent),
                body: sent.saturating_sub(head_sent),
            },
            received: WireSize {
                head: answer.bytes,
                body: kept.wire_bytes,
            },
            timings: progress.timings,
            peer: ends.peer,
            local: ends.local,
            reused,
        })
    }
}

fn deadline_fault(progress: &Progress, limits: &Limits) -> Fault {
    let doing = match progress.phase {
        Phase::Dns => "the name was looked up",
        Phase::Connect => "connecting",
        Phase::Tls => "the TLS handshake was under way",
        Phase::FirstByte => "waiting for the answer",
        Phase::Body => "the answer's body was read",
    };
    let seconds = limits.deadline.as_secs_f32();
    Fault::new(
        FailureKind::Timeout,
        format!("the deadline of {seconds} s passed while {doing}"),
    )
}
