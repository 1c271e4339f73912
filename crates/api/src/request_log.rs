//! One line for each request, and no panic beyond this point.

use std::panic::AssertUnwindSafe;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue};
use tokio::time::Instant;
use tracing::Instrument;

use crate::Api;
use crate::error::ApiError;

/// By this id an answer and the log's lines about it are found together.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Logs method, matched path, status and duration. The path is the route's pattern: ids stay out of it, and so do keys in
/// the query. A handler that panics is answered as `serverError`; the panic itself is told by the program's panic hook.
pub(crate) async fn log_request(State(api): State<Api>, request: Request, next: Next) -> Response {
    let id = api.random().uuid_v7(api.now());
    let span = tracing::info_span!("api.request", request.id = %id);
    let mut response = answer(request, next).instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

async fn answer(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(no route)".to_owned(), |path| path.as_str().to_owned());
    let response = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| ApiError::panicked(panic.as_ref()).into_response());
    let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        http.method = %method,
        http.route = path,
        http.status = response.status().as_u16(),
        duration_ms,
        "answered a request"
    );
    response
}
