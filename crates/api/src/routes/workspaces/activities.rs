//! `GET /workspaces/{id}/activities`.

use axum::Json;
use axum::extract::State;
use postern_model::{Model, UserId};
use postern_storage::ActivityFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText};
use crate::shapes::activity::{WorkspaceFeed, WorkspaceFeedLine};

/// Which lines are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only what the user of this id did.
    #[serde(rename = "userId")]
    user: Option<i64>,
    /// Only what was done to this kind of thing: `collection`, `request`, `monitor`, ….
    #[serde(rename = "elementType")]
    #[param(value_type = Option<String>)]
    model: Option<Model>,
}

/// Lists what was done in a workspace, as Postman shows it.
///
/// `GET /activities` tells the same with more detail.
#[utoipa::path(
    get, path = "/workspaces/{id}/activities", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id."), Filter, PageParams),
    responses((status = 200, description = "The newest first.", body = WorkspaceFeed)),
)]
pub(crate) async fn list_workspace_activities(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
    Params(filter): Params<Filter>,
    Params(page): Params<PageParams>,
) -> Result<Json<WorkspaceFeed>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace(&mut tx, &caller, &id).await?;
    let filter = ActivityFilter {
        workspace: Some(workspace.id),
        user: filter.user.map(UserId),
        model: filter.model,
        ..ActivityFilter::default()
    };
    let page = tx.activities().list(caller.team, &filter, request).await?;
    Ok(Json(WorkspaceFeed {
        meta: PageMeta::after(&page, request),
        data: page.items.into_iter().map(WorkspaceFeedLine::of).collect(),
    }))
}
