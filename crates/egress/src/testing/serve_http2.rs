//! The receiver's side of a connection that speaks HTTP/2.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::server::TlsStream;

use super::answer::Manner;
use super::receiver::{Received, Shared};

/// Answers whole, or never, or by ending the exchange: the finer faults are those of HTTP/1.1.
pub(super) async fn converse(
    stream: TlsStream<TcpStream>,
    shared: &Arc<Shared>,
    connection: usize,
) -> io::Result<()> {
    let service = service_fn(|request| respond(request, shared.clone(), connection));
    http2::Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

async fn respond(
    request: Request<Incoming>,
    shared: Arc<Shared>,
    connection: usize,
) -> Result<Response<Full<Bytes>>, io::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = head.uri.authority().map(ToString::to_string);
    let mut headers: Vec<(String, String)> = authority
        .into_iter()
        .map(|authority| (":authority".to_owned(), authority))
        .collect();
    headers.extend(head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    }));
    let answer = shared.record(Received {
        method: head.method.to_string(),
        target: path.to_owned(),
        headers,
        body,
        at: Instant::now(),
        connection,
    });
    tokio::time::sleep(answer.delay).await;
    match answer.manner {
        Manner::Nothing => std::future::pending::<()>().await,
        Manner::ResetAfter(_) => return Err(io::ErrorKind::ConnectionReset.into()),
        _ => {}
    }
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let body = Full::new(answer.body);
    response.body(body).map_err(io::Error::other)
}
