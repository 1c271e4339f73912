//! `GET /collections/{uid}/source-status`.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Tells whether the collection that a fork grew from has something new.
#[utoipa::path(
    get, path = "/collections/{uid}/source-status", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The fork's uid or id.")),
    responses((status = 200, description = "`{\"collection\": {\"<the fork's uid>\": {\"isSourceAhead\": true}}}`.", body = Value)),
)]
pub(crate) async fn get_source_status(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<Value>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let grown = tx.forks().get(caller.team, found.id).await?;
    let fork = grown.ok_or_else(|| ApiError::not_found("fork", &uid))?;
    let source = tx.collections().get(caller.team, fork.source).await?;
    let is_ahead = source.is_some_and(|it| it.version > fork.version);
    let uid = found.uid().to_string();
    Ok(Json(
        json!({"collection": {uid: {"isSourceAhead": is_ahead}}}),
    ))
}
