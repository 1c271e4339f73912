//! From a host to a connection: look up, vet, connect, check the peer, shake hands.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use url::Host;

use crate::dial::{Dial, Place};
use crate::failure::{FailureKind, Fault};
use crate::limit::Limits;
use crate::policy::AddressPolicy;
use crate::proxy::Route;
use crate::resolver::{Resolve, ResolveError};
use crate::stream::{Stream, WireEnds};
use crate::target::Target;
use crate::timing::{Phase, Progress};
use crate::tls::{Tls, TlsOptions, handshake_fault};
use crate::version::Versions;
use crate::way::Way;

/// How long one address may be silent before the next one is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub(crate) struct Connector {
    pub(crate) policy: AddressPolicy,
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) tls: Tls,
    /// Who opens connections, if it isn't this.
    pub(crate) dialer: Option<Arc<dyn Dial>>,
}

impl Connector {
    /// Connects to the target by the route, with TLS if it wants TLS.
    pub(crate) async fn connect(
        &self,
        target: &Target,
        way: &Way,
        route: &Route,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<(Stream, WireEnds), Fault> {
        let place = Place {
            host: target.host.clone(),
            port: target.port,
        };
        let (stream, ends) = match route {
            Route::Straight => self.straight(&place, limits, progress).await?,
            Route::Read(proxy) => Box::pin(self.to_proxy(proxy, way, limits, progress)).await?,
            Route::Tunnel { proxy, user_agent } => {
                let agent = user_agent.as_deref();
                Box::pin(self.tunnel(proxy, agent, &place, way, limits, progress)).await?
            }
        };
        if !target.tls {
            return Ok((stream, ends));
        }
        progress.enter(Phase::Tls);
        let secure = self.secure(&place.host, stream, &way.tls, way.versions, limits);
        let stream = secure.await?;
        progress.leave();
        Ok((stream, ends))
    }

    /// Connects to the place itself, or has somebody do it.
    pub(crate) async fn straight(
        &self,
        place: &Place,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<(Stream, WireEnds), Fault> {
        let stream = match &self.dialer {
            Some(dialer) => {
                dialed(dialer.as_ref(), place.clone(), limits.connect, progress).await?
            }
            None => self.dial(place, limits.connect, progress).await?,
        };
        let ends = ends(&stream).map_err(|error| connect_fault(place, error))?;
        progress.peer = Some(ends.peer);
        Ok((Stream::Plain(stream), ends))
    }

    /// Shakes hands.
    pub(crate) async fn secure(
        &self,
        host: &Host<String>,
        stream: Stream,
        options: &TlsOptions,
        versions: Versions,
        limits: &Limits,
    ) -> Result<Stream, Fault> {
        let host = host_text(host);
        let name = ServerName::try_from(host.clone()).map_err(|error| {
            Fault::new(
                FailureKind::InvalidUrl,
                format!("{host} can't be the name of a TLS server"),
            )
            .because(error)
        })?;
        let connector = self.tls.connector(limits.verify_tls, options, versions);
        let handshake = connector.connect(name, stream);
        match timeout(limits.connect, handshake).await {
            Ok(Ok(stream)) => Ok(Stream::Tls(Box::new(stream))),
            Ok(Err(error)) => Err(handshake_fault(&host, error)),
            Err(_) => {
                let seconds = limits.connect.as_secs_f32();
                Err(Fault::new(
                    FailureKind::TlsTimeout,
                    format!("the TLS handshake with {host} took longer than {seconds} s"),
                ))
            }
        }
    }

    /// Opens a connection to a vetted address of the place.
    pub(crate) async fn dial(
        &self,
        place: &Place,
        patience: Duration,
        progress: &mut Progress,
    ) -> Result<TcpStream, Fault> {
        let addresses = self.vetted(place, patience, progress).await?;
        progress.enter(Phase::Connect);
        let addresses = interleave(&addresses, place.port);
        let stream = timeout(patience, race(addresses))
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
            .map_err(|error| connect_fault(place, error))?;
        progress.leave();
        let peer = stream
            .peer_addr()
            .map_err(|error| connect_fault(place, error))?;
        progress.peer = Some(peer);
        // Only what was vetted was dialled, so this can fail only if the system rewrites addresses. Then it must.
        self.vet(&place.host, &[peer.ip()])?;
        let local = stream
            .local_addr()
            .map_err(|error| connect_fault(place, error))?;
        if self.policy.is_own(peer, local) {
            let message =
                format!("{peer} is where this server itself listens: it would go round for ever");
            return Err(Fault::new(FailureKind::AddressForbidden, message));
        }
        Ok(stream)
    }

    /// All addresses of the place, none of them closed.
    pub(crate) async fn vetted(
        &self,
        place: &Place,
        patience: Duration,
        progress: &mut Progress,
    ) -> Result<Vec<IpAddr>, Fault> {
        let addresses = self.addresses(&place.host, patience, progress).await?;
        self.vet(&place.host, &addresses)?;
        Ok(addresses)
    }

    fn vet(&self, host: &Host<String>, addresses: &[IpAddr]) -> Result<(), Fault> {
        self.policy
            .vet(&host_text(host), addresses)
            .map_err(|refusal| Fault::new(FailureKind::AddressForbidden, refusal.to_string()))
    }

    async fn addresses(
        &self,
        host: &Host<String>,
        patience: Duration,
        progress: &mut Progress,
    ) -> Result<Vec<IpAddr>, Fault> {
        let name = match host {
            Host::Ipv4(address) => return Ok(vec![IpAddr::V4(*address)]),
            Host::Ipv6(address) => return Ok(vec![IpAddr::V6(*address)]),
            Host::Domain(name) => name,
        };
        progress.enter(Phase::Dns);
        match timeout(patience, self.resolver.resolve(name)).await {
            Ok(Ok(addresses)) if addresses.is_empty() => {
                Err(resolve_fault(ResolveError::NotFound(name.clone())))
            }
            Ok(Ok(addresses)) => {
                progress.leave();
                Ok(addresses)
            }
            Ok(Err(error)) => Err(resolve_fault(error)),
            Err(_) => Err(resolve_fault(ResolveError::TimedOut(name.clone()))),
        }
    }
}

/// A connection that somebody else opens, with how far that has come.
async fn dialed(
    dialer: &dyn Dial,
    place: Place,
    patience: Duration,
    progress: &mut Progress,
) -> Result<TcpStream, Fault> {
    progress.enter(Phase::Connect);
    match dialer.dial(place.clone(), patience).await {
        Ok(opened) => {
            progress.timings.dns = opened.dns;
            progress.timings.connect = opened.connect;
            TcpStream::from_std(opened.stream).map_err(|error| connect_fault(&place, error))
        }
        Err(failure) => {
            progress.timings = *failure.timings;
            progress.peer = failure.peer;
            Err(Fault {
                kind: failure.kind,
                message: failure.message,
                source: failure.source,
            })
        }
    }
}

/// The host as TLS and people name it: an IPv6 address without brackets.
fn host_text(host: &Host<String>) -> String {
    match host {
        Host::Domain(name) => name.clone(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    }
}

fn ends(stream: &TcpStream) -> io::Result<WireEnds> {
    stream.set_nodelay(true)?;
    Ok(WireEnds {
        peer: stream.peer_addr()?,
        local: stream.local_addr()?,
    })
}

/// The addresses with their port, families taking turns, so that a broken one costs one head start only.
fn interleave(addresses: &[IpAddr], port: u16) -> VecDeque<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(IpAddr::is_ipv6);
    let (mut first, mut second): (VecDeque<IpAddr>, VecDeque<IpAddr>) = addresses
        .iter()
        .copied()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut turns = VecDeque::with_capacity(addresses.len());
    while !(first.is_empty() && second.is_empty()) {
        turns.extend(
            first
                .pop_front()
                .map(|address| SocketAddr::new(address, port)),
        );
        turns.extend(
            second
                .pop_front()
                .map(|address| SocketAddr::new(address, port)),
        );
    }
    turns
}

/// Connects to the first that answers. The next one is tried when the one before has failed or has been silent for a
/// head start; the error is the first one's.
async fn race(mut addresses: VecDeque<SocketAddr>) -> io::Result<TcpStream> {
    let mut attempts = FuturesUnordered::new();
    let mut first_error = None;
    loop {
        if let Some(address) = addresses.pop_front() {
            attempts.push(dial(address));
        }
        loop {
            let next = if addresses.is_empty() {
                attempts.next().await
            } else {
                match timeout_some(attempts.next()).await {
                    Some(next) => next,
                    None => break,
                }
            };
            match next {
                Some(Ok(stream)) => return Ok(stream),
                Some(Err(error)) => {
                    first_error.get_or_insert(error);
                    if !addresses.is_empty() {
                        break;
                    }
                }
                None => {
                    return Err(
                        first_error.unwrap_or_else(|| io::Error::other("there is no address"))
                    );
                }
            }
        }
    }
}

async fn timeout_some<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        value = future => Some(value),
        () = sleep(HEAD_START) => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "this is egress")]
async fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

fn resolve_fault(error: ResolveError) -> Fault {
    let kind = match &error {
        ResolveError::NotFound(_) => FailureKind::DnsNotFound,
        ResolveError::TimedOut(_) => FailureKind::DnsTimeout,
        ResolveError::Failed { .. } => FailureKind::DnsFailed,
    };
    Fault::new(kind, error.to_string()).because(error)
}

fn connect_fault(place: &Place, error: io::Error) -> Fault {
    let (kind, message) = match error.kind() {
        io::ErrorKind::ConnectionRefused => (
            FailureKind::ConnectRefused,
            format!("nothing listens at {place}"),
        ),
        io::ErrorKind::TimedOut => (
            FailureKind::ConnectTimeout,
            format!("{place} did not accept a connection in time"),
        ),
        _ => (
            FailureKind::ConnectFailed,
            format!("{place} can't be reached: {error}"),
        ),
    };
    Fault::new(kind, message).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_families_take_turns() {
        let addresses: Vec<IpAddr> = ["2001:db8::1", "2001:db8::2", "192.0.2.1"]
            .map(|text| text.parse().unwrap())
            .into();
        let turns: Vec<String> = interleave(&addresses, 80)
            .iter()
            .map(SocketAddr::to_string)
            .collect();
        assert_eq!(
            turns,
            ["[2001:db8::1]:80", "192.0.2.1:80", "[2001:db8::2]:80"]
        );
    }
}
