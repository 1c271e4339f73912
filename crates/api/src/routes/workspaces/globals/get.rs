//! `GET /workspaces/{id}/global-variables`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::environment::GlobalsView;

/// Shows the global variables of a workspace.
///
/// Values of `secret` ones are masked.
#[utoipa::path(
    get, path = "/workspaces/{id}/global-variables", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    responses((status = 200, description = "In their order.", body = GlobalsView)),
)]
pub(crate) async fn get_globals(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<GlobalsView>, ApiError> {
    let mut tx = api.store().read().await?;
    let workspace = find::workspace(&mut tx, &caller, &id).await?;
    let values = tx.globals().get(caller.team, workspace.id).await?;
    Ok(Json(GlobalsView::of(values)))
}
