//! `POST /sources/{id}/sync`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Asks for a look at a source now; its `checkedAt` tells when that has been.
#[utoipa::path(
    post, path = "/sources/{id}/sync", tag = "sources",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The source's id.")),
    responses((status = 202, description = "It will be looked at in a moment.")),
)]
pub(crate) async fn sync_source(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::source(&mut tx, &caller, &id).await?;
    drop(tx);
    let journal = api.journal();
    journal.request_sync(&caller.actor(), found.id).await?;
    Ok(StatusCode::ACCEPTED)
}
