//! `DELETE /inboxes/{id}/requests/{request}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Deletes a request that has come to an inbox.
#[utoipa::path(
    delete, path = "/inboxes/{id}/requests/{request}", tag = "inboxes",
    security(("api_key" = ["editor"])),
    params(
        ("id" = String, Path, description = "The inbox's id."),
        ("request" = String, Path, description = "The request's id."),
    ),
    responses((status = 204, description = "The request was deleted.")),
)]
pub(crate) async fn delete_inbox_request(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((id, request)): PathText<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = api.store().read().await?;
    let (found, _) = find::inbox_request(&mut tx, &caller, &id, &request).await?;
    drop(tx);
    let journal = api.journal();
    journal
        .delete_inbox_request(&caller.actor(), found.inbox, found.id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
