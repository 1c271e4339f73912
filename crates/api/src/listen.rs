//! Connections: accepted until the door shuts, each served on a task of its own and seen to its end.

use std::io;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use crate::caller::Peer;

/// How long a client may take to send a request's head, and how long a connection may idle: who holds connections open and
/// says nothing must not use them up.
const HEAD_WITHIN: Duration = Duration::from_secs(75);

/// How long to rest after the system refused to accept (usually: no free file handle), so that the loop does not spin.
const REST: Duration = Duration::from_millis(100);

/// Accepts and serves until `closing`; connections under way end with the request that they are at.
pub(crate) async fn serve_connections(
    listener: &TcpListener,
    router: &Router,
    closing: &CancellationToken,
    tasks: &TaskTracker,
) {
    while let Some(accepted) = closing.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, from)) => {
                let peer = Peer(from.ip().to_canonical());
                tasks.spawn(serve_connection(
                    stream,
                    peer,
                    router.clone(),
                    closing.clone(),
                ));
            }
            Err(error) if is_the_clients_fault(&error) => {}
            Err(error) => {
                tracing::error!(error = %error, "failed to accept a connection");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

async fn serve_connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    closing: CancellationToken,
) {
    // Answers are written at once; a failure to say so costs some milliseconds and nothing else.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error = %error, "a connection ended early");
    }
}

fn is_the_clients_fault(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
