//! The receiver's thread: accept, read, record, answer.

use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::{Answer, Manner};
use super::receiver::{Received, Shared};
use super::serve_http2;

pub(super) fn run(
    listener: TcpListener,
    acceptor: Option<&TlsAcceptor>,
    shared: &Arc<Shared>,
    stop: &CancellationToken,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(stop.run_until_cancelled(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let connections = TaskTracker::new();
        while let Ok((stream, _)) = listener.accept().await {
            let (shared, acceptor) = (shared.clone(), acceptor.cloned());
            connections.spawn(async move {
                let number = shared.connected();
                // A peer that hangs up is none of the receiver's trouble.
                drop(converse(stream, acceptor, &shared, number).await);
            });
        }
    }));
}

async fn converse(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    shared: &Arc<Shared>,
    connection: usize,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = match acceptor {
        Some(acceptor) => {
            let stream = acceptor.accept(stream).await?;
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                return serve_http2::converse(stream, shared, connection).await;
            }
            Stream::Tls(Box::new(stream))
        }
        None => Stream::Plain(stream),
    };
    let mut buffer = BytesMut::new();
    while let Some(received) = read_request(&mut stream, &mut buffer, connection).await? {
        let asked_to_close = received
            .header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let answer = shared.record(received);
        if !give(&mut stream, &answer).await? || asked_to_close {
            break;
        }
    }
    stream.shutdown().await
}

/// Gives the answer; says whether the connection may serve another request.
async fn give(stream: &mut Stream, answer: &Answer) -> io::Result<bool> {
    tokio::time::sleep(answer.delay).await;
    match &answer.manner {
        Manner::Nothing => std::future::pending::<()>().await,
        Manner::Raw(bytes) => {
            stream.write_all(bytes).await?;
            return Ok(false);
        }
        _ => stream.write_all(&answer.head()).await?,
    }
    match &answer.manner {
        Manner::HeadOnly => {
            stream.flush().await?;
            std::future::pending::<()>().await;
        }
        Manner::Drip(every) => {
            for byte in &answer.body {
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(*every).await;
            }
        }
        Manner::Endless => loop {
            stream.write_all(&[b'x'; 4096]).await?;
        },
        Manner::ResetAfter(bytes) => {
            stream
                .write_all(&answer.body[..(*bytes).min(answer.body.len())])
                .await?;
            stream.flush().await?;
            stream.reset()?;
            // Leaving by an error skips the polite end.
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        _ => stream.write_all(&answer.body).await?,
    }
    stream.flush().await?;
    Ok(!answer.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
    }))
}

async fn read_request(
    stream: &mut Stream,
    buffer: &mut BytesMut,
    connection: usize,
) -> io::Result<Option<Received>> {
    let (method, target, headers, length) = loop {
        let mut slots = [httparse::EMPTY_HEADER; 256];
        let mut request = httparse::Request::new(&mut slots);
        match request.parse(buffer).map_err(io::Error::other)? {
            httparse::Status::Complete(length) => {
                let headers = request
                    .headers
                    .iter()
                    .map(|header| {
                        let value = String::from_utf8_lossy(header.value).into_owned();
                        (header.name.to_owned(), value)
                    })
                    .collect::<Vec<_>>();
                let method = request.method.unwrap_or_default().to_owned();
                let target = request.path.unwrap_or_default().to_owned();
                break (method, target, headers, length);
            }
            httparse::Status::Partial => {
                if stream.read_buf(buffer).await? == 0 {
                    return Ok(None);
                }
            }
        }
    };
    buffer.advance(length);
    let mut received = Received {
        method,
        target,
        headers,
        body: Bytes::new(),
        at: Instant::now(),
        connection,
    };
    received.body = read_body(stream, buffer, &received).await?;
    received.at = Instant::now();
    Ok(Some(received))
}

async fn read_body(
    stream: &mut Stream,
    buffer: &mut BytesMut,
    received: &Received,
) -> io::Result<Bytes> {
    if received.header("transfer-encoding").is_some() {
        return read_chunks(stream, buffer).await;
    }
    let length = received
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    fill(stream, buffer, length).await?;
    Ok(buffer.split_to(length).freeze())
}

async fn read_chunks(stream: &mut Stream, buffer: &mut BytesMut) -> io::Result<Bytes> {
    let mut body = BytesMut::new();
    loop {
        let (line, size) = loop {
            match httparse::parse_chunk_size(buffer) {
                Ok(httparse::Status::Complete(found)) => break found,
                Ok(httparse::Status::Partial) => fill(stream, buffer, buffer.len() + 1).await?,
                Err(_) => return Err(io::Error::other("a broken chunk size")),
            }
        };
        let size = usize::try_from(size).map_err(io::Error::other)?;
        buffer.advance(line);
        fill(stream, buffer, size + 2).await?;
        body.extend_from_slice(&buffer[..size]);
        buffer.advance(size + 2);
        if size == 0 {
            return Ok(body.freeze());
        }
    }
}

async fn fill(stream: &mut Stream, buffer: &mut BytesMut, length: usize) -> io::Result<()> {
    while buffer.len() < length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Makes the close that follows a reset.
    fn reset(&self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.set_zero_linger(),
            Self::Tls(stream) => stream.get_ref().0.set_zero_linger(),
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
