//! `DELETE /session`.

use axum::extract::State;
use http::{HeaderName, StatusCode};

use crate::Api;
use crate::caller::{By, Caller, Viewer, ended_cookie};
use crate::error::ApiError;

/// Signs out. With an API key there is nothing to end.
#[utoipa::path(
    delete, path = "/session", tag = "session",
    security(("api_key" = ["viewer"])),
    responses((status = 204, description = "The session has ended, and its cookie with it.")),
)]
pub(crate) async fn end_session(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<(StatusCode, [(HeaderName, String); 1]), ApiError> {
    if let By::Session { id, .. } = caller.by {
        api.journal().close_session(&caller.actor(), id).await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        ended_cookie(&api.config().public_url),
    ))
}
