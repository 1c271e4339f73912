//! A connection's bytes, whatever they go through.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// Both ends of a connection: behind a proxy, the far one is the proxy's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WireEnds {
    pub(crate) peer: SocketAddr,
    pub(crate) local: SocketAddr,
}

/// A connection: TCP, TLS over it, or TLS inside the TLS of a proxy.
#[derive(Debug)]
pub(crate) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<Stream>>),
}

/// What the socket of an idle connection has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Idle {
    /// Nothing, not even that it has ended.
    Quiet,
    /// Something has come.
    Spoken,
    /// It has ended.
    Ended,
}

impl Stream {
    /// Whether the peer chose that protocol when hands were shaken.
    pub(crate) fn chose(&self, protocol: &str) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(stream) => stream.get_ref().1.alpn_protocol() == Some(protocol.as_bytes()),
        }
    }

    /// Whether an idle connection still stands: the peer has neither closed it nor said anything that it was not asked.
    pub(crate) async fn still_stands(&mut self) -> bool {
        let idle = self.idle();
        let Self::Tls(stream) = self else {
            return idle == Idle::Quiet;
        };
        if idle == Idle::Spoken {
            // TLS talks about itself (tickets, keys), which is no reason to leave. Yielding lets the runtime see what the
            // system has seen already.
            tokio::task::yield_now().await;
        }
        // TLS may hold something that the socket has given it already.
        poll_fn(|cx| {
            let mut byte = [0; 1];
            let read = Pin::new(&mut *stream).poll_read(cx, &mut ReadBuf::new(&mut byte));
            Poll::Ready(idle != Idle::Ended && read.is_pending())
        })
        .await
    }

    /// Asks the system itself: what the runtime knows may be as old as its last turn.
    fn idle(&self) -> Idle {
        match SockRef::from(self.socket()).peek(&mut [MaybeUninit::uninit(); 1]) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Idle::Quiet,
            Ok(1..) => Idle::Spoken,
            Ok(0) | Err(_) => Idle::Ended,
        }
    }

    /// Whom the socket is connected to.
    pub(crate) fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.socket().peer_addr()
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.get_ref().0.socket(),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
            Self::Tls(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(stream) => stream.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
