//! `GET /collection-updates-tasks/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::task::TaskStatus;

/// Tells how an update with `Prefer: respond-async` stands.
///
/// A task has the id of the collection that it updated. Updates have ended when they are answered.
#[utoipa::path(
    get, path = "/collection-updates-tasks/{id}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, description = "It has ended.", body = TaskStatus)),
)]
pub(crate) async fn get_update_task(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<TaskStatus>, ApiError> {
    let mut tx = api.store().read().await?;
    let updated = find::collection(&mut tx, &caller, &id).await;
    let updated = updated.map_err(|_| ApiError::not_found("task", &id))?;
    Ok(Json(TaskStatus::of(&updated)))
}
