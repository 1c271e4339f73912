//! `GET /users/{id}`.

use axum::Json;
use axum::extract::State;
use postern_storage::Member;

use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::params::PathText;
use crate::shapes::user::UserView;

/// Shows one of the people of the team.
#[utoipa::path(
    get, path = "/users/{id}", tag = "users",
    security(("api_key" = ["viewer"])),
    params(("id" = i64, Path, description = "The user's id.")),
    responses((status = 200, description = "Who it is.", body = UserView)),
)]
pub(crate) async fn get_user(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<UserView>, ApiError> {
    let found = member(&api, &caller, &id).await?;
    Ok(Json(UserView::of(&found)))
}

/// The member of the caller's team with this id.
pub(super) async fn member(api: &Api, caller: &Identity, id: &str) -> Result<Member, ApiError> {
    let mut tx = api.store().read().await?;
    let members = tx.memberships().list(caller.team).await?;
    let mut members = members.into_iter();
    let found = members.find(|member| member.user.id.to_string() == id);
    found.ok_or_else(|| ApiError::not_found("user", id))
}
