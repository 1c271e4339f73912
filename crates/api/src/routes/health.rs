//! Whether the server lives, and whether it can work. Neither needs a key; neither tells anything of a team.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::Api;

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
