//! `DELETE /users/{id}`.

use axum::extract::State;
use http::StatusCode;

use super::get::member;
use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::params::PathText;

/// Takes somebody out of the team.
///
/// Keys and sessions open nothing from then on; what the person made stays.
#[utoipa::path(
    delete, path = "/users/{id}", tag = "users",
    security(("api_key" = ["admin"])),
    params(("id" = i64, Path, description = "The user's id.")),
    responses((status = 204, description = "The person is not in the team any more.")),
)]
pub(crate) async fn remove_user(
    State(api): State<Api>,
    caller: Caller<Admin>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let found = member(&api, &caller, &id).await?;
    let journal = api.journal();
    journal
        .remove_member(&caller.actor(), found.user.id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
