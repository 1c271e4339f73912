//! `DELETE /workspaces/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::workspace::WorkspaceDeleted;

/// Deletes a workspace with all that lies in it.
///
/// As in Postman's API, its collections, environments and monitors go with it.
#[utoipa::path(
    delete, path = "/workspaces/{id}", tag = "workspaces",
    security(("api_key" = ["admin"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    responses((status = 200, description = "The workspace was deleted.", body = WorkspaceDeleted)),
)]
pub(crate) async fn delete_workspace(
    State(api): State<Api>,
    caller: Caller<Admin>,
    PathText(id): PathText<String>,
) -> Result<Json<WorkspaceDeleted>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    drop(tx);
    api.journal()
        .delete_workspace(&caller.actor(), found.id)
        .await?;
    Ok(Json(WorkspaceDeleted::of(&found)))
}
