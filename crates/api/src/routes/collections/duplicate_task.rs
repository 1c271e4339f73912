//! `GET /collection-duplicate-tasks/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::task::TaskAnswer;

/// Tells how the copying of a collection stands.
///
/// A task has the id of the copy that it made.
#[utoipa::path(
    get, path = "/collection-duplicate-tasks/{id}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, description = "It has ended.", body = TaskAnswer)),
)]
pub(crate) async fn get_duplicate_task(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<TaskAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let copy = find::collection(&mut tx, &caller, &id).await;
    let copy = copy.map_err(|_| ApiError::not_found("task", &id))?;
    Ok(Json(TaskAnswer::of_copy(&copy)))
}
