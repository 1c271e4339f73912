//! `GET /workspaces/{id}/activities`.

use axum::Json;
use axum::extract::State;
use postern_storage::ActivityFilter;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText};
use crate::shapes::activity::{WorkspaceFeed, WorkspaceFeedLine};

/// Lists what was done in a workspace, as Postman shows it.
///
/// `GET /activities` tells the same with more detail.
#[utoipa::path(
    get, path = "/workspaces/{id}/activities", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id."), PageParams),
    responses((status = 200, description = "The newest first.", body = WorkspaceFeed)),
)]
pub(crate) async fn list_workspace_activities(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
    Params(page): Params<PageParams>,
) -> Result<Json<WorkspaceFeed>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace(&mut tx, caller.team, &id).await?;
    let filter = ActivityFilter {
        workspace: Some(workspace.id),
        ..ActivityFilter::default()
    };
    let page = tx.activities().list(caller.team, &filter, request).await?;
    Ok(Json(WorkspaceFeed {
        meta: PageMeta::after(&page, request),
        data: page.items.into_iter().map(WorkspaceFeedLine::of).collect(),
    }))
}
