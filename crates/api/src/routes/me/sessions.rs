//! `/me/sessions`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_model::SessionId;

use crate::Api;
use crate::caller::{By, Caller, Viewer};
use crate::error::ApiError;
use crate::params::PathText;
use crate::shapes::session::{SessionLine, SessionList};

/// Lists the browsers in which the caller is signed in.
#[utoipa::path(
    get, path = "/me/sessions", tag = "me",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The newest first.", body = SessionList)),
)]
pub(crate) async fn list_sessions(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<SessionList>, ApiError> {
    caller.whole_team()?;
    let mut tx = api.store().read().await?;
    let all = tx.sessions().list(caller.team, caller.user.id).await?;
    let now = api.now();
    let current = match caller.by {
        By::Session { id, .. } => Some(id),
        By::Key { .. } => None,
    };
    let valid = all.iter().filter(|session| now < session.expires_at);
    let sessions = valid.map(|it| SessionLine::of(it, current)).collect();
    Ok(Json(SessionList { sessions }))
}

/// Signs the caller out of another browser.
#[utoipa::path(
    delete, path = "/me/sessions/{id}", tag = "me",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The session's id.")),
    responses((status = 204, description = "The session has ended.")),
)]
pub(crate) async fn delete_session(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    caller.whole_team()?;
    let parsed: Result<SessionId, _> = id.parse();
    let parsed = parsed.map_err(|_| ApiError::not_found("session", &id))?;
    api.journal().close_session(&caller.actor(), parsed).await?;
    Ok(StatusCode::NO_CONTENT)
}
