//! `POST /environments/{uid}/pulls`.

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

/// Whence.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct EnvironmentPullBody {
    /// The uid or id of the environment that the fork grew from.
    source: Option<String>,
}

/// Has a fork take what is new in the environment that it grew from.
///
/// What both have changed differently is a conflict: 409 with `details.conflicts`, and nothing is changed. Whoever pulls must be allowed
/// to edit both: secrets come along.
#[utoipa::path(
    post, path = "/environments/{uid}/pulls", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The fork's uid or id.")),
    request_body = EnvironmentPullBody,
    responses((status = 200, description = "It has what is new.", body = EnvironmentMerged)),
)]
pub(crate) async fn pull_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    JsonBody(body): JsonBody<EnvironmentPullBody>,
) -> Result<Json<EnvironmentMerged>, ApiError> {
    let source = needed("source", body.source)?;
    let mut tx = api.store().read().await?;
    let here = find::environment(&mut tx, &caller, &uid).await?;
    let fork = tx.environment_forks().get(caller.team, here.id).await?;
    let fork = fork.ok_or_else(|| ApiError::not_found("fork", &uid))?;
    let there = find::environment(&mut tx, &caller, &source).await;
    let there = find::named_by("source", there)?;
    drop(tx);
    if fork.source != there.id {
        let why = "is not what this environment grew from";
        return Err(ApiError::invalid("source", why));
    }
    let journal = api.journal();
    let pulled = journal.pull_environment(&caller.actor(), here.id).await?;
    Ok(Json(EnvironmentMerged::of(&pulled)))
}
