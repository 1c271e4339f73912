//! A listener that swallows connections.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// A port whose queue of connections is full and never emptied: whoever connects waits for ever, as behind a firewall
/// that drops packets.
#[derive(Debug)]
pub struct BlackHole {
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
    _listener: tokio::net::TcpListener,
    _waiting: Vec<TcpStream>,
}

impl BlackHole {
    /// Opens one on a free loopback port.
    pub fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .expect("a runtime");
        let listener = {
            let _inside = runtime.enter();
            let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
            socket
                .bind((Ipv4Addr::LOCALHOST, 0).into())
                .expect("a loopback port");
            socket.listen(1).expect("a listener")
        };
        let address = listener.local_addr().expect("the listener's address");
        let mut waiting = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            waiting.push(stream);
            assert!(waiting.len() < 64, "the listener's queue is never full");
        }
        Self {
            address,
            _runtime: runtime,
            _listener: listener,
            _waiting: waiting,
        }
    }

    /// The URL of it.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}
