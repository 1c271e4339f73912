//! `DELETE /incoming-hooks/{id}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Deletes an incoming hook: its address leads nowhere from then on.
#[utoipa::path(
    delete, path = "/incoming-hooks/{id}", tag = "incoming-hooks",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The hook's id.")),
    responses((status = 204, description = "The hook was deleted.")),
)]
pub(crate) async fn delete_incoming_hook(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::incoming_hook(&mut tx, &caller, &id).await?;
    drop(tx);
    let journal = api.journal();
    let actor = caller.actor();
    journal.delete_incoming_hook(&actor, found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
