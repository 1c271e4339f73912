//! `GET /users`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::shapes::user::{UserList, UserView};

/// Lists the people of the team.
#[utoipa::path(
    get, path = "/users", tag = "users",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "All of them.", body = UserList)),
)]
pub(crate) async fn list_users(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<UserList>, ApiError> {
    let mut tx = api.store().read().await?;
    let members = tx.memberships().list(caller.team).await?;
    let data = members.iter().map(UserView::of).collect();
    Ok(Json(UserList { data }))
}
