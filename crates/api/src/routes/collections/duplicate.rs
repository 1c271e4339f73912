//! `POST /collections/{uid}/duplicates`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, needed};
use crate::shapes::task::TaskAnswer;

/// Where the copy is put.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DuplicateBody {
    /// The workspace's id.
    workspace: Option<String>,
    /// What stands behind the copy's name; ` Copy`, where it is not there.
    suffix: Option<String>,
}

/// Makes a copy of a collection, with ids of its own.
///
/// Postman's API does that in the background and answers with a task; here the copy is there when the call ends, and the task has ended.
#[utoipa::path(
    post, path = "/collections/{uid}/duplicates", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id.")),
    request_body = DuplicateBody,
    responses((status = 202, description = "The copy was made.", body = TaskAnswer)),
)]
pub(crate) async fn duplicate_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    JsonBody(body): JsonBody<DuplicateBody>,
) -> Result<(StatusCode, Json<TaskAnswer>), ApiError> {
    let workspace = needed("workspace", body.workspace)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let place = find::workspace(&mut tx, &caller, &workspace).await;
    let place = find::named_by("workspace", place)?;
    drop(tx);
    let copy = api
        .journal()
        .duplicate_collection(&caller.actor(), found.id, place.id, body.suffix.as_deref())
        .await?;
    Ok((StatusCode::ACCEPTED, Json(TaskAnswer::of_copy(&copy))))
}
