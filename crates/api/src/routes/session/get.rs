//! `GET /session`.

use axum::Json;
use axum::extract::State;

use super::{may_reset, team_of};
use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::shapes::session::{SessionAnswer, SessionView};

/// Tells who is signed in, and what the browser sends along with changes.
#[utoipa::path(
    get, path = "/session", tag = "session",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "Who it is.", body = SessionAnswer)),
)]
pub(crate) async fn get_session(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<SessionAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let team = team_of(&mut tx, &caller).await?;
    let resets = may_reset(&mut tx, &caller, api.now()).await?;
    let session = SessionView::of(&caller, &team, resets);
    Ok(Json(SessionAnswer { session }))
}
