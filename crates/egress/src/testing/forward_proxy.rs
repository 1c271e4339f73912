//! Real proxies on the loopback interface, for tests: they record what they are asked and lead there, or refuse.

mod http;
mod socks;

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::identity::Identity;

/// What a proxy knows and whom it lets in.
#[derive(Debug, Default)]
pub struct ProxyRules {
    names: HashMap<String, IpAddr>,
    credentials: Option<(String, String)>,
    refused: Vec<IpAddr>,
}

impl ProxyRules {
    /// A proxy that lets everybody in and knows no name.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, knowing one more name.
    #[must_use]
    pub fn knowing(mut self, name: &str, address: &str) -> Self {
        let address = address.parse().expect("an address");
        self.names.insert(name.to_owned(), address);
        self
    }

    /// The same, letting in only who brings these along.
    #[must_use]
    pub fn letting_in(mut self, user: &str, password: &str) -> Self {
        self.credentials = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// The same, leading to this address for nobody.
    #[must_use]
    pub fn refusing(mut self, address: &str) -> Self {
        self.refused.push(address.parse().expect("an address"));
        self
    }
}

#[derive(Debug, Default)]
struct Shared {
    rules: ProxyRules,
    asked: Mutex<Vec<String>>,
}

impl Shared {
    fn record(&self, asked: String) {
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(asked);
    }

    /// Connects to `host:port`; the error is a kind that both sorts of proxy have a word for.
    async fn reach(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let known = self.rules.names.get(host).copied();
        let address = known
            .or_else(|| bare.parse().ok())
            .ok_or(io::ErrorKind::NotFound)?;
        if self.rules.refused.contains(&address) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "a proxy of the tests dials as it is asked"
        )]
        TcpStream::connect((address, port)).await
    }
}

/// A running proxy; it stops when dropped.
pub struct ForwardProxy {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl ForwardProxy {
    /// An HTTP proxy: it reads plain requests along and makes tunnels for others.
    pub fn http(rules: ProxyRules) -> Self {
        Self::start("http", rules, None)
    }

    /// An HTTP proxy that is spoken to over TLS.
    pub fn https(rules: ProxyRules, identity: &Identity) -> Self {
        Self::start("https", rules, Some(identity.acceptor()))
    }

    /// A SOCKS 5 proxy.
    pub fn socks5(rules: ProxyRules) -> Self {
        Self::start("socks5", rules, None)
    }

    fn start(scheme: &'static str, rules: ProxyRules, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("the listener's address");
        let shared = Arc::new(Shared {
            rules,
            ..Shared::default()
        });
        let stop = CancellationToken::new();
        let thread = std::thread::Builder::new()
            .name("test-proxy".to_owned())
            .spawn({
                let (shared, stop) = (shared.clone(), stop.clone());
                move || run(listener, scheme, acceptor.as_ref(), &shared, &stop)
            })
            .expect("a thread");
        Self {
            address,
            scheme,
            shared,
            stop,
            thread: Some(thread),
        }
    }

    /// The URL of the proxy.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was asked so far: the heads of requests, or the places that SOCKS named.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.shared.asked.lock();
        asked.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ForwardProxy {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed there.
            drop(thread.join());
        }
    }
}

fn run(
    listener: TcpListener,
    scheme: &str,
    acceptor: Option<&TlsAcceptor>,
    shared: &Arc<Shared>,
    stop: &CancellationToken,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let socks = scheme == "socks5";
    runtime.block_on(stop.run_until_cancelled(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let connections = TaskTracker::new();
        while let Ok((stream, _)) = listener.accept().await {
            let (shared, acceptor) = (shared.clone(), acceptor.cloned());
            connections.spawn(async move {
                // A peer that hangs up is none of the proxy's trouble.
                drop(serve(stream, socks, acceptor, &shared).await);
            });
        }
    }));
}

/// Whatever a client speaks over.
trait Client: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Client for T {}

async fn serve(
    stream: TcpStream,
    socks: bool,
    acceptor: Option<TlsAcceptor>,
    shared: &Shared,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut client: Box<dyn Client> = match acceptor {
        Some(acceptor) => Box::new(acceptor.accept(stream).await?),
        None => Box::new(stream),
    };
    if socks {
        socks::serve(&mut client, shared).await
    } else {
        http::serve(&mut client, shared).await
    }
}
