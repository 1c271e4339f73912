//! To the proxy, and through it to the target.

use std::io;

use tokio::time::{Instant, timeout};

use super::fault::ProxyFault;
use super::{Proxy, Scheme, connect, socks};
use crate::connector::Connector;
use crate::dial::Place;
use crate::failure::{FailureKind, Fault};
use crate::limit::Limits;
use crate::stream::{Stream, WireEnds};
use crate::timing::Progress;
use crate::tls::TlsOptions;
use crate::version::Versions;
use crate::way::Way;

/// How many of a target's addresses a proxy is asked for, one after another.
const TRIES: usize = 3;

impl Connector {
    /// Connects to the proxy itself. The policy is asked about it as about any other address.
    pub(crate) async fn to_proxy(
        &self,
        proxy: &Proxy,
        way: &Way,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<(Stream, WireEnds), Fault> {
        if self.dialer.is_some() {
            let message = "a process whose connections another opens goes through no proxy";
            return Err(Fault::new(FailureKind::ProxyFailed, message));
        }
        let place = &proxy.0.place;
        let opened = self.straight(place, limits, progress).await;
        let (stream, ends) = opened.map_err(|fault| match fault.kind {
            FailureKind::AddressForbidden => fault,
            _ => proxy_fault(ProxyFault::Unreachable(fault.message)),
        })?;
        if proxy.0.scheme != Scheme::Https {
            return Ok((stream, ends));
        }
        // Who we are is for the target to know, not for those on the way.
        let options = TlsOptions {
            identity: None,
            ..way.tls.clone()
        };
        let began = Instant::now();
        let secure = self.secure(&place.host, stream, &options, Versions::Http1, limits);
        let stream = secure.await?;
        lengthen(progress, began);
        Ok((stream, ends))
    }

    /// Connects to the target through the proxy.
    pub(crate) async fn tunnel(
        &self,
        proxy: &Proxy,
        user_agent: Option<&str>,
        target: &Place,
        way: &Way,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<(Stream, WireEnds), Fault> {
        let places = self.places(proxy, target, limits, progress).await?;
        let mut refusal = None;
        for place in places.iter().take(TRIES) {
            let (mut stream, ends) = Box::pin(self.to_proxy(proxy, way, limits, progress)).await?;
            let began = Instant::now();
            let asked = ask(&mut stream, proxy, user_agent, place);
            let answer = timeout(limits.connect, asked).await;
            lengthen(progress, began);
            match answer {
                Ok(Ok(())) => return Ok((stream, ends)),
                // It may reach another address of the same target: IPv4 but not IPv6, say.
                Ok(Err(fault @ (ProxyFault::Refused { .. } | ProxyFault::Rejected { .. }))) => {
                    refusal.get_or_insert(fault);
                }
                Ok(Err(fault)) => return Err(proxy_fault(fault)),
                Err(_) => {
                    let seconds = limits.connect.as_secs_f32();
                    return Err(proxy_fault(ProxyFault::Silent(seconds)));
                }
            }
        }
        let nothing = || ProxyFault::Closed(io::Error::other("there is no address"));
        Err(proxy_fault(refusal.unwrap_or_else(nothing)))
    }

    /// What the proxy is asked for: the target by name where any address will do, else the addresses that were vetted.
    async fn places(
        &self,
        proxy: &Proxy,
        target: &Place,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<Vec<Place>, Fault> {
        if self.policy.is_open() && proxy.0.scheme != Scheme::Socks5 {
            return Ok(vec![target.clone()]);
        }
        let addresses = self.vetted(target, limits.connect, progress).await?;
        let places = addresses.into_iter();
        Ok(places
            .map(|address| socks::place_of(address, target.port))
            .collect())
    }
}

async fn ask(
    stream: &mut Stream,
    proxy: &Proxy,
    user_agent: Option<&str>,
    place: &Place,
) -> Result<(), ProxyFault> {
    if proxy.is_socks() {
        return socks::connect(stream, place, proxy.0.credentials.as_ref()).await;
    }
    let mut headers = Vec::new();
    headers.extend(user_agent.map(|agent| ("User-Agent", agent.to_owned())));
    headers.extend(
        proxy
            .authorization()
            .map(|own| ("Proxy-Authorization", own)),
    );
    connect::connect(stream, place, &headers).await
}

/// Getting through a proxy is part of connecting.
fn lengthen(progress: &mut Progress, began: Instant) {
    let before = progress.timings.connect.unwrap_or_default();
    progress.timings.connect = Some(before + began.elapsed());
}

fn proxy_fault(fault: ProxyFault) -> Fault {
    Fault::new(FailureKind::ProxyFailed, fault.to_string()).because(fault)
}
