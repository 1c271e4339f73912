//! `POST /environments/{uid}/merges`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, needed};
use crate::shapes::environment_fork::EnvironmentMerged;

/// What is merged.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase")]
pub(crate) struct EnvironmentMergeBody {
    /// The uid or id of the fork.
    source: Option<String>,
    /// Whether the fork is deleted then (false).
    delete_source: Option<bool>,
}

/// Merges a fork into the environment that it grew from.
///
/// What both have changed differently is a conflict: 409 with `details.conflicts`, which name variables but no values, and nothing is
/// changed.
#[utoipa::path(
    post, path = "/environments/{uid}/merges", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The uid or id of the environment that the fork grew from.")),
    request_body = EnvironmentMergeBody,
    responses((status = 200, description = "It was merged.", body = EnvironmentMerged)),
)]
pub(crate) async fn merge_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    JsonBody(body): JsonBody<EnvironmentMergeBody>,
) -> Result<Json<EnvironmentMerged>, ApiError> {
    let source = needed("source", body.source)?;
    let mut tx = api.store().read().await?;
    let there = find::environment(&mut tx, &caller, &uid).await?;
    let here = find::environment(&mut tx, &caller, &source).await;
    let here = find::named_by("source", here)?;
    let fork = tx.environment_forks().get(caller.team, here.id).await?;
    drop(tx);
    if fork.is_none_or(|it| it.source != there.id) {
        let why = "is no fork of this environment";
        return Err(ApiError::invalid("source", why));
    }
    let goes = body.delete_source.unwrap_or(false);
    let journal = api.journal();
    let merged = journal
        .merge_environment(&caller.actor(), here.id, goes)
        .await?;
    Ok(Json(EnvironmentMerged::of(&merged)))
}
