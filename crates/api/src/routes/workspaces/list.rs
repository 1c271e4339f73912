//! `GET /workspaces`.

use axum::Json;
use axum::extract::State;
use postern_model::WorkspaceKind;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::params::Params;
use crate::shapes::workspace::{WorkspaceList, WorkspaceSummary};

/// Which workspaces are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those of this type.
    r#type: Option<String>,
}

/// Lists the team's workspaces.
#[utoipa::path(
    get, path = "/workspaces", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(Filter),
    responses((status = 200, description = "All of them, by name.", body = WorkspaceList)),
)]
pub(crate) async fn list_workspaces(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
) -> Result<Json<WorkspaceList>, ApiError> {
    let kind = filter.r#type.as_deref().map(super::kind_of).transpose()?;
    let mut tx = api.store().read().await?;
    let all = tx.workspaces().list(caller.team).await?;
    let workspaces = all
        .iter()
        .filter(|workspace| caller.sees(Some(workspace.id)))
        .filter(|workspace| kind.is_none_or(|kind: WorkspaceKind| workspace.kind == kind))
        .map(WorkspaceSummary::of)
        .collect();
    Ok(Json(WorkspaceList { workspaces }))
}
