//! `DELETE /inboxes/{id}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Deletes an inbox with all that has come to it.
///
/// Its address answers 404 from now on, and no other inbox ever has it.
#[utoipa::path(
    delete, path = "/inboxes/{id}", tag = "inboxes",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The inbox's id.")),
    responses((status = 204, description = "The inbox was deleted.")),
)]
pub(crate) async fn delete_inbox(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::inbox(&mut tx, &caller, &id).await?;
    drop(tx);
    let journal = api.journal();
    journal.delete_inbox(&caller.actor(), found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
