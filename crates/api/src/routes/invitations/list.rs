//! `GET /invitations`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::invitation::{InvitationList, InvitationView};

/// Lists the invitations that nobody has accepted yet.
#[utoipa::path(
    get, path = "/invitations", tag = "people",
    security(("api_key" = ["admin"])),
    responses((status = 200, description = "The oldest first, without their links.", body = InvitationList)),
)]
pub(crate) async fn list_invitations(
    State(api): State<Api>,
    caller: Caller<Admin>,
) -> Result<Json<InvitationList>, ApiError> {
    let mut tx = api.store().read().await?;
    let all = tx.invitations().list(caller.team).await?;
    let now = api.now();
    let open = all.iter().filter(|it| now < it.expires_at);
    Ok(Json(InvitationList {
        invitations: open.map(InvitationView::of).collect(),
    }))
}
