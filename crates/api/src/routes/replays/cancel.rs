//! `POST /replays/{id}/cancel`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::replay::{ReplayAnswer, ReplayView};

/// Ends a replay that goes on.
///
/// What it has made due stays due. A replay that has ended already is not changed: 409.
#[utoipa::path(
    post, path = "/replays/{id}/cancel", tag = "deliveries",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The replay's id.")),
    responses((status = 200, description = "The replay has ended.", body = ReplayAnswer)),
)]
pub(crate) async fn cancel_replay(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<ReplayAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::replay(&mut tx, &caller, &id).await?;
    drop(tx);
    let cancelled = api
        .journal()
        .cancel_replay(&caller.actor(), found.id)
        .await?;
    let replay = ReplayView::of(&cancelled);
    Ok(Json(ReplayAnswer { replay }))
}
