//! `GET /replays/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::replay::{ReplayAnswer, ReplayView};

/// Shows how far a replay has come.
#[utoipa::path(
    get, path = "/replays/{id}", tag = "deliveries",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The replay's id.")),
    responses((status = 200, description = "The replay.", body = ReplayAnswer)),
)]
pub(crate) async fn get_replay(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<ReplayAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::replay(&mut tx, &caller, &id).await?;
    let replay = ReplayView::of(&found);
    Ok(Json(ReplayAnswer { replay }))
}
