//! `POST /workspaces`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewWorkspace;
use postern_model::WorkspaceKind;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::params::needed;
use crate::shapes::workspace::{WorkspaceBody, WorkspaceChanged};

/// Makes a workspace.
#[utoipa::path(
    post, path = "/workspaces", tag = "workspaces",
    security(("api_key" = ["editor"])),
    request_body = WorkspaceBody,
    responses((status = 200, description = "The workspace was made.", body = WorkspaceChanged)),
)]
pub(crate) async fn create_workspace(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<WorkspaceBody>,
) -> Result<Json<WorkspaceChanged>, ApiError> {
    caller.whole_team()?;
    let fields = body.workspace;
    let name = needed("workspace.name", fields.name)?;
    let kind = match fields.r#type.as_deref() {
        None => WorkspaceKind::Team,
        Some(word) => super::kind_of(word)?,
    };
    let description = fields.description.or(fields.about).unwrap_or_default();
    let workspace = api
        .journal()
        .create_workspace(
            &caller.actor(),
            NewWorkspace {
                name,
                kind,
                description,
            },
        )
        .await?;
    Ok(Json(WorkspaceChanged::of(&workspace)))
}
