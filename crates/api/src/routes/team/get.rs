//! `GET /team`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::routes::session::team_of;
use crate::shapes::team::{TeamAnswer, TeamView};

/// Tells which team the caller is in.
#[utoipa::path(
    get, path = "/team", tag = "people",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The team.", body = TeamAnswer)),
)]
pub(crate) async fn get_team(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<TeamAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let team = TeamView::of(&team_of(&mut tx, &caller).await?);
    Ok(Json(TeamAnswer { team }))
}
