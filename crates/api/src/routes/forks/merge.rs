//! `POST /collections/merge` and `PUT /collection-merges`.

use axum::Json;
use axum::extract::State;
use postern_journal::AfterMerge;
use postern_model::Collection;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor, Identity};
use crate::error::ApiError;
use crate::find;
use crate::params::needed;
use crate::shapes::fork::MergeAnswer;
use crate::shapes::task::{TaskBegun, TaskStatus};

/// What is merged into what.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct MergeBody {
    /// The uid or id of the fork.
    source: Option<String>,
    /// The uid or id of the collection that it grew from.
    destination: Option<String>,
    /// What becomes of the fork: `default` (it stays as it is), `updateSourceWithDestination` (it takes what the destination has besides) or
    /// `deleteSource`.
    strategy: Option<String>,
}

/// Merges a fork into the collection that it grew from.
///
/// What both have changed differently is a conflict: 409 with `details.conflicts`, and nothing is changed. Without a strategy it is
/// `updateSourceWithDestination`.
#[utoipa::path(
    post, path = "/collections/merge", tag = "collections",
    security(("api_key" = ["editor"])),
    request_body = MergeBody,
    responses((status = 200, description = "It was merged.", body = MergeAnswer)),
)]
pub(crate) async fn merge_fork(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<MergeBody>,
) -> Result<Json<MergeAnswer>, ApiError> {
    let merged = merge(&api, &caller, body).await?;
    Ok(Json(MergeAnswer::of(&merged)))
}

/// Merges a fork into its source, or a source into its fork; answers a task.
///
/// As `POST /collections/merge`; where `destination` is the fork and `source` what it grew from, the fork takes what is new there. The task has ended when it
/// is answered.
#[utoipa::path(
    put, path = "/collection-merges", tag = "collections",
    security(("api_key" = ["editor"])),
    request_body = MergeBody,
    responses((status = 200, description = "It was merged.", body = TaskBegun)),
)]
pub(crate) async fn merge_or_pull(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<MergeBody>,
) -> Result<Json<TaskBegun>, ApiError> {
    let merged = merge(&api, &caller, body).await?;
    let task = TaskStatus::of(&merged);
    Ok(Json(TaskBegun { task }))
}

async fn merge(api: &Api, caller: &Identity, body: MergeBody) -> Result<Collection, ApiError> {
    let source = needed("source", body.source)?;
    let destination = needed("destination", body.destination)?;
    let after = match body.strategy.as_deref() {
        Some("default") => AfterMerge::Stays,
        None | Some("updateSourceWithDestination") => AfterMerge::Follows,
        Some("deleteSource") => AfterMerge::Goes,
        Some(_) => {
            let why = "must be default, updateSourceWithDestination or deleteSource";
            return Err(ApiError::invalid("strategy", why));
        }
    };
    let mut tx = api.store().read().await?;
    let source = find::named_by("source", find::collection(&mut tx, caller, &source).await)?;
    let destination = find::collection(&mut tx, caller, &destination).await;
    let destination = find::named_by("destination", destination)?;
    let grown = tx.forks().get(caller.team, source.id).await?;
    let is_fork = grown.is_some_and(|it| it.source == destination.id);
    let taken = tx.forks().get(caller.team, destination.id).await?;
    let is_pull = taken.is_some_and(|it| it.source == source.id);
    drop(tx);
    let (actor, journal) = (caller.actor(), api.journal());
    if is_fork {
        return Ok(journal.merge_fork(&actor, source.id, after).await?);
    }
    if !is_pull {
        let why = "neither is a fork of the other";
        return Err(ApiError::invalid("source", why));
    }
    journal.pull_collection(&actor, destination.id).await?;
    Ok(destination)
}
