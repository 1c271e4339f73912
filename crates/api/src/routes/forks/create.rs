//! `POST /collections/fork/{uid}`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params, PathText, needed};
use crate::shapes::fork::ForkCreated;

/// What the fork is called.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct ForkBody {
    /// 1 to 255 characters.
    label: Option<String>,
}

/// Makes a collection that grows from another.
///
/// Whoever may read the source may fork it.
#[utoipa::path(
    post, path = "/collections/fork/{uid}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The source's uid or id."), InWorkspace),
    request_body = ForkBody,
    responses((status = 200, description = "The fork was made.", body = ForkCreated)),
)]
pub(crate) async fn fork_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    Params(place): Params<InWorkspace>,
    JsonBody(body): JsonBody<ForkBody>,
) -> Result<Json<ForkCreated>, ApiError> {
    let label = needed("label", body.label)?;
    let mut tx = api.store().read().await?;
    let source = find::collection(&mut tx, &caller.reading(), &uid).await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, place.workspace.as_deref()).await?;
    drop(tx);
    let journal = api.journal();
    let (made, fork) = journal
        .fork_collection(&caller.actor(), source.id, workspace.id, &label)
        .await?;
    Ok(Json(ForkCreated::of(&made, &fork)))
}
