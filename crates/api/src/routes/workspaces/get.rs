//! `GET /workspaces/{id}`.

use axum::Json;
use axum::extract::State;
use postern_storage::{CollectionFilter, EnvironmentFilter, MonitorFilter};

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::workspace::{WorkspaceAnswer, WorkspaceView};

/// Shows a workspace and what lies in it.
#[utoipa::path(
    get, path = "/workspaces/{id}", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    responses((status = 200, description = "The workspace.", body = WorkspaceAnswer)),
)]
pub(crate) async fn get_workspace(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<WorkspaceAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    let workspace = Some(found.id);
    let in_collections = CollectionFilter {
        workspace,
        ..CollectionFilter::default()
    };
    let in_environments = EnvironmentFilter {
        workspace,
        ..EnvironmentFilter::default()
    };
    let in_monitors = MonitorFilter {
        workspace,
        ..MonitorFilter::default()
    };
    let collections = tx.collections().list(caller.team, &in_collections).await?;
    let environments = tx
        .environments()
        .list(caller.team, &in_environments)
        .await?;
    let monitors = tx.monitors().list(caller.team, &in_monitors).await?;
    let workspace = WorkspaceView::of(&found, &collections, &environments, &monitors);
    Ok(Json(WorkspaceAnswer { workspace }))
}
