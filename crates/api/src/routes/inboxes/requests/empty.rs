//! `DELETE /inboxes/{id}/requests`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Deletes all that has come to an inbox.
#[utoipa::path(
    delete, path = "/inboxes/{id}/requests", tag = "inboxes",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The inbox's id.")),
    responses((status = 204, description = "The inbox is empty.")),
)]
pub(crate) async fn empty_inbox(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::inbox(&mut tx, &caller, &id).await?;
    drop(tx);
    let journal = api.journal();
    journal.empty_inbox(&caller.actor(), found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
