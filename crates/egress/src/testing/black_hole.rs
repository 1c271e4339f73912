//! A listener that swallows connections.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// A port whose queue of connections is full and never emptied: whoever connects waits for ever, as behind a firewall
/// that drops packets.
#[derive(Debug)]
pub struct BlackHole {
    address: SocketAddr,
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl BlackHole {
    /// Opens one on a free loopback port.
    pub fn open() -> Self {
        // Only tokio's socket can be told how long its queue is, and it wants a runtime for that; a test's own may
        // be what we are on, hence the thread.
        let listener = std::thread::spawn(listen).join().expect("a listener");
        let address = listener.local_addr().expect("the listener's address");
        let mut waiting = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            waiting.push(stream);
            assert!(waiting.len() < 64, "the listener's queue is never full");
        }
        Self {
            address,
            _listener: listener,
            _waiting: waiting,
        }
    }

    /// The URL of it.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

fn listen() -> TcpListener {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    let _inside = runtime.enter();
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket
        .bind((Ipv4Addr::LOCALHOST, 0).into())
        .expect("a loopback port");
    let listener = socket.listen(1).expect("a listener");
    listener.into_std().expect("a listener of the system's")
}
