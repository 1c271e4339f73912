//! `PATCH /users/{id}`.

use axum::Json;
use axum::extract::State;
use postern_model::Role;

use super::get::member;
use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::params::PathText;
use crate::shapes::user::{MemberBody, UserView};

/// Gives a member of the team another role.
///
/// The team keeps an admin: the only one can't be less (409).
#[utoipa::path(
    patch, path = "/users/{id}", tag = "users",
    security(("api_key" = ["admin"])),
    params(("id" = i64, Path, description = "The user's id.")),
    request_body = MemberBody,
    responses((status = 200, description = "Who it is, with the role.", body = UserView)),
)]
pub(crate) async fn change_user(
    State(api): State<Api>,
    caller: Caller<Admin>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<MemberBody>,
) -> Result<Json<UserView>, ApiError> {
    let role = Role::parse(&body.user.role)
        .ok_or_else(|| ApiError::invalid("user.role", "must be viewer, editor or admin"))?;
    let found = member(&api, &caller, &id).await?;
    let journal = api.journal();
    journal
        .change_role(&caller.actor(), found.user.id, role)
        .await?;
    let found = member(&api, &caller, &id).await?;
    Ok(Json(UserView::of(&found)))
}
