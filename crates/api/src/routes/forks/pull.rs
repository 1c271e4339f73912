//! `PUT /collections/{uid}/pulls`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::fork::PullAnswer;

/// Has a fork take what is new in the collection that it grew from.
///
/// What both have changed differently is a conflict: 409 with `details.conflicts`, and nothing is changed.
#[utoipa::path(
    put, path = "/collections/{uid}/pulls", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The fork's uid or id.")),
    responses((status = 200, description = "It has what is new.", body = PullAnswer)),
)]
pub(crate) async fn pull_changes(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
) -> Result<Json<PullAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let grown = tx.forks().get(caller.team, found.id).await?;
    let fork = grown.ok_or_else(|| ApiError::not_found("fork", &uid))?;
    let source = fork.source.to_string();
    find::collection(&mut tx, &caller.reading(), &source).await?;
    drop(tx);
    let journal = api.journal();
    let fork = journal.pull_collection(&caller.actor(), found.id).await?;
    Ok(Json(PullAnswer::of(&found, &fork)))
}
