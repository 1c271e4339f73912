//! `PATCH /team`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::team::{TeamAnswer, TeamBody, TeamView};

/// Gives the team another name.
#[utoipa::path(
    patch, path = "/team", tag = "people",
    security(("api_key" = ["admin"])),
    request_body = TeamBody,
    responses((status = 200, description = "The team.", body = TeamAnswer)),
)]
pub(crate) async fn change_team(
    State(api): State<Api>,
    caller: Caller<Admin>,
    JsonBody(body): JsonBody<TeamBody>,
) -> Result<Json<TeamAnswer>, ApiError> {
    let journal = api.journal();
    let team = journal
        .rename_team(&caller.actor(), &body.team.name)
        .await?;
    let team = TeamView::of(&team);
    Ok(Json(TeamAnswer { team }))
}
