//! `GET /me`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::shapes::user::Me;

/// Tells who the caller is.
#[utoipa::path(
    get, path = "/me", tag = "me",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The user that the key acts for.", body = Me)),
)]
pub(crate) async fn get_me(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<Me>, ApiError> {
    let mut tx = api.store().read().await?;
    let team = tx
        .teams()
        .get(caller.team)
        .await?
        .ok_or_else(|| ApiError::not_found("team", caller.team))?;
    Ok(Json(Me::of(&caller, &team)))
}
