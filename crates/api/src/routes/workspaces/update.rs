//! `PUT /workspaces/{id}`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewWorkspace;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::workspace::{WorkspaceBody, WorkspaceChanged};

/// Changes a workspace.
///
/// What the body does not name stays as it is.
#[utoipa::path(
    put, path = "/workspaces/{id}", tag = "workspaces",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    request_body = WorkspaceBody,
    responses((status = 200, description = "The workspace was changed.", body = WorkspaceChanged)),
)]
pub(crate) async fn update_workspace(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<WorkspaceBody>,
) -> Result<Json<WorkspaceChanged>, ApiError> {
    let fields = body.workspace;
    let kind = fields.r#type.as_deref().map(super::kind_of).transpose()?;
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    drop(tx);
    let change = NewWorkspace {
        name: fields.name.unwrap_or(found.name),
        kind: kind.unwrap_or(found.kind),
        description: fields
            .description
            .or(fields.about)
            .unwrap_or(found.description),
    };
    let workspace = api
        .journal()
        .update_workspace(&caller.actor(), found.id, change)
        .await?;
    Ok(Json(WorkspaceChanged::of(&workspace)))
}
