//! A small HTTP server on a free loopback port, for the demo's own API and inbox.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The largest body that the demo takes: 32 MiB, more than any backup.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// What answers a request whose body has been read.
pub(super) type Answerer = dyn Fn(Request<Bytes>) -> Response<Full<Bytes>> + Send + Sync;

/// Serves until it is told to stop; where it listens.
pub(super) async fn serve(
    answer: Arc<Answerer>,
    tasks: &TaskTracker,
    stop: CancellationToken,
) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .context("listen on a free loopback port")?;
    let address = listener.local_addr().context("learn the port")?;
    let connections = tasks.clone();
    tasks.spawn(async move {
        while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
            let Ok((stream, _)) = accepted else { continue };
            let (answer, stop) = (Arc::clone(&answer), stop.clone());
            connections.spawn(async move {
                let service = service_fn(move |request| respond(Arc::clone(&answer), request));
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                // A client that goes away, or our own stop, ends the connection; neither is news.
                let _ = stop.run_until_cancelled(connection).await;
            });
        }
    });
    Ok(address)
}

async fn respond(
    answer: Arc<Answerer>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    Ok(answer(Request::from_parts(parts, body)))
}
