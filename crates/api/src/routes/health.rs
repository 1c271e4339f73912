//! Whether the server lives, whether it can work, and what it has counted. None needs a key; none tells anything of a team.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::json;

use crate::Api;
use crate::error::ApiError;

/// How often the database is asked for what only it can count, however often the metrics are read.
const COUNT_EVERY: Duration = Duration::from_secs(10);

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> Json<serde_json::Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /readyz`: the database can be read, and every other part of the server can work.
pub(crate) async fn ready(State(api): State<Api>) -> Response {
    let mut problems = Vec::new();
    if let Err(error) = probe(&api).await {
        tracing::warn!(error = %error, "the database can't be read");
        problems.push("the database can't be read".to_owned());
    }
    problems.extend(api.readiness().iter().filter_map(|part| part().err()));
    if problems.is_empty() {
        return Json(json!({ "status": "ready" })).into_response();
    }
    let body = json!({ "status": "not ready", "problems": problems });
    (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
}

async fn probe(api: &Api) -> Result<(), postern_storage::StorageError> {
    let mut tx = api.store().read().await?;
    tx.teams().is_empty().await?;
    Ok(())
}

/// `GET /metrics`: counters and gauges, in Prometheus' text format.
pub(crate) async fn metrics(State(api): State<Api>, uri: http::Uri) -> Result<Response, ApiError> {
    let Some(render) = api.metrics() else {
        return Err(ApiError::not_found("route", uri.path()));
    };
    if api.may_count(COUNT_EVERY)
        && let Err(error) = count(&api).await
    {
        tracing::warn!(error = %error, "failed to count what waits");
    }
    let format = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, format)], render()).into_response())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is not exact to the last byte"
)]
async fn count(api: &Api) -> Result<(), postern_storage::StorageError> {
    let mut tx = api.store().read().await?;
    let now = tx.now().await?;
    let waiting = tx.watch().waiting().await?;
    let bytes = tx.watch().bytes().await?;
    metrics::gauge!("webhook_deliveries", "state" => "scheduled").set(waiting.scheduled as f64);
    metrics::gauge!("webhook_deliveries", "state" => "held").set(waiting.held as f64);
    let late = waiting
        .oldest_due
        .map_or(Duration::ZERO, |due| now.since(due));
    metrics::gauge!("webhook_oldest_due_seconds").set(late.as_secs_f64());
    metrics::gauge!("webhook_db_bytes").set(bytes as f64);
    let oldest = tx.watch().oldest_finished().await?;
    let kept = oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    let lag = kept.saturating_sub(api.config().kept_for);
    metrics::gauge!("webhook_retention_lag_seconds").set(lag.as_secs_f64());
    Ok(())
}
