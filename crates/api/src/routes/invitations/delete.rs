//! `DELETE /invitations/{id}`.

use axum::extract::State;
use http::StatusCode;
use postern_model::InvitationId;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::params::PathText;

/// Takes an invitation back.
#[utoipa::path(
    delete, path = "/invitations/{id}", tag = "people",
    security(("api_key" = ["admin"])),
    params(("id" = String, Path, description = "The invitation's id.")),
    responses((status = 204, description = "Its link opens nothing any more.")),
)]
pub(crate) async fn delete_invitation(
    State(api): State<Api>,
    caller: Caller<Admin>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let parsed: Result<InvitationId, _> = id.parse();
    let parsed = parsed.map_err(|_| ApiError::not_found("invitation", &id))?;
    let journal = api.journal();
    journal.withdraw_invitation(&caller.actor(), parsed).await?;
    Ok(StatusCode::NO_CONTENT)
}
