//! `GET /collection-merges-tasks/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::task::TaskStatus;

/// Tells how a merge stands.
///
/// A task has the id of the collection that was merged into. Merges have ended when they are answered.
#[utoipa::path(
    get, path = "/collection-merges-tasks/{id}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, description = "It has ended.", body = TaskStatus)),
)]
pub(crate) async fn get_merge_task(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<TaskStatus>, ApiError> {
    let mut tx = api.store().read().await?;
    let merged = find::collection(&mut tx, &caller, &id).await;
    let merged = merged.map_err(|_| ApiError::not_found("task", &id))?;
    Ok(Json(TaskStatus::of(&merged)))
}
