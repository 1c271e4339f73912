//! `DELETE /sources/{id}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Deletes a source. What came from it stays, and can be changed from then on.
#[utoipa::path(
    delete, path = "/sources/{id}", tag = "sources",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The source's id.")),
    responses((status = 204, description = "The source was deleted.")),
)]
pub(crate) async fn delete_source(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::source(&mut tx, &caller, &id).await?;
    drop(tx);
    let journal = api.journal();
    journal.delete_source(&caller.actor(), found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
