//! `POST /environments/{uid}/forks`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText, needed};
use crate::shapes::environment_fork::EnvironmentForked;

/// Where the fork is put.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Place {
    /// The workspace's id; without it, the caller's oldest own workspace, or else the team's oldest.
    #[serde(rename = "workspaceId")]
    workspace_id: Option<String>,
    /// The same, by another name.
    workspace: Option<String>,
}

/// What the fork is called.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase")]
pub(crate) struct EnvironmentForkBody {
    /// 1 to 255 characters.
    fork_name: Option<String>,
}

/// Makes an environment that grows from another.
///
/// Whoever may edit the source may fork it: its secrets come along.
#[utoipa::path(
    post, path = "/environments/{uid}/forks", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The source's uid or id."), Place),
    request_body = EnvironmentForkBody,
    responses((status = 200, description = "The fork was made.", body = EnvironmentForked)),
)]
pub(crate) async fn fork_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    Params(place): Params<Place>,
    JsonBody(body): JsonBody<EnvironmentForkBody>,
) -> Result<Json<EnvironmentForked>, ApiError> {
    let label = needed("forkName", body.fork_name)?;
    let place = place.workspace_id.or(place.workspace);
    let mut tx = api.store().read().await?;
    let source = find::environment(&mut tx, &caller, &uid).await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, place.as_deref()).await?;
    drop(tx);
    let journal = api.journal();
    let (made, fork) = journal
        .fork_environment(&caller.actor(), source.id, workspace.id, &label)
        .await?;
    Ok(Json(EnvironmentForked::of(&made, &fork)))
}
